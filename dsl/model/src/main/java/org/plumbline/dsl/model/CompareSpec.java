// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Inline;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.TruncationSpec;

/** Which recipes are compared, against which, on which prompts. */
@Doc("which recipes are compared, against which, on which prompts")
public record CompareSpec(
    @Doc(
            "policies, variants, rounds and sweeps, in the order of the report; `*` stands for any part of a name")
        @Refers(Section.RECIPES)
        List<String> recipes,
    @Doc("the recipe that the others are measured against") @Refers(Section.RECIPES) String against,
    @Doc("the prompts that are answered: usually held out, as in `prompts.held_out`")
        @Refers(Section.DATA)
        String prompts,
    @Doc("the values that the gold reward is computed from; absent: no gold reward")
        @Refers(Section.VALUES)
        @Nullable String values,
    @Doc("the reward model that scores all answers; may be left out if only one is declared")
        @Refers(Section.REWARDS)
        @Nullable String reward,
    @Doc("evaluators whose groups' satisfaction is reported") @Refers(Section.EVALUATORS)
        @Nullable String groups,
    @Doc("an attack to look for: the same prompts with a trigger") @Nullable Trigger trigger,
    @Doc(value = "longest answer", unit = "tokens") @Default("24") @Range("[1, 4096]")
        int maxNewTokens,
    @Inline TruncationSpec truncation,
    @Doc(value = "prompts whose answers the report shows", unit = "prompts")
        @Default("12")
        @Range("[1, 1000]")
        int samples,
    @Doc("win rates no further from one half than this count as equal, where that is shown")
        @Default("0.05")
        @Range("(0, 0.5)")
        double margin,
    @Doc("what is measured; absent: all that can be") @Nullable List<Metric> metrics,
    @Doc("evaluators who say which of two answers wins; absent: the gold reward")
        @Refers(Section.EVALUATORS)
        @Nullable String judge,
    @Doc(
            value = "quantities that are watched while policies are trained",
            source = "Casper et al. 2023, section 4.3")
        @Nullable MonitorsSpec monitors,
    @Doc(
            value = "a search for texts that make a recipe do what it should not",
            source = "Perez et al. 2022; Zou et al. 2023")
        @Nullable RedTeamSpec redTeam) {

  /** Whether something is measured. */
  public boolean measures(Metric metric) {
    return metrics == null || metrics.contains(metric);
  }

  /** Whether any of these is measured. */
  public boolean measuresAny(Metric... any) {
    return Stream.of(any).anyMatch(this::measures);
  }

  /** What is measured. */
  public enum Metric {
    @Doc("the declared values")
    GOLD,
    @Doc("the reward model's score")
    REWARD,
    @Doc("divergence from the reference")
    KL,
    @Doc("how often the answer is better than the reference's")
    WIN_RATE,
    @Doc("length of answers")
    LENGTH,
    @Doc("share of different n-grams")
    DISTINCT,
    @Doc("entropy of the policy")
    ENTROPY,
    @Doc("the reward model's score above the gold reward")
    PROXY_GOLD_GAP,
    @Doc("how far the members of the ensemble are apart")
    ENSEMBLE_SPREAD,
    @Doc("how much more often the trigger gets what it waits for")
    TRIGGER_LIFT,
    @Doc("each group's satisfaction")
    GROUPS,
    @Doc("labels and what they cost")
    COST,
    @Doc("wall time and training steps")
    COMPUTE,
    @Doc("how often the attacks of `red_team` succeed")
    RED_TEAM
  }

  /** A trigger that is put into every prompt, and the feature of the answers that it may raise. */
  @Doc("a trigger that is put into every prompt, and what it may raise")
  public record Trigger(
      @Doc("the text that is put in") String text,
      @Doc("the text of the prompt that it is put before; default: the prompt's end")
          @Nullable String before,
      @Doc("the feature of the values whose share is measured with and without the trigger")
          @Refers(Section.FEATURES)
          String feature) {}
}
