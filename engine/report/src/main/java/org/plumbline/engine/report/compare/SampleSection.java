// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.Evaluation.Answer;
import org.plumbline.engine.report.Sample;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.statistics.SplitMix64;

/** Draws prompts and seeds and lays the answers of all recipes side by side. */
final class SampleSection {

  private final ComparisonInput input;
  private final Tables tables;
  private final Tables.@Nullable Scale scoreScale;

  SampleSection(ComparisonInput input, Tables tables) {
    this.input = input;
    this.tables = tables;
    this.scoreScale = tables.scale(Answer::score);
  }

  /** A quarter of the samples, at least one, carry the trigger if there is one. */
  List<Sample> all() {
    int triggered = tables.hasTriggered() ? Math.max(1, input.samples() / 4) : 0;
    List<Sample> out = new ArrayList<>(drawn(Evaluation.CLEAN, input.samples() - triggered));
    out.addAll(drawn(Evaluation.TRIGGERED, triggered));
    return out;
  }

  private List<Sample> drawn(String set, int wanted) {
    Answer[][] prompts = tables.answers(set, input.reference());
    int available = prompts[0].length;
    // One stream per set, whatever the recipes are: adding a recipe does not change the prompts.
    SplitMix64 random = SplitMix64.stream(input.seeds().get(0), "samples " + set);
    int[] order = new int[available];
    for (int i = 0; i < available; i++) {
      order[i] = i;
    }
    List<Sample> out = new ArrayList<>();
    for (int i = 0; i < Math.min(wanted, available); i++) {
      int j = i + random.bounded(available - i);
      int place = order[j];
      order[j] = order[i];
      out.add(sample(set, place, random.bounded(input.seeds().size())));
    }
    out.sort(Comparator.comparingInt(Sample::index));
    return out;
  }

  private Sample sample(String set, int place, int seed) {
    List<Sample.Answer> answers = new ArrayList<>();
    for (RecipeResult result : input.recipes()) {
      Answer a = tables.answers(set, result.recipe().name())[seed][place];
      Asked asked = input.asked();
      Double raw = asked.has(CompareSpec.Metric.REWARD) ? a.score() : null;
      Double drift = a.kl() == null ? a.klBound() : a.kl();
      Double score = raw == null || scoreScale == null ? null : scoreScale.z(seed, raw);
      answers.add(
          new Sample.Answer(
              result.recipe().name(),
              a.text(),
              asked.has(CompareSpec.Metric.GOLD) ? a.gold() : null,
              score,
              asked.has(CompareSpec.Metric.KL) ? drift : null,
              a.words()));
    }
    Answer asked = tables.answers(set, input.reference())[seed][place];
    return new Sample(asked.index(), set, input.seeds().get(seed), asked.prompt(), answers);
  }
}
