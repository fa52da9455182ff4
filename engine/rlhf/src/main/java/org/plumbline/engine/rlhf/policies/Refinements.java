// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.engine.artifact.RowLog;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.store.content.Checkpoint;

/**
 * The answers that a policy learns in {@link LanguageFeedback}: refined by what was written about
 * them. They are kept in {@code refinements.jsonl}.
 */
final class Refinements implements IteratedFitting.Source {
  private static final String FILE = "refinements.jsonl";

  /** Refinements that are drawn and scored together; a checkpoint can be saved after them. */
  private static final int SAMPLES_AT_ONCE = 32;

  private final StageContext context;
  private final ConditionedPolicySpec.LanguageFeedback settings;
  private final List<Told> all;
  private final RowLog kept = new RowLog(FILE);

  Refinements(StageContext context, ConditionedPolicySpec.LanguageFeedback settings)
      throws IOException {
    this.context = context;
    this.settings = settings;
    this.all = Told.read(context.input("feedback"));
    if (all.isEmpty()) {
      throw new StageFailure(
          "PLB0521", "nobody has written anything about an answer", "feedback", null);
    }
  }

  /** Goes on from the checkpoint, and keeps what was chosen with every later one. */
  void learning(TrainingRun run) throws IOException {
    Checkpoint checkpoint = context.checkpoint().orElse(null);
    if (checkpoint != null) {
      kept.restore(checkpoint.folder());
    }
    run.keep(kept::write);
  }

  @Override
  public List<Prompt> prompts() {
    return all.stream().map(told -> told.answer().prompt()).distinct().toList();
  }

  @Override
  public List<Exchange> of(int iteration) {
    List<Exchange> learned = new ArrayList<>();
    for (JsonNode row : kept.rows()) {
      if (row.path("iteration").asInt() == iteration) {
        Prompt prompt = Prompt.of(row.path("prompt"));
        learned.add(
            new Exchange(
                prompt,
                prompt.answer(row.path("refinement").asText()),
                row.path("finished").asBoolean()));
      }
    }
    return learned;
  }

  @Override
  public Map<String, Double> logged(TrainingRun run) {
    Map<String, Double> logged = new LinkedHashMap<>();
    logged.put("score", run.number("score", 0));
    logged.put("chosen_score", run.number("chosen_score", 0));
    return logged;
  }

  @Override
  public @Nullable String sample(int iteration, TrainingRun run) throws IOException {
    List<Told> asked = fitting(run);
    Following following = new Following(settings.selectBy(), run.model());
    int atOnce = Math.max(1, SAMPLES_AT_ONCE / settings.groupSize());
    for (int from = refined(iteration).size(); from < asked.size(); from += atOnce) {
      List<Told> some = asked.subList(from, Math.min(asked.size(), from + atOnce));
      refine(iteration, run, some, from, following);
      if (from + atOnce < asked.size()) {
        run.between(run.taken(), Map.of("refined", (double) from + some.size()));
      }
    }
    following.note(context);
    List<JsonNode> refined = refined(iteration);
    run.keep("score", mean(refined, "mean_score"));
    run.keep("chosen_score", mean(refined, "score"));
    for (Told told : all) {
      if (told.words().isEmpty()) {
        Exchange answer = told.answer();
        keep(iteration, told, new Chosen(answer.answer().text(), answer.finished(), null, null));
      }
    }
    return null;
  }

