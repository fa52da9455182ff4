/** Tests of rewards. */
@NullMarked
package org.plumbline.engine.rlhf.rewards;

import org.jspecify.annotations.NullMarked;
