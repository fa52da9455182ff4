// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.feedback.CombiningSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Malicious;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Filter;
import org.plumbline.dsl.model.feedback.FeedbackSpec.GoldQuestions;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Source;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.FolderContext;
import org.plumbline.engine.rlhf.data.LoadData;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.run.StageStopped;
import org.plumbline.engine.store.content.Artifact;

/** Comparisons of a made-up policy by made-up people, as a test wants them. */
final class Collecting {
  private final Path folder;
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private int pairs = 400;
  private Redundancy redundancy = new Redundancy(1, 1);
  private @Nullable Aggregate aggregate;
  private @Nullable Double budget;
  private @Nullable String instructions;
  private @Nullable Map<String, Source> sources;
  private EvaluatorsSpec.@Nullable Hiring hiring;
  private boolean judged;
  private @Nullable Map<String, Double> weigh;
  private @Nullable Filter filter;
  private @Nullable Double repeat;
  private @Nullable GoldQuestions gold;
  private int stopped;

  Collecting(Path folder) {
    this.folder = folder;
  }

  /** People who mostly see what is better. */
  Collecting honest(int count) {
    groups.put("honest", new Group(count, null, 6, 0, 0, 0, 0, null));
    return this;
  }

  /** People who let a coin decide four times in five, which errs as often as this. */
  Collecting lapsing(int count) {
    groups.put("lapsing", new Group(count, null, 6, 0.4, 0, 0, 0, null));
    return this;
  }

  /** People who always prefer what is worse. */
  Collecting malicious(int count) {
    Malicious always = new Malicious("q", null, Takes.SHARE);
    groups.put("malicious", new Group(count, null, 6, 0, 0, 0, 0, always));
    return this;
  }

  /** People who leave out every other pair, and are not paid for it. */
  Collecting skipping(int count) {
    groups.put("skipping", new Group(count, null, 6, 0, 0.5, 0, 0, null));
    return this;
  }

  /** A judge who sees each pair in both orders, in place of people. */
  Collecting judged() {
    judged = true;
    return this;
  }

  /** People of these traits. */
  Collecting group(String name, Group group) {
    groups.put(name, group);
    return this;
  }

  Collecting hiring(EvaluatorsSpec.@Nullable Hiring terms) {
    hiring = terms;
    return this;
  }

  /** What each group counts. */
  Collecting weigh(String group, double share) {
    Map<String, Double> more = new LinkedHashMap<>(weigh == null ? Map.of() : weigh);
    more.put(group, share);
    weigh = more;
    return this;
  }

  /** Some questions are mixed in whose answer is known. */
  Collecting gold(double share, int questions) {
    gold = new GoldQuestions(share, questions, null);
    return this;
  }

  /** People count who answer so many of them rightly. */
  Collecting goldAtLeast(double least) {
    filter = new Filter(null, null, least);
    return this;
  }

  /** People count who do not move much more than others. */
  Collecting influence(double most) {
    filter = new Filter(null, null, null, most);
    return this;
  }

  Collecting filter(@Nullable Integer mostPerEvaluator, @Nullable Double outliers) {
    filter = new Filter(mostPerEvaluator, outliers);
    return this;
  }

  /** Some of the answers are asked for again. */
  Collecting repeat(@Nullable Double share) {
    repeat = share;
    return this;
  }

  Collecting budget(double most) {
    budget = most;
    return this;
  }

  Collecting told(String text) {
    instructions = text;
    return this;
  }

  /** Another policy, all of whose answers begin with its name. */
  Collecting also(String policy, double share) {
    Map<String, Source> more = new LinkedHashMap<>(sources == null ? Map.of() : sources);
    more.put(policy + "-source", new Source(policy, share));
    sources = more;
    return this;
  }

  Collecting pairs(int count) {
    pairs = count;
    return this;
  }

  Collecting people(int perPair) {
    redundancy = new Redundancy(perPair, 1);
    return this;
  }

  Collecting by(Aggregate how) {
    aggregate = how;
    return this;
  }

  /** What comes of it without interruption. */
  FolderContext run() throws IOException {
    FolderContext context = context();
    stage().run(context);
    return context;
  }

  /** What comes of it if it is stopped after its first checkpoint and goes on. */
  FolderContext runTwice() throws IOException {
    return runTwice(1);
  }

  /** What comes of it if it is stopped after so many checkpoints and goes on. */
  FolderContext runTwice(int checkpoints) throws IOException {
    FolderContext stopped = context().stopAfterCheckpoints(checkpoints);
    try {
      stage().run(stopped);
      throw new AssertionError("it was not stopped");
    } catch (StageStopped expected) {
      FolderContext resumed = context().resume(stopped);
      stage().run(resumed);
      return resumed;
    }
  }

