// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.Completion;
import org.plumbline.engine.lm.sampling.Sampler;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.Stages;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.TokenPair;
import org.plumbline.engine.rlhf.training.TrainingState;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.store.disk.PreparedFile;

/**
 * Our side of the figures: the stages, losses and samplers that runs use, on made-up rows.
 *
 * <p>Training methods are timed inside their own loops, between reports of progress, with all that
 * a run does per step. They start from a model with random parameters, as the peers' do.
 */
public final class LmBench implements AutoCloseable {
  private static final int ROWS = 256;

  /** More than can be done in the time: a stage is stopped when it has been timed. */
  private static final int STEPS = 1_000_000;

  private final Setting setting;
  private final PreparedFile aside;
  private final Path folder;
  private final LanguageModel model;
  private final MadeUpWords words;
  private int stages;

  /** Makes model and rows; the engine must have been started. */
  public LmBench(Setting setting) throws IOException {
    this.setting = setting;
    this.aside = PreparedFile.temporary();
    this.folder = Files.createDirectory(aside.path());
    this.words = new MadeUpWords(setting.vocabulary());
    this.model = LanguageModel.create(setting.config(), words.tokenizer(), 0);
    Files.createDirectory(start());
    model.save(start());
    writeDemonstrations();
    writePairs();
    writeKinds();
    writePrompts();
  }

  /** Returns the folder of the model that everything starts from. */
  public Path start() {
    return folder.resolve("start");
  }

  private Path feedback() {
    return folder.resolve("feedback");
  }

