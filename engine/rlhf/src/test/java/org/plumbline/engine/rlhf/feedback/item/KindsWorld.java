// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.CollectionSpec;
import org.plumbline.dsl.model.feedback.CombiningSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Fatigue;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Ratings;
import org.plumbline.dsl.model.feedback.FeedbackSpec.GoldQuestions;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec.SpanUnit;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec.StepLabels;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.rlhf.evaluators.TestGroups;

/** A spec of each kind of feedback, and people who give it. */
final class KindsWorld {
  static final int ITEMS = 200;

  private KindsWorld() {}

  static EvaluatorsSpec crowd() {
    return crowd(0.1);
  }

  /** People of whom some skip so many. */
  static EvaluatorsSpec crowd(double skips) {
    Group tired =
        TestGroups.group(
            Map.of(
                "count",
                3,
                "rationality",
                6.0,
                "skips",
                skips,
                "fatigue",
                new Fatigue(4, 20, 30),
                "ratings",
                new Ratings(1.5, -0.5, 0.1, 0.3)));
    Group hasty = TestGroups.group(Map.of("count", 2, "rationality", 4.0, "cost", 0.3));
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put("tired", tired);
    groups.put("hasty", hasty);
    return new EvaluatorsSpec("good", 0.7, groups, null);
  }

  /** Kind answers are good. */
  static ValuesSpec values() {
    return new ValuesSpec(
        null,
        Map.of("kind", new FeatureSpec.ContainsAny(List.of("please", "thank"))),
        Map.of("kind", 1.0));
  }

  static CollectionSpec collection(
      Redundancy redundancy, @Nullable Double budget, @Nullable Double repeat) {
    return collection(redundancy, budget, repeat, null);
  }

  static CollectionSpec collection(
      Redundancy redundancy,
      @Nullable Double budget,
      @Nullable Double repeat,
      @Nullable GoldQuestions gold) {
    return new CollectionSpec(
        redundancy,
        budget,
        null,
        null,
        null,
        new SamplingSpec(1, 12),
        CombiningSpec.NONE,
        null,
        repeat,
        gold);
  }

  static CollectionSpec combined(Redundancy redundancy, CombiningSpec how) {
    return new CollectionSpec(
        redundancy, null, null, null, null, new SamplingSpec(1, 12), how, null, null, null);
  }

  static Map<String, RichFeedbackSpec> kinds(Redundancy redundancy, @Nullable Double budget) {
    return kinds(redundancy, budget, null);
  }

  static Map<String, RichFeedbackSpec> kinds(
      Redundancy redundancy, @Nullable Double budget, @Nullable Double repeat) {
    return kinds(collection(redundancy, budget, repeat));
  }

  static Map<String, RichFeedbackSpec> kinds(CollectionSpec how) {
    Map<String, RichFeedbackSpec> kinds = new LinkedHashMap<>();
    kinds.put("rankings", new RichFeedbackSpec.Rankings("sft", "prompts", "crowd", ITEMS, 3, how));
    kinds.put("best_of_k", new RichFeedbackSpec.BestOfK("sft", "prompts", "crowd", ITEMS, 3, how));
    kinds.put("scalar", new RichFeedbackSpec.Scalar("sft", "prompts", "crowd", ITEMS, -9, 1, how));
    kinds.put(
        "likert", new RichFeedbackSpec.Likert("sft", "prompts", "crowd", ITEMS, 5, null, how));
    kinds.put("slider", new RichFeedbackSpec.Slider("sft", "prompts", "crowd", ITEMS, 4, 0.2, how));
    kinds.put(
        "labels",
        new RichFeedbackSpec.Labels(
            "sft", "prompts", "crowd", ITEMS, List.of("good", "fair", "bad"), true, null, how));
    kinds.put(
        "corrections",
        new RichFeedbackSpec.Corrections("sft", "prompts", "crowd", ITEMS, 4, 5, how));
    kinds.put(
        "demonstrations",
        new RichFeedbackSpec.Demonstrations("sft", "prompts", "crowd", ITEMS, 4, how));
    kinds.put(
        "step",
        new RichFeedbackSpec.Step(
            "sft", "prompts", "crowd", ITEMS, ".", StepLabels.TERNARY, true, how));
    kinds.put(
        "span",
        new RichFeedbackSpec.Span("sft", "prompts", "crowd", ITEMS, null, SpanUnit.CLAUSE, how));
    kinds.put("language", new RichFeedbackSpec.Language("sft", "prompts", "crowd", ITEMS, 2, how));
    return kinds;
  }
}
