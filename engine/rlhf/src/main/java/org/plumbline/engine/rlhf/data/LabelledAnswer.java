package org.plumbline.engine.rlhf.data;

/**
 * A prompt, an answer to it, and whether the answer is good: unpaired feedback.
 *
 * @param prompt what was asked
 * @param completion what was answered
 * @param good whether it should be answered so
 */
public record LabelledAnswer(String prompt, String completion, boolean good) {}
