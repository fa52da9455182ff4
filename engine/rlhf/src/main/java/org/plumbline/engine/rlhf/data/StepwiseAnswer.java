// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.rlhf.conversation.Prompt;

/**
 * A prompt and an answer in steps, each with a label.
 *
 * @param prompt what was asked
 * @param steps the parts of the answer
 * @param labels how good each step is, from 0 (wrong) to 1 (right), or NaN where nobody said; as
 *     many as steps
 */
public record StepwiseAnswer(Prompt prompt, List<String> steps, List<Double> labels) {

  /** Copies the lists. */
  public StepwiseAnswer {
    steps = List.copyOf(steps);
    labels = List.copyOf(labels);
  }

  /**
   * The whole answer. Steps that do not hold the white space between them are put on lines of their
   * own.
   */
  public String text() {
    return joined(steps);
  }

  /** Where each step ends in the whole answer. */
  public List<Integer> ends() {
    List<Integer> ends = new ArrayList<>();
    for (int i = 1; i <= steps.size(); i++) {
      ends.add(joined(steps.subList(0, i)).length());
    }
    return ends;
  }

  private static String joined(List<String> steps) {
    StringBuilder whole = new StringBuilder();
    for (String step : steps) {
      boolean apart =
          whole.length() == 0
              || step.isEmpty()
              || Character.isWhitespace(whole.charAt(whole.length() - 1))
              || Character.isWhitespace(step.charAt(0));
      whole.append(apart ? "" : "\n").append(step);
    }
    return whole.toString();
  }

  /** The answer of a row. */
  public static StepwiseAnswer of(JsonNode row) {
    List<String> steps = new ArrayList<>();
    List<Double> labels = new ArrayList<>();
    row.path("completions").forEach(step -> steps.add(step.asText()));
    row.path("labels").forEach(label -> labels.add(label.asDouble(Double.NaN)));
    return new StepwiseAnswer(Prompt.of(row.path("prompt")), steps, labels);
  }
}
