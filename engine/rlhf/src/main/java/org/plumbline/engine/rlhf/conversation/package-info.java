/** Prompts and answers: texts, or conversations whose messages stay what they are in the data. */
@NullMarked
package org.plumbline.engine.rlhf.conversation;

import org.jspecify.annotations.NullMarked;
