// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.training.JsonFiles;
import org.plumbline.engine.rlhf.training.RowLog;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.rlhf.values.WhiteSpaceWords;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.store.content.Artifact;

/**
 * Learning curves, from the answers that a training stage kept in {@code rollouts.jsonl}: what they
 * are worth is computed here, so that training never sees the gold reward.
 */
final class RolloutCurves {
  private final RowLog rows = new RowLog("curves.jsonl");

  private RolloutCurves() {}

  static RolloutCurves of(Artifact policy, Yardsticks yardsticks) throws IOException {
    RolloutCurves curves = new RolloutCurves();
    Path file = policy.file("rollouts.jsonl");
    if (Files.exists(file)) {
      Map<Long, List<JsonNode>> steps = new TreeMap<>();
      for (JsonNode row : JsonFiles.readLines(file)) {
        steps.computeIfAbsent(row.path("step").asLong(), s -> new ArrayList<>()).add(row);
      }
      steps.forEach((step, answers) -> curves.rows.add(point(step, answers, yardsticks)));
    }
    return curves;
  }

  private static Map<String, Object> point(long step, List<JsonNode> rows, Yardsticks yardsticks) {
    List<Exchange> answers = rows.stream().map(RolloutCurves::exchange).toList();
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("step", step);
    point.put("n", rows.size());
    Utility gold = yardsticks.gold();
    if (gold != null) {
      double sum = 0;
      for (Exchange given : answers) {
        sum += gold.of(given.prompt().text(), given.answer().text());
      }
      point.put("gold", sum / answers.size());
    }
    RewardFunction.Scores scores = yardsticks.scores(answers);
    if (scores != null) {
      point.put("score", Moments.mean(scores.score()));
      point.put("spread", Moments.mean(scores.spread()));
    }
    point.put("kl", mean(rows, "kl"));
    point.put("entropy", mean(rows, "entropy"));
    point.put(
        "words",
        Moments.mean(
            answers.stream()
                .mapToDouble(given -> WhiteSpaceWords.count(given.answer().text()))
                .toArray()));
    return point;
  }

  /** The file does not say which answers were cut off: all are scored as whole ones. */
  private static Exchange exchange(JsonNode row) {
    return Exchange.of(Prompt.of(row.path("prompt")), Answer.of(row.path("answer")));
  }

  private static double mean(List<JsonNode> rows, String column) {
    return Moments.mean(rows.stream().mapToDouble(row -> row.path(column).asDouble()).toArray());
  }

  void write(Path folder) throws IOException {
    rows.write(folder);
  }
}
