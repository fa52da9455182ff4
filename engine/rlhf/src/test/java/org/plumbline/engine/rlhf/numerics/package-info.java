/** Tests of numerics. */
@NullMarked
package org.plumbline.engine.rlhf.numerics;

import org.jspecify.annotations.NullMarked;
