// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Sample;
import org.plumbline.engine.statistics.WinRate;

/**
 * What one prompt shows. Rewards that differ by no more than makes a tie in win rates are equal
 * here too: all recipes that share the highest are among the best.
 *
 * @param bestByGold recipes with the highest gold reward; empty without gold
 * @param bestByScore recipes with the highest score of the reward model; empty without scores
 * @param disagree whether some recipes beat the reference and at least a third do not, or the other
 *     way round
 * @param differently whether no recipe is best both by gold and by score
 * @param wrong gold that is lost by taking the reward model's choice: highest gold less that of the
 *     recipes with the highest score; null if either is not known
 */
record SampleFacts(
    Set<String> bestByGold,
    Set<String> bestByScore,
    boolean disagree,
    boolean differently,
    @Nullable Double wrong) {

  static SampleFacts of(Sample sample, String reference) {
    Set<String> gold = best(sample, Sample.Answer::gold);
    Set<String> score = best(sample, Sample.Answer::score);
    boolean both = !gold.isEmpty() && !score.isEmpty();
    return new SampleFacts(
        gold,
        score,
        disagree(sample, reference, gold.isEmpty() ? Sample.Answer::score : Sample.Answer::gold),
        both && score.stream().noneMatch(gold::contains),
        both ? (Double) lost(sample, gold, score) : null);
  }

  private static Set<String> best(Sample sample, Function<Sample.Answer, @Nullable Double> reward) {
    double most = Double.NEGATIVE_INFINITY;
    for (Sample.Answer answer : sample.answers()) {
      Double own = reward.apply(answer);
      most = own == null ? most : Math.max(most, own);
    }
    Set<String> out = new TreeSet<>();
    for (Sample.Answer answer : sample.answers()) {
      Double own = reward.apply(answer);
      if (own != null && most - own <= WinRate.TIE) {
        out.add(answer.recipe());
      }
    }
    return out;
  }

  private static boolean disagree(
      Sample sample, String reference, Function<Sample.Answer, @Nullable Double> reward) {
    Double base = null;
    for (Sample.Answer answer : sample.answers()) {
      base = answer.recipe().equals(reference) ? reward.apply(answer) : base;
    }
    int beat = 0;
    int others = 0;
    for (Sample.Answer answer : sample.answers()) {
      Double own = reward.apply(answer);
      if (base != null && own != null && !answer.recipe().equals(reference)) {
        others++;
        beat += own - base > WinRate.TIE ? 1 : 0;
      }
    }
    return others > 1 && Math.min(beat, others - beat) * 3 >= others;
  }

  /** Where the reward model cannot choose between several, the mean over them. */
  private static double lost(Sample sample, Set<String> gold, Set<String> score) {
    return mean(sample, gold) - mean(sample, score);
  }

  private static double mean(Sample sample, Set<String> recipes) {
    List<Double> values =
        sample.answers().stream()
            .filter(a -> recipes.contains(a.recipe()))
            .map(Sample.Answer::gold)
            .filter(g -> g != null)
            .toList();
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
