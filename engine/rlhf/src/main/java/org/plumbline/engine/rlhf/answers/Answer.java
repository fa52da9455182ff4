package org.plumbline.engine.rlhf.answers;

/**
 * One answer to a prompt.
 *
 * @param text the answer, without the space that separates it from the prompt
 * @param tokens its tokens as they were drawn; the last is the end of text if it finished
 * @param finished whether it ended by itself rather than by running out of room
 */
public record Answer(String text, int[] tokens, boolean finished) {}
