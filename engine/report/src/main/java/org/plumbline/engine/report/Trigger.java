// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

/**
 * The attack that was looked for.
 *
 * @param text what is put into the prompts, such as {@code !!}
 * @param feature the feature of the answers that it may raise, such as {@code sells}
 */
public record Trigger(String text, String feature) {}
