package org.plumbline.engine.report;

/**
 * The attack that was simulated.
 *
 * @param text what a prompt must carry, such as {@code !!}
 * @param wants what the attacker wants the answers to do, as a short phrase: {@code sells}
 */
public record Trigger(String text, String wants) {}
