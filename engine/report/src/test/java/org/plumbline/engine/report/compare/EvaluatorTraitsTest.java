// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.End;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Fatigue;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Malicious;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.View;
import org.plumbline.dsl.model.shape.Shape;

class EvaluatorTraitsTest {

  @Test
  void whatIsDeclaredIsSaidInWordsAndNothingElse() {
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put("plain", group(Map.of()));
    groups.put(
        "many",
        group(
            Map.of(
                "values",
                "brief",
                "mistakes",
                .15,
                "length_bias",
                -.3,
                "fatigue",
                new Fatigue(0, 10, 40),
                "sees",
                new View(4, End.START, null),
                "malicious",
                new Malicious("!!", null, Takes.SHARE),
                "cost",
                .5)));

    Map<String, String> traits = EvaluatorTraits.of(new EvaluatorsSpec("good", 1, groups, null));

    assertThat(traits.get("plain")).isEqualTo("want good; rationality 1");
    assertThat(traits.get("many"))
        .isEqualTo(
            "want brief; rationality 1; 15 % mistakes; put off by longer (−0.3 a word);"
                + " see the first 4 words; tire to rationality 0 in some 10 labels, with a break"
                + " each 40; malicious where “!!” stands: the reverse of what they want;"
                + " price 0.5 a label");
  }

  @Test
  void aJudgeIsItsModelAndItsPrinciples() {
    EvaluatorsSpec.Judge judge =
        new EvaluatorsSpec.Judge("chat", Map.of("polite", "Choose the polite one."));

    assertThat(EvaluatorTraits.of(new EvaluatorsSpec(null, 1, null, judge)))
        .containsExactly(Map.entry("judge", "the model chat under 1 principle"));
  }

  private static Group group(Map<String, Object> keys) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("count", 1);
    all.put("rationality", 1.0);
    all.put("mistakes", 0.0);
    all.put("skips", 0.0);
    all.put("length_bias", 0.0);
    all.put("position_bias", 0.0);
    all.putAll(keys);
    return (Group) Shape.of(Group.class).construct(all);
  }
}
