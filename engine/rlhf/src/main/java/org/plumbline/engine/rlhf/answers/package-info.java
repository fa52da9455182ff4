/** Answers to prompts, and who gives them: models, and whatever is made of models. */
@NullMarked
package org.plumbline.engine.rlhf.answers;

import org.jspecify.annotations.NullMarked;
