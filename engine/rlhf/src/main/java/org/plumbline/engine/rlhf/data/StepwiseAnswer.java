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
 * @param labels how good each step is, from 0 (wrong) to 1 (right); as many as steps
 */
public record StepwiseAnswer(Prompt prompt, List<String> steps, List<Double> labels) {

  /** Copies the lists. */
  public StepwiseAnswer {
    steps = List.copyOf(steps);
    labels = List.copyOf(labels);
  }

  static StepwiseAnswer of(JsonNode row) {
    List<String> steps = new ArrayList<>();
    List<Double> labels = new ArrayList<>();
    row.path("completions").forEach(step -> steps.add(step.asText()));
    row.path("labels").forEach(label -> labels.add(label.asDouble()));
    return new StepwiseAnswer(Prompt.of(row.path("prompt")), steps, labels);
  }
}
