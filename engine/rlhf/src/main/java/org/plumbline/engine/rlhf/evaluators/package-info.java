/** Simulated people who compare answers: who gets which pair, and how each of them chooses. */
@NullMarked
package org.plumbline.engine.rlhf.evaluators;

import org.jspecify.annotations.NullMarked;
