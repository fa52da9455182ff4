// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

/** Iterated RLHF (Bai et al. 2022a; Casper et al. 2023, section 3.4). */
@Doc(
    value = "computes a recipe in rounds, with fresh feedback on the policy of the round before",
    source = "Bai et al. 2022, arXiv 2204.05862; Casper et al. 2023, section 3.4")
public record RoundsSpec(
    @Doc("the recipe") @Refers(Section.RECIPES) String of,
    @Doc("feedback that is collected anew in each round, on what the policy answers by then")
        @Refers(Section.FEEDBACK)
        List<String> renew,
    @Doc(value = "how many rounds", unit = "rounds") @Range("[2, 100]") int times,
    @Doc(value = "updates between rounds; absent: all of them", unit = "updates") @Range("[1, inf)")
        @Nullable Integer every,
    @Doc("renew when this is passed, in place of after so many updates") @Nullable Signal signal,
    @Doc(value = "rounds whose feedback the reward is fitted to; absent: all", unit = "rounds")
        @Range("[1, inf)")
        @Nullable Integer window,
    @Doc("go on training the reward of the round before in place of starting anew")
        @Default("false")
        boolean warmStart,
    @Doc("share of the answers that come from policies of earlier rounds")
        @Default("0")
        @Range("[0, 1)")
        double olderShare) {

  /** What tells that feedback is stale. */
  @Doc("what tells that feedback is stale")
  public record Signal(
      @Doc(value = "divergence from the policy of the last round", unit = "nats per answer")
          @Range("(0, inf)")
          @Nullable Double maxKl,
      @Doc("standard deviation of the ensemble's members, as a multiple of that at the start")
          @Range("(1, inf)")
          @Nullable Double maxSpread,
      @Doc("accuracy of the reward on a few fresh labels") @Range("(0, 1)")
          @Nullable Double minAccuracy) {}
}
