// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.ValueWithInterval;
import org.plumbline.engine.rlhf.data.export.ExportedRows;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Wilson;

/**
 * How a gold question was answered that was not skipped.
 *
 * @param right 1 if rightly, 0 if not, between them for what is partly right
 */
public record GoldAnswered(String evaluator, String group, double right) {
  /** What was said of gold questions: a file in an artifact. */
  public static final String FILE = ExportedRows.GOLD_QUESTIONS;

  /** How people did, by name. */
  public static Map<String, Hiring.Tested> tested(List<GoldAnswered> answers) {
    Map<String, Hiring.Tested> tested = new HashMap<>();
    for (GoldAnswered answer : answers) {
      tested.merge(answer.evaluator(), new Hiring.Tested(1, answer.right()), Hiring.Tested::and);
    }
    return tested;
  }

  /**
   * How they were answered; null if none were asked. Wilson's interval is for answers that are
   * right or wrong; what is partly right varies less, so that it is wider than need be.
   *
   * @param asked how many, with those that were skipped
   */
  public static FeedbackSummary.@Nullable GoldAnswers summary(
      int asked, List<GoldAnswered> answers) {
    if (asked == 0) {
      return null;
    }
    double right = answers.stream().mapToDouble(GoldAnswered::right).sum();
    ValueWithInterval share = null;
    if (!answers.isEmpty()) {
      Bounds bounds = Wilson.interval(right, answers.size());
      share = new ValueWithInterval(right / answers.size(), bounds.low(), bounds.high());
    }
    List<FeedbackSummary.Checked> people = by(answers, GoldAnswered::evaluator);
    people.sort(
        Comparator.comparingDouble(FeedbackSummary.Checked::right)
            .thenComparing(FeedbackSummary.Checked::name));
    return new FeedbackSummary.GoldAnswers(
        asked, answers.size(), share, by(answers, GoldAnswered::group), people);
  }

  private static List<FeedbackSummary.Checked> by(
      List<GoldAnswered> answers, Function<GoldAnswered, String> who) {
    Map<String, Hiring.Tested> byName = new LinkedHashMap<>();
    answers.forEach(
        answer ->
            byName.merge(
                who.apply(answer), new Hiring.Tested(1, answer.right()), Hiring.Tested::and));
    List<FeedbackSummary.Checked> checked = new ArrayList<>();
    byName.forEach(
        (name, tested) ->
            checked.add(
                new FeedbackSummary.Checked(name, tested.said(), tested.right() / tested.said())));
    return checked;
  }
}
