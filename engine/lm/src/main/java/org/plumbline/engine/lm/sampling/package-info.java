/** Draws completions from a model: settings, the loop over tokens, and what was drawn. */
@NullMarked
package org.plumbline.engine.lm.sampling;

import org.jspecify.annotations.NullMarked;
