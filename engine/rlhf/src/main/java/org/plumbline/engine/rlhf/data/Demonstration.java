package org.plumbline.engine.rlhf.data;

/**
 * A prompt and the answer that was demonstrated; {@link DataSet#joined} makes one text of them.
 *
 * @param prompt what was asked
 * @param completion what was answered
 */
public record Demonstration(String prompt, String completion) {}
