// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;

/**
 * A prompt, an answer to it, and whether the answer is good: unpaired feedback.
 *
 * @param prompt what was asked
 * @param completion what was answered
 * @param good whether it should be answered so
 */
public record LabelledAnswer(Prompt prompt, Answer completion, boolean good) {}
