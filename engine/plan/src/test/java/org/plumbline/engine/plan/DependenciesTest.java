// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DependenciesTest {
  private final Plan plan = SmallSpec.plan();
  private final Dependencies dependencies = new Dependencies(plan);

  @Test
  void whatANodeIsComputedFromIsAllThatIsReachedThroughItsInputs() {
    assertThat(dependencies.upstream("rm@2"))
        .containsExactlyInAnyOrder("rm@2", "prefs@2", "sft@2", "base@2", "demos", "prompts");
    assertThat(dependencies.upstream("demos")).containsExactly("demos");
  }

  @Test
  void ofSeveralNodesItIsAllThatAnyOfThemIsComputedFrom() {
    assertThat(dependencies.upstream(List.of("sft@1", "sft@2")))
        .containsExactlyInAnyOrder("sft@1", "base@1", "sft@2", "base@2", "demos");
  }

  @Test
  void aRecipeAloneNeedsItsPolicyAndItsEvaluationButNotTheReferenceOfThat() {
    assertThat(dependencies.alone("sft"))
        .extracting(PlanNode::id)
        .containsExactlyInAnyOrder(
            "sft@1", "base@1", "demos", "evaluate.sft@1", "sft@2", "base@2", "evaluate.sft@2");
    assertThat(dependencies.alone("ppo")).extracting(PlanNode::id).doesNotContain("evaluate.sft@1");
  }

  @Test
  void everyNodeComesAfterWhatItNeeds() {
    for (PlanNode node : plan.nodes()) {
      int place = plan.nodes().indexOf(node);
      assertThat(node.needs()).doesNotHaveDuplicates();
      assertThat(plan.nodes().subList(0, place)).extracting(PlanNode::id).containsAll(node.needs());
    }
  }

  @Test
  void whatIsNotInThePlanIsNamed() {
    assertThatThrownBy(() -> dependencies.upstream("nothing")).hasMessageContaining("nothing");
    assertThatThrownBy(() -> dependencies.alone("nobody")).hasMessageContaining("nobody");
  }
}
