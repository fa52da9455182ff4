// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.EvaluateSpec;
import org.plumbline.engine.artifact.AttackRow;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.JudgedAnswer;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.monitors.Triggered;
import org.plumbline.engine.rlhf.policies.Policies;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.PolicyDivergence;
import org.plumbline.engine.rlhf.values.WhiteSpaceWords;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;

/**
 * Measures a recipe: answers every prompt once, also with a trigger put in, and says of each answer
 * what it is worth, what the reward model thinks of it, and how far the policy has moved.
 *
 * <p>Answers are sampled at temperature 1 without cuts, so that drift is that of the policy itself
 * (algorithms of divergence: {@link PolicyDivergence}). The same seed and prompt give every recipe
 * the same random numbers, which makes differences between recipes less noisy. A policy that picks
 * among samples has no distribution of next tokens, so neither their divergence nor their entropy
 * is measured; {@code kl_bound} is an upper bound in the mean: how much likelier an answer is to be
 * drawn, at the temperature of the samples, than the reference is to give it, plus log n - (n - 1)
 * / n for the choice.
 *
 * <p>Writes an {@link Evaluation}; its curves are what the answers were worth that the policy gave
 * during its training, or what the best of fewer samples would be worth ({@link BestOfCurve}).
 */
public final class Evaluate implements Stage {

  @Override
  public String operation() {
    return "evaluate";
  }

  @Override
  public int version() {
    return 6;
  }

  @Override
  public void run(StageContext context) throws IOException {
    EvaluateSpec settings = context.settings(EvaluateSpec.class);
    List<Prompt> prompts = DataSet.of(context, "prompts").prompts();
    Artifact policy = context.input("policy");
    try (AnswerSource source = Policies.open(context, policy);
        Reference reference = Reference.open(context, policy, source);
        Yardsticks yardsticks = Yardsticks.open(context, settings)) {
      Measuring measuring = new Measuring(context, settings, source, reference, yardsticks);
      List<Evaluation.Answer> answers = measuring.answers(prompts, Evaluation.CLEAN);
      source.note(context);
      CompareSpec.Trigger trigger = settings.trigger();
      if (trigger != null) {
        List<Prompt> attacks = Triggered.all(context, prompts, trigger);
        answers.addAll(measuring.answers(attacks, Evaluation.TRIGGERED));
      }
      double most = Boolean.TRUE.equals(settings.withoutDrift()) ? 0 : source.klBound();
      Double bound = most > 0 && Double.isFinite(most) ? (Double) most : null;
      List<Evaluation.CurveRow> curves = new ArrayList<>(RolloutCurves.of(policy, yardsticks));
      if (bound != null) {
        curves.addAll(
            BestOfCurve.of(
                context,
                policy,
                new BestOfCurve.Questions(prompts, settings.maxNewTokens()),
                yardsticks));
      }
      List<AttackRow> attacks = new ArrayList<>();
      for (Artifact attacked : context.inputs("attacks")) {
        attacks.addAll(AttackRow.read(attacked.folder()));
      }
      new Evaluation(operation(), bound, answers, curves, attacks)
          .write(context.output(), prompts.size());
    }
  }

  /** What one run of the stage works with. */
  private record Measuring(
      StageContext context,
      EvaluateSpec settings,
      AnswerSource source,
      Reference reference,
      Yardsticks yardsticks) {

    List<Evaluation.Answer> answers(List<Prompt> prompts, String set) throws IOException {
      RandomStream stream =
          RandomStream.of(context.seed(), RandomPurpose.ROLLOUT_TOKENS, RandomPurpose.EVALUATION);
      SamplingSettings sampling = Sampling.of(1, settings.maxNewTokens(), settings.truncation());
      List<SampledAnswer> sampled = source.answer(prompts, sampling, stream, 0);
      context.progress(0, 1, Map.of());
      RewardFunction.Scores scores = yardsticks.scores(SampledAnswer.to(prompts, sampled));
      // A mixture of policies has no divergence that its answers' tokens tell.
      boolean wanted = !Boolean.TRUE.equals(settings.withoutDrift());
      boolean measured = wanted && Double.isFinite(source.klBound());
      List<PolicyDivergence> drifts =
          measured ? drifts(prompts, sampled, source.temperature(sampling)) : List.of();
      Map<Integer, Double> judged = set.equals(Evaluation.CLEAN) ? verdicts() : Map.of();
      List<Evaluation.Answer> answers = new ArrayList<>();
      for (int i = 0; i < prompts.size(); i++) {
        String prompt = prompts.get(i).text();
        SampledAnswer answer = sampled.get(i);
        PolicyDivergence drift = measured ? drifts.get(i) : null;
        boolean chosen = source.klBound() > 0;
        boolean comparable = reference.comparable();
        answers.add(
            new Evaluation.Answer(
                i,
                prompt,
                set,
                answer.text(),
                answer.tokens().length,
                WhiteSpaceWords.count(answer.text()),
                answer.finished(),
                yardsticks.worth(prompt, answer.text()),
                yardsticks.features(prompt, answer.text()),
                yardsticks.groups(prompt, answer.text()),
                scores == null ? null : (Double) scores.score()[i],
                scores == null ? null : (Double) scores.spread()[i],
                chosen || drift == null || !comparable ? null : (Double) drift.kl(),
                chosen && drift != null && comparable
                    ? (Double) (drift.logRatio() + source.klBound())
                    : null,
                drift != null && comparable ? (Double) drift.logRatio() : null,
                chosen || drift == null ? null : (Double) drift.entropy(),
                judged.get(i)));
      }
      return answers;
    }

    /**
     * What evaluators said of the answers, by the index of the prompt; empty if nobody was asked.
     */
    private Map<Integer, Double> verdicts() throws IOException {
      Map<Integer, Double> judged = new HashMap<>();
      for (Artifact verdicts : context.inputs("verdicts")) {
        JudgedAnswer.read(verdicts.folder()).forEach(said -> judged.put(said.index(), said.win()));
      }
      return judged;
    }

    private List<PolicyDivergence> drifts(
        List<Prompt> prompts, List<SampledAnswer> answers, double temperature) {
      AnswerFormat format = new AnswerFormat(source.model());
      List<Sequence> rows = new ArrayList<>();
      for (int i = 0; i < prompts.size(); i++) {
        int[] prompt = format.prompt(prompts.get(i), settings.maxNewTokens());
        rows.add(Sequence.of(prompt, answers.get(i).tokens()));
      }
      return PolicyDivergence.of(source.model(), reference.model(), rows, temperature);
    }
  }

  /**
   * What drift is measured from.
   *
   * @param own whether the model was opened for this and must be closed
   * @param comparable whether it has the policy's tokens and is itself a model
   */
  private record Reference(LanguageModel model, boolean own, boolean comparable)
      implements AutoCloseable {

    static Reference open(StageContext context, Artifact policy, AnswerSource source)
        throws IOException {
      Artifact artifact = context.input("reference");
      if (artifact.digest().equals(policy.digest())) {
        return new Reference(source.model(), false, !Models.isComposition(policy));
      }
      if (Models.isComposition(artifact)) {
        context.note("the reference picks among samples, so drift from it is not measured");
        return new Reference(source.model(), false, false);
      }
      LanguageModel model = Models.openModel(context, "reference");
      if (!Arrays.equals(model.tokenizer().json(), source.model().tokenizer().json())) {
        model.close();
        context.note("the reference has another tokenizer, so drift from it is not measured");
        return new Reference(source.model(), false, false);
      }
      return new Reference(model, true, true);
    }

    @Override
    public void close() {
      if (own) {
        model.close();
      }
    }
  }
}
