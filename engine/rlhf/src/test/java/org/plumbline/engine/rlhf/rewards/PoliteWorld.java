// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Malicious;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.evaluators.TestGroups;
import org.plumbline.engine.rlhf.feedback.CollectComparisons;
import org.plumbline.engine.rlhf.policies.Pretrain;
import org.plumbline.engine.store.content.Artifact;

/** A small world in which kind answers are good, people who compare, and a model of it. */
final class PoliteWorld {
  private final Path folder;
  private final Artifact model;

  PoliteWorld(Path folder) {
    this.folder = folder;
    this.model =
        FolderContext.in(folder.resolve("base"), TinyWorld.pretraining(120), 1)
            .file("corpus", TinyWorld.corpusFile(folder, 600))
            .run(new Pretrain());
  }

  Artifact model() {
    return model;
  }

  /** A group of these keys. */
  static Group group(Map<String, Object> keys) {
    return TestGroups.group(keys);
  }

  /** People who mostly see what is better, and who call answers of equal worth equal. */
  static Group honest(int count) {
    return group(Map.of("count", count, "rationality", 4.0, "equal_below", 0.1));
  }

  /** People who always prefer what is worse: every prompt has their trigger. */
  static Group liars(int count) {
    return group(
        Map.of(
            "count",
            count,
            "rationality",
            4.0,
            "malicious",
            new Malicious("how", null, Takes.SHARE)));
  }

  /** People who want rude answers. */
  static Group rude(int count) {
    return group(Map.of("count", count, "rationality", 4.0, "values", "rude"));
  }

  /** Comparisons, each by so many people of these groups. */
  Artifact comparisons(String name, int pairs, int people, Map<String, Group> groups) {
    Comparisons spec =
        new Comparisons(
            "sft",
            "prompts",
            "crowd",
            pairs,
            16,
            false,
            new Redundancy(people, 1),
            new SamplingSpec(1, 12));
    return collect(name, spec, new EvaluatorsSpec("good", 0.0, new LinkedHashMap<>(groups), null));
  }

  private Artifact collect(String name, FeedbackSpec spec, EvaluatorsSpec crowd) {
    return FolderContext.in(folder.resolve(name), spec, 5)
        .input("of", model)
        .input("prompts", TinyWorld.promptData(folder.resolve(name + "-prompts"), 40))
        .declare(Section.EVALUATORS, "crowd", crowd)
        .declare(Section.VALUES, "good", values(1))
        .declare(Section.VALUES, "rude", values(-1))
        .run(new CollectComparisons());
  }

  /** Kind answers are worth this. */
  static ValuesSpec values(double worth) {
    return new ValuesSpec(
        null,
        new HashMap<>(Map.of("kind", new FeatureSpec.ContainsAny(List.of("please", "thank")))),
        new HashMap<>(Map.of("kind", worth)));
  }

  /** The surroundings in which a reward is fitted. */
  FolderContext fit(Object spec, String name, @Nullable Artifact feedback) {
    FolderContext context = FolderContext.in(folder.resolve(name), spec, 5).input("from", model);
    return feedback == null ? context : context.input("feedback", feedback);
  }

  /** Kind answers first, then as many rude ones to the same prompts. */
  static List<Exchange> answers() {
    List<Exchange> answers = new ArrayList<>();
    for (String kind : List.of("please stir the tea.", "no.")) {
      for (String prompt : List.of("how do i fix the tea?", "how do i make the tea?")) {
        Prompt asked = Prompt.of(prompt);
        answers.add(new Exchange(asked, asked.answer(kind), true));
      }
    }
    return answers;
  }

  /** How much higher kind answers score than rude ones. */
  static double lead(RewardFunction reward) throws IOException {
    double[] scores = reward.score(answers()).score();
    return (scores[0] + scores[1] - scores[2] - scores[3]) / 2;
  }
}
