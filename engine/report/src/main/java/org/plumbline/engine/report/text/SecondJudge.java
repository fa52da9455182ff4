// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a specification needs so that a reward model judges which shares nothing with what it
 * judges: comparisons of its own in {@link #FILE}, a model of its own to start from, and a line in
 * each of these sections.
 */
public final class SecondJudge {

  /** The file that whoever adds the lines has to have. */
  public static final String FILE = "second.jsonl";

  private SecondJudge() {}

  /** The line by its section, in the order of a specification. */
  public static Map<String, String> lines() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("data", "second-data: { jsonl: " + FILE + " }");
    lines.put("models", "second-base: { pretrain: { preset: nano, data: second-data } }");
    lines.put("feedback", "second-labels: { recorded: { data: second-data } }");
    lines.put(
        "rewards",
        "second-judge: { bradley_terry: { from: second-base, feedback: second-labels } }");
    lines.put("compare", "reward: second-judge");
    return lines;
  }

  static String text() {
    StringBuilder out = new StringBuilder();
    lines()
        .forEach(
            (section, line) ->
                out.append(out.isEmpty() ? "" : "; ")
                    .append("in `")
                    .append(section)
                    .append("`: `")
                    .append(line)
                    .append('`'));
    return out.toString();
  }
}
