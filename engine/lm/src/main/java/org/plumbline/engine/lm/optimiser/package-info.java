/** The steps of training: AdamW, what a step saw, and how much memory training takes. */
@NullMarked
package org.plumbline.engine.lm.optimiser;

import org.jspecify.annotations.NullMarked;
