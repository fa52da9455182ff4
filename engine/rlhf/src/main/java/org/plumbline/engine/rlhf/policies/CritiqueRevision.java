package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.EvaluatorsSpec;
import org.plumbline.dsl.model.PolicySpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.RandomPurpose;
import org.plumbline.engine.lm.RandomStream;
import org.plumbline.engine.lm.SamplingSettings;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.judge.Judge;
import org.plumbline.engine.rlhf.judge.Judges;
import org.plumbline.engine.rlhf.training.RowLog;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.store.Stage;
import org.plumbline.engine.store.StageContext;
import org.plumbline.engine.store.StageFailure;

/**
 * The supervised stage of constitutional AI: answers are criticised and revised under principles,
 * then the revisions are learned.
 *
 * <p>Bai et al., "Constitutional AI: Harmlessness from AI Feedback", 2022, arXiv:2212.08073,
 * section 3:
 *
 * <pre>{@code
 * y_0 ~ pi(.|x)
 * for each round: principle at random; critique of y_{n-1} under it; y_n = revision
 * L = -log pi(y_N | x), averaged over tokens
 * }</pre>
 *
 * <p>Choices left open: every answer draws its own principle in every round; the last round's
 * revision is learned, so that each answer counts once. A judge of kind {@code rules} cannot write:
 * it revises by choosing, among new samples of the policy and the answer itself, the one that
 * serves the principle best. A judge that writes gets the answer alone.
 *
 * <p>Differs from the paper: revisions of all rounds are kept in {@code revisions.jsonl}, but only
 * the last is learned; no data for helpfulness is mixed in.
 */
public final class CritiqueRevision implements Stage {
  private static final String REVISIONS = "revisions.jsonl";

  /** The streams of answers, candidates and principles, apart from those of training. */
  private static final int STREAM = -16;

  @Override
  public String operation() {
    return "critique_revision";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PolicySpec.CritiqueRevision settings = context.settings(PolicySpec.CritiqueRevision.class);
    AnswerFitting.Settings fitting =
        new AnswerFitting.Settings(
            settings.steps(), settings.batchSize(), settings.learningRate(), 0);
    try (LanguageModel start = Policies.openModel(context, "from");
        TrainingRun run = TrainingRun.of(context, settings.steps(), fitting.adamW(), start::copy)) {
      RowLog log = new RowLog(REVISIONS);
      // with a rules judge this is quick and comes out the same, so an interruption repeats it
      List<AnswerFitting.Example> revisions = revise(context, settings, start, log);
      long tokens = new AnswerFitting(context, run, start).fit(revisions, fitting);
      log.write(context.output());
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("operation", "critique_revision");
      summary.put("steps", run.steps());
      summary.put("tokens", tokens);
      summary.put("revisions", revisions.size());
      run.finish(summary);
    }
  }

  private static List<AnswerFitting.Example> revise(
      StageContext context, PolicySpec.CritiqueRevision settings, LanguageModel model, RowLog log)
      throws IOException {
    Judge judge = judge(context, settings);
    List<String> prompts = prompts(context, settings);
    ModelAnswers source = new ModelAnswers(model);
    SamplingSettings sampling =
        SamplingSettings.of(settings.maxNewTokens()).withTemperature(settings.temperature());
    List<Answer> first = source.answer(prompts, sampling, tokens(context, settings.revisions()), 0);
    List<String> answers = new ArrayList<>(first.stream().map(Answer::text).toList());
    for (int round = 0; round < settings.revisions(); round++) {
      List<List<String>> candidates =
          judge.writesRevisions()
              ? List.of()
              : candidates(source, prompts, sampling, new Round(context, settings, round));
      RandomStream choice =
          RandomStream.of(context.seed(), RandomPurpose.ENVIRONMENT, STREAM - round);
      List<String> principles = List.copyOf(judge.principles().keySet());
      for (int i = 0; i < prompts.size(); i++) {
        String principle = principles.get((int) (choice.uniform(i) * principles.size()));
        Judge.Critique critique = judge.criticise(prompts.get(i), answers.get(i), principle);
        String revision =
            judge.revise(critique, candidates.isEmpty() ? List.of() : candidates.get(i));
        log.add(row(round, critique, revision));
        answers.set(i, revision);
      }
      context.progress(
          0, settings.steps(), Map.of("round", round + 1.0, "revisions", (double) prompts.size()));
    }
    List<AnswerFitting.Example> examples = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      examples.add(new AnswerFitting.Example(prompts.get(i), answers.get(i), true));
    }
    return examples;
  }

  private static Map<String, Object> row(int round, Judge.Critique critique, String revision) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("round", round + 1);
    row.put("prompt", critique.prompt());
    row.put("answer", critique.answer());
    row.put("principle", critique.principle());
    row.put("critique", critique.text());
    row.put("revision", revision);
    return row;
  }

  /** New answers to each prompt for a judge to choose from. */
  private static List<List<String>> candidates(
      ModelAnswers source, List<String> prompts, SamplingSettings sampling, Round round) {
    int each = round.settings().candidates();
    List<String> repeated = new ArrayList<>();
    for (String prompt : prompts) {
      for (int i = 0; i < each; i++) {
        repeated.add(prompt);
      }
    }
    List<Answer> all =
        source.answer(repeated, sampling, tokens(round.context(), round.number()), 0);
    List<List<String>> candidates = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      candidates.add(all.subList(i * each, (i + 1) * each).stream().map(Answer::text).toList());
    }
    return candidates;
  }

  /** One round of critique and revision. */
  private record Round(StageContext context, PolicySpec.CritiqueRevision settings, int number) {}

  private static RandomStream tokens(StageContext context, int round) {
    return RandomStream.of(context.seed(), RandomPurpose.ROLLOUT_TOKENS, STREAM - round);
  }

  /** As many prompts as wanted, without repetition before all had their turn. */
  private static List<String> prompts(StageContext context, PolicySpec.CritiqueRevision settings)
      throws IOException {
    List<String> all = DataSet.of(context, "prompts").prompts();
    int[] order =
        RandomStream.of(context.seed(), RandomPurpose.ENVIRONMENT, STREAM + 1)
            .permutation(all.size());
    List<String> prompts = new ArrayList<>();
    for (int i = 0; i < settings.answers(); i++) {
      prompts.add(all.get(order[i % order.length]));
    }
    return prompts;
  }

  private static Judge judge(StageContext context, PolicySpec.CritiqueRevision settings)
      throws IOException {
    EvaluatorsSpec evaluators =
        context.declared(Section.EVALUATORS, settings.judge(), EvaluatorsSpec.class);
    EvaluatorsSpec.Judge judge = evaluators.judge();
    if (judge == null) {
      throw new StageFailure(
          "PLB0213",
          "evaluators `" + settings.judge() + "` are people and cannot criticise",
          "judge",
          "name evaluators that declare a `judge`");
    }
    return Judges.open(context, judge);
  }
}