  /** Rows of as many tokens as the context has: a first word, then an answer to learn. */
  private void writeDemonstrations() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String answer = words.text(setting.context() - 2); // and the end of text
      lines.add("{\"prompt\": \"%s\", \"completion\": \"%s\"}".formatted(words.text(1), answer));
    }
    Path file = folder.resolve("demos.jsonl");
    Files.write(file, lines);
    new StageClock(folder.resolve("demos"), Map.of("jsonl", "demos.jsonl"))
        .file("jsonl", file)
        .finish(stage("load"));
  }

  /** Prompts, and a reward that counts the words of an answer. */
  private void writePrompts() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      lines.add("{\"prompt\": \"%s\"}".formatted(words.text(setting.prompt())));
    }
    Path file = folder.resolve("prompts.jsonl");
    Files.write(file, lines);
    new StageClock(folder.resolve("prompts"), Map.of("jsonl", "prompts.jsonl"))
        .file("jsonl", file)
        .finish(stage("load"));
    ValuesSpec values =
        new ValuesSpec(
            null,
            Map.of("words", new FeatureSpec.Length(FeatureSpec.LengthUnit.WORDS)),
            Map.of("words", 1.0));
    new StageClock(folder.resolve("score"), Map.of("values", "long"))
        .declare(Section.VALUES, "long", Canonical.keys(values))
        .finish(stage("rules"));
  }

  private void writePairs() throws IOException {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Answer chosen = Answer.of(words.text(setting.answer() - 1)); // and the end of text
      Answer rejected = Answer.of(words.text(setting.answer() - 1));
      Prompt prompt = Prompt.of(words.text(setting.prompt()));
      pairs.add(new Pair(i, prompt, chosen, rejected, 1, 1, 1));
    }
    Files.createDirectory(feedback());
    Pairs.write(pairs, feedback());
  }

  /** The same pairs as comparisons, and as rankings of two: as many tokens, of two kinds. */
  private void writeKinds() throws IOException {
    FeedbackSummary summary = FeedbackSummary.of(ROWS, 0, 0, List.of());
    summary.write(feedback());
    List<ItemLabel> labels = new ArrayList<>();
    for (Pair pair :
        Pairs.read(new StageClock(folder, Map.of()).input("f", feedback()).input("f"))) {
      Item item =
          new Item(
              pair.pair(),
              pair.prompt(),
              List.of(pair.rejected(), pair.chosen()),
              List.of(true, true));
      labels.add(
          new ItemLabel(
              item,
              List.of(0, 1),
              List.of(),
              null,
              null,
              "somebody",
              "all",
              new Ranking(List.of(1, 0)),
              false,
              0,
              List.of()));
    }
    Files.createDirectory(rankings());
    JsonFiles.writeLines(rankings().resolve(ItemLabel.FILE), labels, ItemLabel::columns);
    summary.with(new FeedbackSummary.Items("rankings", ROWS, 0, false, Map.of())).write(rankings());
  }

  private Path rankings() {
    return folder.resolve("rankings");
  }

  private static Stage stage(String operation) {
    Stage stage = Stages.byOperation().get(operation);
    if (stage == null) {
      throw new IllegalStateException("no stage " + operation);
    }
    return stage;
  }

  /**
   * Measures a figure once.
   *
   * @param seconds about how long, without warming up; reading and memory take as long as they take
   */
  public double measure(Figure figure, double seconds) throws IOException {
    return switch (figure) {
      case TRAIN -> train(seconds);
      case SAMPLE -> sample(seconds);
      case SFT -> sft(seconds);
      case DPO -> dpo(seconds);
      case DPO_PRECOMPUTED -> dpoSteps(seconds);
      case REWARD -> reward(seconds);
      case MIXED_REWARD -> mixed(seconds);
      case KTO -> setting.pairs() * steps("kto", ofPairs(), seconds);
      case ORPO -> setting.pairs() * steps("orpo", ofPairs(), seconds);
      case SIMPO -> setting.pairs() * steps("simpo", ofPairs(), seconds);
      case CPO -> setting.pairs() * steps("cpo", ofPairs(), seconds);
      case ONLINE_DPO ->
          setting.pairs() * steps("online_dpo", rollouts(2 * setting.pairs(), 2), seconds);
      case GRPO -> answers() * steps("grpo", rollouts(answers(), setting.group()), seconds);
      case RLOO -> answers() * steps("rloo", rollouts(answers(), setting.group()), seconds);
      case PPO ->
          new PpoParts(setting, model, words)
              .timesParts(steps("ppo", ppo(), seconds / 2), seconds / 2);
      case GROUPS -> new GroupDraws(setting, words).timesApart(seconds);
      case READ -> new BigDirectory(setting, words).seconds(folder.resolve("big"));
      case MEMORY -> throw new IllegalArgumentException("memory needs a process of its own");
    };
  }

  private double train(double seconds) {
    List<Sequence> rows = fullRows();
    AdamW.Settings adamW = new AdamW.Settings(0.9, 0.95, 1e-8, 0.1, 1);
    Clock clock = new Clock(seconds);
    try (TrainingState training = new TrainingState(model.copy(), adamW)) {
      do {
        learn(training, rows, 1e-3);
      } while (!clock.tick());
    }
    return clock.rate() * setting.batch() * setting.context();
  }

  /** A step on texts, in parts as stages take it. */
  static void learn(TrainingState training, List<Sequence> rows, double learningRate) {
    LanguageModel model = training.model();
    double tokens = Batch.of(rows).completionTokens();
    training.update(
        () -> "the benchmark",
        learningRate,
        List.of(model.sideBySide().divide(rows, Sequence::length)),
        part -> {
          Batch batch = Batch.of(part);
          return model.meanLoss(batch).mul((float) (batch.completionTokens() / tokens));
        });
  }

  private List<Sequence> fullRows() {
    List<Sequence> rows = new ArrayList<>();
    for (int i = 0; i < setting.batch(); i++) {
      rows.add(new Sequence(words.ids(setting.context()), 0));
    }
    return rows;
  }

  private double sample(double seconds) {
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < setting.batch(); i++) {
      prompts.add(words.ids(setting.prompt()));
    }
    RandomStream stream = RandomStream.of(0, RandomPurpose.ROLLOUT_TOKENS, 0);
    Sampler sampler = new Sampler(model);
    SamplingSettings settings = SamplingSettings.of(setting.answer());
    Clock clock = new Clock(seconds);
    // an answer may end by itself: what counts is the tokens that were drawn
    long tokens = 0;
    int calls = 0;
    do {
      for (Completion sample : sampler.sample(prompts, settings, stream.at(calls), 0)) {
        tokens += sample.ids().length;
      }
      calls++;
    } while (!clock.tick());
    return clock.rate() * tokens / calls;
  }

  private int answers() {
    return setting.prompts() * setting.group();
  }

  private Map<String, Object> rollouts(int answers, int group) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("from", "start");
    settings.put("reward", "score");
    settings.put("prompts", "prompts");
    settings.put("updates", STEPS);
    settings.put("batch_size", answers);
    settings.put("group_size", group);
    settings.put("max_new_tokens", setting.answer());
    return settings;
  }

  private Map<String, Object> ppo() {
    Map<String, Object> settings = rollouts(answers(), 0);
    settings.remove("group_size");
    settings.put("epochs", PpoParts.EPOCHS);
    settings.put("minibatches", PpoParts.MINIBATCHES);
    return settings;
  }

  private double sft(double seconds) {
    Map<String, Object> settings =
        Map.of("from", "start", "data", "demos", "steps", STEPS, "batch_size", setting.batch());
    return setting.batch() * steps("supervised", settings, seconds);
  }

  private double dpoSteps(double seconds) {
    return setting.pairs() * steps("dpo", ofPairs(), seconds);
  }

  /** A pair's part of a step and of the reference's pass over all pairs, which comes first. */
  private double dpo(double seconds) throws IOException {
    return 1 / (1 / dpoSteps(seconds / 2) + 1 / referencePairs(seconds / 2));
  }

  private double referencePairs(double seconds) throws IOException {
    AnswerFormat format = new AnswerFormat(model);
    List<Sequence> rows = new ArrayList<>();
    for (Pair pair :
        Pairs.read(new StageClock(folder, Map.of()).input("f", feedback()).input("f"))) {
      rows.addAll(TokenPair.rows(List.of(format.pair(pair))));
    }
    int atOnce = 128; // as in the stage
    Clock clock = new Clock(seconds);
    int at = 0;
    do {
      try (TensorScope scope = TensorScope.open()) {
        model.tokenLogProbs(Batch.of(rows.subList(at, at + atOnce))).sum(1).toFloatArray();
      }
      at = (at + atOnce) % rows.size();
    } while (!clock.tick());
    return clock.rate() * atOnce / 2;
  }

  private double reward(double seconds) {
    return setting.pairs() * steps("bradley_terry", ofPairs(), seconds);
  }

  private double mixed(double seconds) {
    Map<String, Object> sources =
        Map.of("pairs", Map.of("feedback", "a"), "rankings", Map.of("feedback", "b"));
    Map<String, Object> settings =
        Map.of("from", "start", "sources", sources, "steps", STEPS, "batch_size", setting.pairs());
    return setting.pairs() * steps("reward_rational", settings, seconds);
  }

  private Map<String, Object> ofPairs() {
    return Map.of(
        "from", "start", "feedback", "pairs", "steps", STEPS, "batch_size", setting.pairs());
  }

  private double steps(String operation, Map<String, Object> settings, double seconds) {
    Path output = folder.resolve("output-" + stages++);
    return new StageClock(output, settings)
        .input("from", start())
        .input("data", folder.resolve("demos"))
        .input("prompts", folder.resolve("prompts"))
        .input("reward", folder.resolve("score"))
        .input("feedback", feedback())
        .input("sources.pairs.feedback", feedback())
        .input("sources.rankings.feedback", rankings())
        .stepsPerSecond(stage(operation), seconds);
  }

  @Override
  public void close() throws IOException {
    model.close();
    aside.close();
  }
}
