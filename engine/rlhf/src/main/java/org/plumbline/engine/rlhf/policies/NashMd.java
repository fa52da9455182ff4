// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.plumbline.dsl.model.policy.ComparedRegularizers;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.TokenScores;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.sampling.Sampler;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.online.EntropyBonus;
import org.plumbline.engine.rlhf.online.FreshAnswer;
import org.plumbline.engine.rlhf.online.FreshAnswers;
import org.plumbline.engine.rlhf.online.FreshPreferences;
import org.plumbline.engine.rlhf.online.FreshTraining;
import org.plumbline.engine.rlhf.online.RewardPreferences;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Nash learning from human feedback: seeks the policy that no other is preferred to, by playing
 * against a mixture of itself and the reference. Preferences may run in a circle.
 *
 * <p>Munos et al., "Nash Learning from Human Feedback", ICML 2024, arXiv:2312.00886, section 7,
 * Nash-MD-PG. With y from the policy pi and y' from the opponent {@code pi' ~ pi^(1 - m) ref^m},
 * mixed token by token, the mean over the answers of an update of
 *
 * <pre>{@code
 * L = -log pi(y|x) ( P(y preferred to y') - 1/2 - tau log(pi(y|x) / ref(y|x)) )
 * }</pre>
 *
 * <p>whose bracket has no gradient. With m = 0 it comes to the Nash equilibrium of the preference
 * less tau times the divergence from the reference, {@code pi ~ ref exp(P(. preferred to pi) /
 * tau)}; with m above 0 to the same with the mixture for an opponent, which is nearer to the
 * reference.
 *
 * <p>Choices the paper leaves open: those of {@link FreshTraining}; a reward's preference is {@code
 * sigmoid(r(x, y) - r(x, y'))}; probabilities are those at the sampling temperature.
 *
 * <p>Differs from TRL's NashMDTrainer: the log-ratio is that of the whole answer, so that every
 * token answers for those after it; there each token has only its own.
 */
public final class NashMd implements Stage {
  private final FreshPreferences.Opener evaluators;

  /**
   * The stage.
   *
   * @param evaluators opens those whom a spec declares
   */
  public NashMd(FreshPreferences.Opener evaluators) {
    this.evaluators = evaluators;
  }

  @Override
  public String operation() {
    return "nash_md";
  }

  @Override
  public int version() {
    return 4;
  }

  @Override
  public void run(StageContext context) throws IOException {
    OnlinePolicySpec.NashMd settings = context.settings(OnlinePolicySpec.NashMd.class);
    try (LanguageModel start = Models.openModel(context, "from");
        FreshPreferences preferences = preferences(context, settings)) {
      train(context, start, preferences, DataSet.of(context, "prompts").prompts());
    }
  }

  private FreshPreferences preferences(StageContext context, OnlinePolicySpec.NashMd settings)
      throws IOException {
    String named = settings.evaluators();
    return named == null
        ? RewardPreferences.open(
            context,
            OnlineDpo.penalties(settings.rollout().missingEndPenalty(), settings.regularizers()),
            Logistic::sigmoid)
        : evaluators.open(context, named, settings.budget());
  }

  /** The same with parts that are open already, which stay open. */
  static void train(
      StageContext context, LanguageModel start, FreshPreferences preferences, List<Prompt> prompts)
      throws IOException {
    OnlinePolicySpec.NashMd settings = context.settings(OnlinePolicySpec.NashMd.class);
    FreshTraining.train(
        context,
        new FreshTraining.Settings(
            "nash_md",
            settings.schedule().updates(),
            settings.schedule().batchSize(),
            2,
            settings.learningRate(),
            settings.rollout().sampling().maxNewTokens(),
            settings.schedule().training(),
            ComparedRegularizers.of(settings.regularizers()).pretrainingMix()),
        new FreshTraining.Parts(start, preferences, prompts),
        new Game(settings, start, context.seed()));
  }

  /**
   * The loss of some answers.
   *
   * @param logProb log pi(y|x), [answers]
   * @param reference log ref(y|x)
   * @param preferred of each, the probability that it is preferred to the opponent's
   */
  static Loss loss(Tensor logProb, Tensor reference, Tensor preferred, double tau) {
    Tensor logRatio = logProb.sub(reference).stopGradient();
    Tensor gain = preferred.sub(0.5f).sub(logRatio.mul((float) tau));
    return Loss.mean(logProb.mul(gain).neg())
        .log("preference", preferred)
        .log("log_ratio", logRatio)
        .log("gain", gain);
  }

  /** Draws an answer of the policy and one of its opponent to each prompt. */
  private static final class Game implements FreshTraining.Method {
    private final OnlinePolicySpec.NashMd settings;
    private final LanguageModel reference;
    private final FreshAnswers answers;

    Game(OnlinePolicySpec.NashMd settings, LanguageModel reference, long seed) {
      this.settings = settings;
      this.reference = reference;
      this.answers = new FreshAnswers(reference, Sampling.of(settings.rollout().sampling()), seed);
    }

    @Override
    public List<List<FreshAnswer>> draw(LanguageModel policy, List<Prompt> prompts, int update) {
      Sampler own = new Sampler(policy);
      Sampler opponent =
          settings.mixture() == 0 ? own : own.mixedWith(reference, settings.mixture());
      List<FreshAnswer> one = answers.draw(own, prompts, RandomPurpose.ROLLOUT_TOKENS, update);
      List<FreshAnswer> two =
          answers.draw(opponent, prompts, RandomPurpose.OPPONENT_TOKENS, update);
      List<List<FreshAnswer>> both = new ArrayList<>();
      for (int i = 0; i < prompts.size(); i++) {
        both.add(List.of(one.get(i), two.get(i)));
      }
      return both;
    }

    @Override
    public Loss loss(LanguageModel policy, List<FreshTraining.Judged> judged) {
      Batch batch = Batch.of(judged.stream().map(one -> one.answers().get(0).row()).toList());
      float[] preferred = new float[judged.size()];
      for (int i = 0; i < preferred.length; i++) {
        preferred[i] = (float) judged.get(i).verdict().first();
      }
      double temperature = settings.rollout().sampling().temperature();
      TokenScores now = policy.tokenScores(batch, temperature);
      Tensor before = reference.tokenLogProbs(batch, temperature).stopGradient();
      Loss loss =
          NashMd.loss(now.logProbs().sum(1), before.sum(1), Tensor.of(preferred), settings.tau())
              .log("entropy", now.entropy().maskedMean(batch.mask()));
      double weight = ComparedRegularizers.of(settings.regularizers()).entropy();
      return weight == 0
          ? loss
          : new EntropyBonus(weight, temperature).with(loss, now.entropy(), batch);
    }

    @Override
    public void note(StageContext context) {
      answers.note(context);
    }
  }
}
