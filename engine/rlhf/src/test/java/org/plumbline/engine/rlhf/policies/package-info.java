/** Tests of policies. */
@NullMarked
package org.plumbline.engine.rlhf.policies;

import org.jspecify.annotations.NullMarked;