  /** What comes of it if it is stopped after one or two checkpoints, and again, to its end. */
  FolderContext runWithStops(SplittableRandom random) throws IOException {
    stopped = 0;
    FolderContext context = context();
    while (true) {
      try {
        stage().run(context.stopAfterCheckpoints(1 + random.nextInt(2)));
        return context;
      } catch (StageStopped expected) {
        stopped++;
        context = context().resume(context);
      }
    }
  }

  /** How often it was stopped the last time. */
  int stopped() {
    return stopped;
  }

  private CollectComparisons stage() {
    return new CollectComparisons(
        (context, policy) -> new Parrot(String.valueOf(policy.folder().getFileName())));
  }

  private FolderContext context() throws IOException {
    Comparisons spec =
        new Comparisons(
            "sft",
            "prompts",
            "crowd",
            pairs,
            100,
            judged,
            redundancy,
            new SamplingSpec(1, 24),
            new CombiningSpec(aggregate, null, weigh, filter),
            budget,
            null,
            instructions,
            sources,
            repeat,
            gold,
            null);
    Path root = Files.createTempDirectory(folder, "run");
    FolderContext context =
        new FolderContext(root, spec)
            .input("prompts", prompts(), "")
            .input("of", Files.createDirectories(root.resolve("sft")), "");
    for (Map.Entry<String, Source> other :
        (sources == null ? Map.<String, Source>of() : sources).entrySet()) {
      context.input(
          "sources." + other.getKey() + ".of",
          Files.createDirectories(root.resolve(other.getValue().of())),
          "");
    }
    return context
        .declare(Section.EVALUATORS, "crowd", judged ? judge() : people())
        .declare(Section.MODELS, "rules", new ModelSpec.Rules("good", 3))
        .declare(Section.VALUES, "good", values())
        .declare(Section.VALUES, "curt", curt());
  }

  private EvaluatorsSpec people() {
    return new EvaluatorsSpec("good", 0.2, groups, null, null, null, null, null, null, hiring);
  }

  private static EvaluatorsSpec judge() {
    Map<String, String> principles = Map.of("polite", "Choose the polite answer.");
    return new EvaluatorsSpec(null, 0.2, null, new EvaluatorsSpec.Judge("rules", principles));
  }

  private Path prompts() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      rows.append("{\"prompt\": \"q").append(i).append("\"}\n");
    }
    Path root = Files.createTempDirectory(folder, "prompts");
    FolderContext context =
        new FolderContext(root, new DataSpec("p.jsonl", null, 0, null))
            .file("jsonl", Files.writeString(root.resolve("p.jsonl"), rows));
    new LoadData().run(context);
    return context.output();
  }

  private static ValuesSpec curt() {
    Map<String, FeatureSpec> features = new LinkedHashMap<>();
    features.put("polite", new FeatureSpec.ContainsAny(List.of("please")));
    return new ValuesSpec(null, features, Map.of("polite", -1.0));
  }

  private static ValuesSpec values() {
    Map<String, FeatureSpec> features = new LinkedHashMap<>();
    features.put("polite", new FeatureSpec.ContainsAny(List.of("please")));
    features.put("words", new FeatureSpec.Length(FeatureSpec.LengthUnit.WORDS));
    return new ValuesSpec(null, features, Map.of("polite", 1.0, "words", -0.4));
  }

  static List<Pair> pairs(FolderContext context) throws IOException {
    return Pairs.read(new Artifact("digest", context.output()));
  }

  static List<JsonNode> labels(FolderContext context) throws IOException {
    return JsonFiles.readLines(context.output().resolve("labels.jsonl"), row -> row);
  }

  static JsonNode summary(FolderContext context) throws IOException {
    return new ObjectMapper().readTree(context.written("summary.json"));
  }

  /** Answers with up to six words, politely or not, by the place in the stream. */
  private record Parrot(String name) implements SampledPolicy {
    @Override
    public List<SampledAnswer> answer(
        List<Prompt> prompts, SamplingSettings settings, RandomStream stream, long firstIndex) {
      List<SampledAnswer> answers = new ArrayList<>();
      for (int i = 0; i < prompts.size(); i++) {
        int which = (int) (stream.uniform(firstIndex + i) * 12);
        String text =
            (name.equals("sft") ? "" : name + " ")
                + "word ".repeat(1 + which / 2)
                + (which % 2 == 0 ? "please" : "now");
        answers.add(new SampledAnswer(Answer.of(text), new int[0], true));
      }
      return answers;
    }

    @Override
    public void close() {}
  }
}
