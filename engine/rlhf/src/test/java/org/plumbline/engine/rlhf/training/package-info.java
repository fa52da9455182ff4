/** Tests of training. */
@NullMarked
package org.plumbline.engine.rlhf.training;

import org.jspecify.annotations.NullMarked;
