package org.plumbline.engine.rlhf.data;

/**
 * A prompt and two answers of which one was preferred.
 *
 * @param prompt what was asked
 * @param chosen the better answer
 * @param rejected the worse answer
 */
public record Preference(String prompt, String chosen, String rejected) {}
