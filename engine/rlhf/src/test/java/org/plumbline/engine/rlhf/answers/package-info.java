/** Tests of answers. */
@NullMarked
package org.plumbline.engine.rlhf.answers;

import org.jspecify.annotations.NullMarked;
