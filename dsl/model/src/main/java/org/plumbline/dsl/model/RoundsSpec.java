// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

/**
 * Iterated RLHF (Bai et al. 2022a, section 4.5; Casper et al. 2023, section 3.4): the recipes
 * {@code NAME-1}, {@code NAME-2}, ..., of which each goes on where the one before ended, with fresh
 * feedback on what that one answers.
 */
@Doc(
    value =
        "computes a recipe in rounds `NAME-1`, `NAME-2`, …, each with fresh feedback on the policy of the round before",
    source = "Bai et al. 2022, arXiv 2204.05862, 4.5; Casper et al. 2023, section 3.4")
public record RoundsSpec(
    @Doc(
            "the recipe, or a sweep all of whose recipes are repeated; as it stands it is the first round")
        @Refers(Section.RECIPES)
        String of,
    @Doc("feedback that is collected anew in each round, on what the policy answers by then")
        @Refers(Section.FEEDBACK)
        List<String> renew,
    @Doc(value = "how many rounds", unit = "rounds") @Range("[2, 100]") int times,
    @Doc(
            value =
                "updates (or steps) of the policy in each round; absent: as many as the recipe takes",
            unit = "updates")
        @Range("[1, inf)")
        @Nullable Integer every,
    @Doc(
            "ends the training of a round when this is passed, before its last update, so that the next one begins")
        @Nullable Signal signal,
    @Doc(value = "rounds whose feedback is learned from; absent: all", unit = "rounds")
        @Range("[1, inf)")
        @Nullable Integer window,
    @Doc("go on training the reward of the round before in place of starting anew")
        @Default("false")
        boolean warmStart,
    @Doc("share of the answers that come from where earlier rounds began, in equal parts")
        @Default("0")
        @Range("[0, 1)")
        double olderShare,
    @Doc(
            value =
                "most that may be spent on each renewed feedback over all rounds, in equal parts",
            unit = "any currency")
        @Range("(0, inf)")
        @Nullable Double budget) {

  /** The recipes that rounds of this name are, the first round first. */
  public List<String> recipes(String name) {
    return recipes(name, times);
  }

  /** The recipes that so many rounds of this name are, the first round first. */
  public static List<String> recipes(String name, int times) {
    return IntStream.rangeClosed(1, times).mapToObj(round -> name + "-" + round).toList();
  }

  /** What tells that feedback is stale. */
  @Doc("what tells that feedback is stale")
  public record Signal(
      @Doc(value = "divergence from where the round began", unit = "nats per answer")
          @Range("(0, inf)")
          @Nullable Double maxKl,
      @Doc(
              "standard deviation of the ensemble's members, as a multiple of that at the round's start")
          @Range("(1, inf)")
          @Nullable Double maxSpread) {}
}
