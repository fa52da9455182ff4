// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import java.util.List;
import org.plumbline.engine.report.Comparison;

/**
 * What a comparison found, in one sentence that is made from the numbers by the rules of {@link
 * Judgement}: nothing is said that a corrected test does not carry. What holds of a recipe is told
 * from what holds of the policies that were trained by it.
 *
 * @param parts of the sentence, so that a page can set the names of recipes apart
 */
public record Finding(List<Part> parts) {

  public Finding {
    parts = List.copyOf(parts);
  }

  /** A piece of the sentence: a recipe's name, or other text. */
  public record Part(String text, boolean recipe) {}

  /** The finding of a comparison. */
  public static Finding of(Comparison comparison) {
    return new FindingWriter(comparison).write();
  }

  /** The whole sentence; spaces within numbers are no-break spaces. */
  public String text() {
    StringBuilder out = new StringBuilder();
    parts.forEach(p -> out.append(p.text()));
    return out.toString();
  }
}
