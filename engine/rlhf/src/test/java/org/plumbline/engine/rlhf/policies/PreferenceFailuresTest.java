// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.AnswerFittingSpec;
import org.plumbline.dsl.model.policy.PairFittingSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.PreferencePolicySpec;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.FixtureModels;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/** What is wrong is named, by every method that is fitted to feedback. */
class PreferenceFailuresTest {
  private static final PairFittingSpec FITTING = new PairFittingSpec(20, 4, 1);

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> nothingIsLearnedFromTiesAlone() {
    return PreferenceMethods.stages().stream()
        .map(
            stage ->
                DynamicTest.dynamicTest(
                    stage.operation(),
                    () -> {
                      Pair tie =
                          new Pair(
                              0,
                              Plain.prompt("how is the cat"),
                              Plain.answer("well"),
                              Plain.answer("fat"),
                              .5,
                              2,
                              1);
                      for (List<Pair> pairs : List.of(List.<Pair>of(), List.of(tie, tie))) {
                        PolicySpec settings = PreferenceMethods.settings(stage, FITTING);
                        fails(context(settings, pairs(pairs)), stage, "PLB0509", "");
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> aLossThatOverflowsStopsWithItsStep() {
    double huge = 1e38;
    PairFittingSpec pairs = FITTING;
    AnswerFittingSpec answers = new AnswerFittingSpec(20, 4, 1);
    Map<Stage, PolicySpec> methods = new LinkedHashMap<>();
    methods.put(new Ipo(), new PreferencePolicySpec.Ipo("base", "prefs", 1e-30, false, pairs));
    methods.put(new Simpo(), new PreferencePolicySpec.Simpo("base", "prefs", huge, 1, pairs));
    methods.put(new Cpo(), new PreferencePolicySpec.Cpo("base", "prefs", huge, 1, pairs));
    methods.put(new Slic(), new PreferencePolicySpec.Slic("base", "prefs", 1, huge, pairs));
    methods.put(new Orpo(), new PreferencePolicySpec.Orpo("base", "prefs", huge * 10, pairs));
    methods.put(new Bco(), new PreferencePolicySpec.Bco("base", "prefs", huge, answers));
    methods.put(
        new Rrhf(), new PreferencePolicySpec.Rrhf("base", "prefs", 1, huge * 10, 20, 4, 1, null));
    methods.put(
        new Dpo(),
        new PolicySpec.Dpo(
            "base",
            "prefs",
            huge,
            0,
            pairs,
            null,
            PolicySpec.Divergence.FORWARD_KL,
            null,
            null,
            null));
    return methods.entrySet().stream()
        .map(
            method ->
                DynamicTest.dynamicTest(
                    method.getKey().operation(),
                    () ->
                        fails(
                            context(method.getValue(), feedback()),
                            method.getKey(),
                            "PLB0902",
                            "step")));
  }

  @Test
  void aReferenceWithAnotherTokenizerIsRefused() throws IOException {
    Path other = folder.resolve("other");
    try (LanguageModel model = FixtureModels.model("bytelevel", 32)) {
      model.save(other);
    }
    PolicySpec.Dpo settings =
        new PolicySpec.Dpo("base", "prefs", .1, 0, FITTING, null, null, null, null, "other");

    fails(
        context(settings, feedback()).input("reference", FolderContext.artifact(other)),
        new Dpo(),
        "PLB0222",
        "different tokenizers");
  }

  @Test
  void anEarlyStopWithNothingHeldOutIsRefused() throws IOException {
    TrainingSpec training =
        new TrainingSpec(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            new TrainingSpec.Validation(.001, 1, 2));
    for (Stage stage : PreferenceMethods.stages()) {
      PolicySpec settings =
          PreferenceMethods.settings(stage, new PairFittingSpec(2, 4, 1e-3, training));
      fails(context(settings, feedback()), stage, "PLB0522", "nothing to validate on");
    }
  }

  @Test
  void labelsOfOneKindTellNothing() throws IOException {
    for (boolean good : List.of(true, false)) {
      List<Response> said = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        said.add(new Response.Label(good ? "good" : "bad", good ? 0 : 1));
      }
      Artifact labels = labels(said);
      for (Stage stage : List.<Stage>of(new Kto(), new Bco())) {
        fails(
            context(PreferenceMethods.settings(stage, FITTING), labels),
            stage,
            "PLB0509",
            "all answers are " + (good ? "good" : "bad"));
      }
    }
  }

  @Test
  void labelsThatAreAlmostAllOfOneKindAreToldOf() throws IOException {
    List<Response> said = new ArrayList<>(Collections.nCopies(11, new Response.Label("good", 0)));
    said.add(new Response.Label("bad", 1));
    FolderContext context =
        context(
            PreferenceMethods.settings(new Bco(), new PairFittingSpec(1, 4, 1e-3)), labels(said));

    context.run(new Bco());

    assertThat(context.notes()).contains("only 1 of 12 answers is bad: little tells good from bad");
  }

  @Test
  void oneRatedAnswerToEachPromptIsNoRanking() throws IOException {
    List<Response> said = List.of(new Response.Rating(3), new Response.Rating(5));

    fails(
        context(PreferenceMethods.settings(new Rrhf(), FITTING), labels(said)),
        new Rrhf(),
        "PLB0509",
        "no prompt has two answers");
  }

  /** Labels of one answer each, to prompts of their own. */
  private Artifact labels(List<Response> said) throws IOException {
    Path labels = Files.createDirectories(folder.resolve("labels"));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      Item item =
          new Item(
              i,
              Plain.prompt("how is the cat number " + i),
              List.of(Plain.answer("well")),
              List.of(true));
      ItemLabel label =
          new ItemLabel(
              item,
              List.of(0),
              List.of(),
              null,
              null,
              "one",
              "people",
              said.get(i),
              false,
              1,
              List.of());
      lines.add(JsonFiles.line(label.columns()));
    }
    Files.write(labels.resolve(ItemLabel.FILE), lines);
    return FolderContext.artifact(labels);
  }

  private Artifact feedback() {
    return TinyWorld.feedback(folder.resolve("feedback"), 20);
  }

  private Artifact pairs(List<Pair> pairs) throws IOException {
    Path feedback = Files.createDirectories(folder.resolve("ties"));
    Pairs.write(pairs, feedback);
    return FolderContext.artifact(feedback);
  }

  private FolderContext context(PolicySpec settings, Artifact feedback) throws IOException {
    return FolderContext.in(Files.createTempDirectory(folder, "run"), settings, 1)
        .input("from", TinyWorld.untrained(folder.resolve("base"), 1))
        .input("feedback", feedback);
  }

  private static void fails(FolderContext context, Stage stage, String code, String message) {
    assertThatThrownBy(() -> context.run(stage))
        .as(stage.operation())
        .isInstanceOfSatisfying(
            StageFailure.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
