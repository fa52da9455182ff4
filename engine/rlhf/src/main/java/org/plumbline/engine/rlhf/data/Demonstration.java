// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;

/**
 * A prompt and the answer that was demonstrated; {@code Spacing.joined} makes one text of them.
 *
 * @param prompt what was asked
 * @param completion what was answered
 */
public record Demonstration(Prompt prompt, Answer completion) {}
