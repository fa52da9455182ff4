/** Tests of the losses. */
@NullMarked
package org.plumbline.engine.rlhf.losses;

import org.jspecify.annotations.NullMarked;
