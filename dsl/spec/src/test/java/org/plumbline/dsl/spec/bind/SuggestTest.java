// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestTest {
  @Test
  void twoSlipsInALongWordAndOneInAShortOne() {
    assertThat(Suggest.near("learning_rte", List.of("learning_rate"))).contains("learning_rate");
    assertThat(Suggest.near("laerning_rte", List.of("learning_rate"))).contains("learning_rate");
    assertThat(Suggest.near("lerning_rt", List.of("learning_rate"))).isEmpty();
    assertThat(Suggest.near("stf", List.of("sft"))).contains("sft");
    assertThat(Suggest.near("sgd", List.of("sft"))).isEmpty();
  }

  @Test
  void neighboursThatChangePlacesAreOneSlip() {
    assertThat(Suggest.distance("stf", "sft", 2)).isEqualTo(1);
    assertThat(Suggest.distance("ca", "abc", 3)).isEqualTo(3);
    assertThat(Suggest.distance("", "abc", 3)).isEqualTo(3);
  }

  @Test
  void otherWaysToWriteAWordAreThatWord() {
    assertThat(Suggest.near("learningRate", List.of("steps", "learning_rate")))
        .contains("learning_rate");
    assertThat(Suggest.near("max-new-tokens", List.of("max_new_tokens")))
        .contains("max_new_tokens");
  }

  @Test
  void theNearestWins() {
    assertThat(Suggest.near("clop", List.of("cap", "clip", "crop"))).contains("clip");
  }

  @Test
  void oneLetterIsNoSlipOfAnother() {
    assertThat(Suggest.near("n", List.of("of"))).isEmpty();
    assertThat(Suggest.near("a", List.of("b"))).isEmpty();
  }

  @Test
  void namesOfOtherToolsAreKnown() {
    assertThat(Suggest.alias("lr", List.of("steps", "learning_rate"))).contains("learning_rate");
    assertThat(Suggest.alias("numEpochs", List.of("steps"))).contains("steps");
    assertThat(Suggest.alias("beta", List.of("coefficient", "target"))).contains("coefficient");
    assertThat(Suggest.alias("gamma", List.of("beta", "margin"))).contains("margin");
    assertThat(Suggest.alias("dapo", List.of("dpo", "grpo"))).contains("grpo");
    assertThat(Suggest.alias("raft", List.of("expert_iteration"))).contains("expert_iteration");
  }
}
