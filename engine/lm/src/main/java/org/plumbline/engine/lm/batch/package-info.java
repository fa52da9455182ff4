/** Sequences of tokens side by side, and how they lie in what a trunk computes. */
@NullMarked
package org.plumbline.engine.lm.batch;

import org.jspecify.annotations.NullMarked;
