// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.RolloutRow;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.rlhf.values.WhiteSpaceWords;
import org.plumbline.engine.statistics.Diversity;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.store.content.Artifact;

/**
 * Learning curves, from the answers that a training stage kept: what they are worth is computed
 * here, so that training never sees the gold reward.
 */
final class RolloutCurves {
  private RolloutCurves() {}

  static List<Evaluation.CurveRow> of(Artifact policy, Yardsticks yardsticks) throws IOException {
    Map<Long, List<RolloutRow>> steps = new TreeMap<>();
    for (RolloutRow row : RolloutRow.read(policy.folder())) {
      steps.computeIfAbsent(row.step(), s -> new ArrayList<>()).add(row);
    }
    List<Evaluation.CurveRow> curves = new ArrayList<>();
    for (Map.Entry<Long, List<RolloutRow>> step : steps.entrySet()) {
      curves.add(point(step.getKey(), step.getValue(), yardsticks));
    }
    return curves;
  }

  private static Evaluation.CurveRow point(long step, List<RolloutRow> rows, Yardsticks yardsticks)
      throws IOException {
    List<Exchange> answers = rows.stream().map(RolloutCurves::exchange).toList();
    RewardFunction.Scores scores = yardsticks.scores(answers);
    Utility gold = yardsticks.gold();
    return new Evaluation.CurveRow(
        (int) step,
        rows.size(),
        gold == null
            ? null
            : (Double) mean(answers, a -> gold.of(a.prompt().text(), a.answer().text())),
        scores == null ? null : (Double) Moments.mean(scores.score()),
        scores == null ? null : (Double) Moments.mean(scores.spread()),
        mean(rows, RolloutRow::kl),
        mean(rows, RolloutRow::entropy),
        mean(answers, a -> WhiteSpaceWords.count(a.answer().text())),
        Diversity.distinct(
            answers.stream().map(a -> Diversity.words(a.answer().text())).toList(), 2));
  }

  /** The file does not say which answers were cut off: all are scored as whole ones. */
  private static Exchange exchange(RolloutRow row) {
    return Exchange.of(Prompt.of(row.prompt()), Answer.of(row.answer()));
  }

  private static <T> double mean(List<T> rows, ToDoubleFunction<T> number) {
    return Moments.mean(rows.stream().mapToDouble(number).toArray());
  }
}
