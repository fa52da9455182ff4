// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.words.Vocabulary;

class WrittenBlockTest {

  @Test
  void propertiesAreKeptInOrderUnderTheirKeysAndCanBeReadAgain() {
    Written.Keys written =
        written(
            experiment ->
                experiment.policies(
                    policies ->
                        policies.dpo(
                            "direct",
                            dpo -> {
                              dpo.setLearningRate(0.5);
                              dpo.setSteps(10);
                              dpo.setSteps(dpo.getSteps());
                              assertThat(dpo.getSteps()).isEqualTo(10);
                              assertThat(dpo.getBeta()).isNull();
                            })));

    assertThat(plain(written))
        .isEqualTo("{policies={direct={dpo={learning_rate=0.5, steps=10, steps=10}}}}");
  }

  @Test
  void aSectionMayBeOpenedManyTimesAndMapsCollectTheirEntries() {
    Written.Keys written =
        written(
            experiment -> {
              experiment.policies(policies -> policies.bestOfN("a", method -> method.setN(2)));
              experiment.setSeeds(List.of(1, 2));
              experiment.policies(policies -> policies.bestOfN("b", method -> method.setN(3)));
              experiment.values("good", values -> values.weight("kind", 1));
              experiment.values("bad", values -> {});
            });

    assertThat(plain(written))
        .isEqualTo(
            "{policies={a={best_of_n={n=2}}, b={best_of_n={n=3}}}, seeds=[1, 2],"
                + " values={good={weights={kind=1}}, bad={}}}");
  }

  @Test
  void theMainSettingOfAKindMayStandForItsBlock() {
    Written.Keys written =
        written(
            experiment -> {
              experiment.values(
                  "good",
                  values ->
                      values.features(features -> features.containsAny("kind", List.of("dear"))));
              experiment.evaluators(
                  "crowd",
                  crowd ->
                      crowd.group(
                          "troll",
                          troll ->
                              troll.malicious(harm -> harm.prefers(kind -> kind.length("words")))));
            });

    assertThat(plain(written))
        .isEqualTo(
            "{values={good={features={kind={contains_any=[dear]}}}},"
                + " evaluators={crowd={groups={troll={malicious={prefers={length=words}}}}}}}");
  }

  @Test
  void blocksAreObjectsLikeOthers() {
    Set<Object> blocks = new HashSet<>();
    written(
        experiment -> {
          blocks.add(experiment);
          experiment.policies(blocks::add);
          assertThat(blocks).hasSize(2).contains(experiment);
          assertThat(experiment).hasToString("ExperimentBlock");
          assertThat(experiment.listOf(1, 2)).containsExactly(1, 2);
        });
  }

  private static Written.Keys written(Body<ExperimentBlock> body) {
    return WrittenBlock.of(Vocabulary.ofExperiment(), body);
  }

  private static String plain(Written written) {
    if (written instanceof Written.Keys keys) {
      return keys.keys().stream()
          .map(key -> key.name() + "=" + plain(key.value()))
          .collect(Collectors.joining(", ", "{", "}"));
    } else if (written instanceof Written.Items items) {
      return items.items().stream().map(WrittenBlockTest::plain).toList().toString();
    }
    return String.valueOf(((Written.Value) written).value());
  }
}