  /**
   * Refines some answers and keeps the refinements that are chosen.
   *
   * @param first how many answers come before them
   */
  private void refine(
      int iteration, TrainingRun run, List<Told> some, int first, Following following) {
    List<Prompt> prompts = some.stream().map(told -> told.request(run.model())).toList();
    int group = settings.groupSize();
    SamplingSettings drawn = Sampling.of(settings.sampling());
    RandomStream stream =
        RandomStream.of(
            context.seed(), RandomPurpose.ROLLOUT_TOKENS, RandomPurpose.FIRST_UPDATE + iteration);
    List<SampledAnswer> refined =
        new ModelAnswers(run.model())
            .answer(Prompt.repeated(prompts, group), drawn, stream, (long) first * group);
    double[] scores = following.scores(some, refined);
    RandomStream choice =
        RandomStream.of(context.seed(), RandomPurpose.REFINEMENT_CHOICE, iteration);
    for (int i = 0; i < some.size(); i++) {
      double[] own = Arrays.copyOfRange(scores, i * group, (i + 1) * group);
      int chosen = chosen(own, choice, first + i);
      SampledAnswer answer = refined.get(i * group + chosen);
      keep(
          iteration,
          some.get(i),
          new Chosen(answer.text(), answer.finished(), own[chosen], Moments.mean(own)));
    }
  }

  /** What was refined in an iteration so far: not the answers that are learned as they are. */
  private List<JsonNode> refined(int iteration) {
    return kept.rows().stream()
        .filter(row -> row.path("iteration").asInt() == iteration && row.has("score"))
        .toList();
  }

  private static double mean(List<JsonNode> rows, String column) {
    return rows.stream().mapToDouble(row -> row.path(column).asDouble()).average().orElse(0);
  }

  /** Answers with something to change, whose request the policy can read as a whole. */
  private List<Told> fitting(TrainingRun run) {
    List<Told> fitting = new ArrayList<>();
    int wanted = 0;
    for (Told told : all) {
      if (!told.words().isEmpty()) {
        wanted++;
        AnswerFormat format = new AnswerFormat(run.model());
        format.prompt(told.request(run.model()), settings.sampling().maxNewTokens());
        if (format.cut() == 0) {
          fitting.add(told);
        }
      }
    }
    int tooLong = wanted - fitting.size();
    int longest = run.model().config().contextLength();
    if (tooLong > 0 && fitting.isEmpty()) {
      throw new StageFailure(
          "PLB0534",
          "none of %d answers fits into the context of %d tokens with what was written about it and"
                  .formatted(tooLong, longest)
              + " a refinement",
          "from",
          "start from a model that reads longer texts, or lower `max_new_tokens`");
    }
    if (tooLong > 0) {
      context.note(
          "%d of %d answers are not refined: with what was written about them they are longer than"
                  .formatted(tooLong, all.size())
              + " the context of %d tokens".formatted(longest));
    }
    return fitting;
  }

  /** Which refinement is learned: the best, of equals the first, or one by chance. */
  private int chosen(double[] scores, RandomStream stream, int index) {
    return settings.choiceTemperature() == 0
        ? BestOfN.best(scores)
        : stream.categorical(index, shares(scores, settings.choiceTemperature()));
  }

  /** The probability of each: exp(score / tau), normalised. */
  static double[] shares(double[] scores, double tau) {
    double[] logs = Arrays.stream(scores).map(score -> score / tau).toArray();
    double all = Logistic.logSumExp(logs);
    return Arrays.stream(logs).map(log -> StrictMath.exp(log - all)).toArray();
  }

  /**
   * What is learned; without scores if nothing was to be changed.
   *
   * @param score its own
   * @param mean that of all refinements of the answer
   */
  private record Chosen(
      String text, boolean finished, @Nullable Double score, @Nullable Double mean) {}

  private void keep(int iteration, Told told, Chosen chosen) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("iteration", iteration);
    row.put("prompt", told.answer().prompt().json());
    row.put("answer", told.answer().answer().text());
    row.put("feedback", told.words());
    row.put("refinement", chosen.text());
    row.put("finished", chosen.finished());
    if (chosen.score() != null) {
      row.put("score", chosen.score());
      row.put("mean_score", chosen.mean());
    }
    kept.add(row);
  }

  /** What a summary says of the refinements. */
  Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("answers", all.size());
    summary.put("unchanged", all.stream().filter(told -> told.words().isEmpty()).count());
    summary.put("refinements", kept.size());
    return summary;
  }
}
