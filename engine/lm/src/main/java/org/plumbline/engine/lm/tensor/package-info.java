/** Tensors in native memory, how long they live, and the library that computes with them. */
@NullMarked
package org.plumbline.engine.lm.tensor;

import org.jspecify.annotations.NullMarked;
