/** Losses of preferred and other answers, as functions of their log-probabilities. */
@NullMarked
package org.plumbline.engine.rlhf.losses;

import org.jspecify.annotations.NullMarked;
