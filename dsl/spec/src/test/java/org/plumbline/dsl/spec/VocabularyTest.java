// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.model.values.FeatureSpec;

/** The example that says one of everything, and what is said of it. */
class VocabularyTest {
  private static final SpecResult EVERYTHING =
      Specs.read(
          Golden.repository().resolve("examples/vocabulary/everything.plumb.yaml"),
          List.of(),
          Path.of(""));

  private static Experiment everything() {
    return EVERYTHING.experiment().orElseThrow();
  }

  @Test
  void everythingPassesCheckInSilence() {
    assertThat(EVERYTHING.diagnostics()).isEmpty();
  }

  @Test
  void everyKindIsThere() {
    assertThat(kindsIn(everything().models().values())).isEqualTo(kindsOf(ModelSpec.class));
    assertThat(kindsIn(everything().feedback().values())).isEqualTo(kindsOf(FeedbackSpec.class));
    assertThat(kindsIn(everything().rewards().values())).isEqualTo(kindsOf(RewardSpec.class));
    assertThat(kindsIn(everything().policies().values())).isEqualTo(kindsOf(PolicySpec.class));
    Set<String> features = new TreeSet<>();
    everything().values().values().forEach(v -> features.addAll(kindsIn(v.features().values())));
    assertThat(features).isEqualTo(kindsOf(FeatureSpec.class));
  }

  @Test
  void everyKeyThatMayBeAbsentIsGivenSomewhere() {
    Set<String> absent = new TreeSet<>();
    Set<String> given = new TreeSet<>();
    collect(everything(), absent, given);
    absent.removeAll(given);
    // All kinds of feedback have most of these, all methods that are fitted to rows `training`, and
    // all rewards `warm_start`; and of two keys that exclude each other one is given.
    assertThat(given)
        .contains(
            "rankings.budget", "rankings.selection", "rankings.per_prompt", "rankings.sources")
        .contains("likert.effort", "scalar.instructions")
        .contains(
            "scalar.aggregate", "scalar.weigh", "scalar.filter", "scalar.draw", "scalar.repeat")
        .contains("likert.gold_questions", "comparisons.prior")
        .contains("dpo.training", "bradley_terry.warm_start", "rating_regression.tail");
    absent.removeIf(
        key ->
            key.matches(
                ".*\\.(budget|selection|effort|instructions|aggregate|prior|weigh|filter|draw|repeat|gold_questions|per_prompt|sources|training|warm_start|tail)"));
    // All that draws answers has these.
    assertThat(given)
        .contains("ppo.top_k", "rloo.top_p", "grpo.min_p", "online_dpo.repeat_penalty")
        .contains("comparisons.top_p");
    absent.removeIf(key -> key.matches(".*\\.(top_k|top_p|min_p|repeat_penalty|stop_strings)"));
    absent.removeAll(Set.of("pretrain.data", "nash_md.evaluators", "online_dpo.reward"));
    // Grids are written out as variants before the rest is read.
    absent.removeAll(Set.of("Experiment.sweep", "Trigger.before", "shield.values"));

    assertThat(absent).isEmpty();
  }

  @Test
  void itsCanonicalFormReadsAsTheSameExperiment() {
    SpecResult again = Specs.readText("frozen.json", Specs.canonicalJson(everything()), List.of());

    assertThat(again.diagnostics().stream().filter(Diagnostic::isError)).isEmpty();
    assertThat(again.experiment()).contains(everything());
    assertThat(Specs.bindCanonical(Experiment.class, Canonical.of(everything())))
        .isEqualTo(everything());
  }

  @Test
  void whatCannotRunYetIsNamedWithItsPlace() {
    List<Diagnostic> found =
        Specs.readText(
                "test.plumb.yaml",
                """
                plumb: v1
                name: test
                models: { base: { pretrain: { corpus: c.txt } } }
                data: { demos: { jsonl: d.jsonl }, prompts: { jsonl: p.jsonl } }
                values: { good: { features: { a: { ends: [x] } }, weights: { a: 1 } } }
                evaluators: { crowd: { values: good, groups: { all: { count: 3 } } }, lab: { annotators: { instructions: Look. } } }
                feedback:
                  prefs: { comparisons: { of: sft, prompts: prompts, evaluators: crowd, pairs: 90 } }
                rewards:
                  rm: { bradley_terry: { from: sft, feedback: prefs } }
                policies:
                  sft: { supervised: { from: base, data: demos } }
                  strong: { ppo: { from: sft, reward: rm, prompts: prompts } }
                variants:
                  varied: { of: sft, with: { evaluators.lab.annotators: { instructions: Choose. } } }
                """,
                List.of("evaluators.lab.annotators={ instructions: Look twice. }"))
            .notAvailable();

    assertThat(found).allMatch(d -> d.code() == Code.PLB0905);
    assertThat(found)
        .extracting(d -> d.primary() + " " + d.message())
        .containsExactly(
            "test.plumb.yaml:15:57 `evaluators.lab.annotators` is not available yet",
            "command line -D #1:1:27 `evaluators.lab.annotators` is not available yet");
  }

  private static Set<String> kindsIn(Collection<?> entries) {
    Set<String> kinds = new TreeSet<>();
    entries.forEach(entry -> kinds.add(Shape.of(entry.getClass()).kind()));
    return kinds;
  }

  private static Set<String> kindsOf(Class<?> sealedType) {
    Set<String> kinds = new TreeSet<>();
    ((Type.OneKind) Shape.typeOf(sealedType)).kinds().forEach(shape -> kinds.add(shape.kind()));
    return kinds;
  }

  private static void collect(Object value, Set<String> absent, Set<String> given) {
    if (value instanceof Record block) {
      Shape shape = Shape.of(block.getClass());
      for (Field field : shape.fields()) {
        Object inside = shape.read(block, field);
        (inside == null ? absent : given).add(shape + "." + field.name());
        if (inside != null) {
          collect(inside, absent, given);
        }
      }
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(item -> collect(item, absent, given));
    } else if (value instanceof List<?> list) {
      list.forEach(item -> collect(item, absent, given));
    }
  }
}
