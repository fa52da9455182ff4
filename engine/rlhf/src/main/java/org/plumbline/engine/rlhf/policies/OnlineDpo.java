// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.policy.ComparedRegularizers;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.sampling.Sampler;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.losses.PairLosses;
import org.plumbline.engine.rlhf.online.EntropyBonus;
import org.plumbline.engine.rlhf.online.FreshAnswer;
import org.plumbline.engine.rlhf.online.FreshAnswers;
import org.plumbline.engine.rlhf.online.FreshPreferences;
import org.plumbline.engine.rlhf.online.FreshTraining;
import org.plumbline.engine.rlhf.online.RewardPreferences;
import org.plumbline.engine.rlhf.preference.PairScores;
import org.plumbline.engine.rlhf.training.AnswerLogProbs;
import org.plumbline.engine.rlhf.training.AnswerPenalties;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.TokenPair;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Direct preference optimisation on fresh pairs: each update samples answers from the policy as it
 * is, has them judged at once, and takes a step on the best and the worst of each prompt.
 *
 * <p>Guo et al., "Direct Language Model Alignment from Online AI Feedback", 2024, arXiv:2402.04792,
 * section 3. With the log-ratios u and w of {@link PairLosses} and {@code h = u - w}:
 *
 * <pre>{@code
 * L_sigmoid = -log sigmoid(beta h),  L_ipo = (h - 1 / (2 beta))^2,  L_hinge = max(0, 1 - beta h)
 * }</pre>
 *
 * <p>each as its expectation over the preference p, where a judge gives one, or where the two are
 * equal (1/2). With {@code exploration} a above 0 the last answer to each prompt is drawn from the
 * reference instead, and beside the loss stands the mean of {@code a log pi(y'|x)} of these (XPO:
 * Xie et al., "Exploratory Preference Optimization: Harnessing Implicit Q*-Approximation for
 * Sample-Efficient RLHF", 2024, arXiv:2405.21046, algorithm 1).
 *
 * <p>Choices the papers leave open: those of {@link FreshTraining}; of more than two answers the
 * best and the worst make the pair; log-probabilities are summed, at temperature 1; {@link
 * EntropyBonus} is of the answers of the pairs, and costs a pass of its own. Differs from TRL's
 * OnlineDPOTrainer: equal rewards make a tie, a judge's probability counts as it is.
 */
public final class OnlineDpo implements Stage {
  private final FreshPreferences.Opener evaluators;

  /** The stage, with what opens evaluators that a spec declares. */
  public OnlineDpo(FreshPreferences.Opener evaluators) {
    this.evaluators = evaluators;
  }

  @Override
  public String operation() {
    return "online_dpo";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public void run(StageContext context) throws IOException {
    OnlinePolicySpec.OnlineDpo settings = context.settings(OnlinePolicySpec.OnlineDpo.class);
    try (LanguageModel start = Models.openModel(context, "from");
        FreshPreferences preferences = preferences(context, settings)) {
      train(context, start, preferences, DataSet.of(context, "prompts").prompts());
    }
  }

  private FreshPreferences preferences(StageContext context, OnlinePolicySpec.OnlineDpo settings)
      throws IOException {
    String named = settings.evaluators();
    return named == null
        ? RewardPreferences.open(
            context,
            penalties(settings.missingEndPenalty(), settings.regularizers()),
            RewardPreferences::certain)
        : evaluators.open(context, named, settings.budget());
  }

  /** What is taken off the score of an answer before it is compared. */
  static AnswerPenalties penalties(double missingEnd, @Nullable ComparedRegularizers said) {
    ComparedRegularizers terms = ComparedRegularizers.of(said);
    return new AnswerPenalties(missingEnd, terms.lengthPenalty(), terms.repetitionPenalty());
  }

  /** The same with parts that are open already, which stay open. */
  static void train(
      StageContext context, LanguageModel start, FreshPreferences preferences, List<Prompt> prompts)
      throws IOException {
    OnlinePolicySpec.OnlineDpo settings = context.settings(OnlinePolicySpec.OnlineDpo.class);
    FreshTraining.train(
        context,
        new FreshTraining.Settings(
            "online_dpo",
            settings.schedule().updates(),
            settings.schedule().batchSize() / settings.groupSize(),
            settings.groupSize(),
            settings.learningRate(),
            settings.maxNewTokens(),
            settings.schedule().training(),
            ComparedRegularizers.of(settings.regularizers()).pretrainingMix()),
        new FreshTraining.Parts(start, preferences, prompts),
        new Pairs(settings, start, context.seed()));
  }

  /** The loss of pairs without the bonus, and what is logged beside it. */
  static Loss loss(PairScores pairs, OnlinePolicySpec.OnlineDpo settings) {
    Tensor u = pairs.chosen().logRatio(); // [pairs]
    Tensor w = pairs.rejected().logRatio();
    float beta = (float) settings.beta();
    Tensor margin = u.sub(w).mul(beta);
    Tensor right = losses(u, w, settings);
    Tensor losses = PairLosses.expected(right, losses(w, u, settings), pairs.targets(p -> p));
    return Loss.mean(losses)
        .log("accuracy", margin.greater(0f))
        .log("margin", margin)
        .log("chosen_reward", u.mul(beta))
        .log("rejected_reward", w.mul(beta));
  }

  private static Tensor losses(Tensor u, Tensor w, OnlinePolicySpec.OnlineDpo settings) {
    Tensor margin = u.sub(w).mul((float) settings.beta());
    return switch (settings.loss()) {
      case SIGMOID -> PairLosses.logistic(margin);
      case IPO -> PairLosses.ipo(u, w, settings.beta());
      case HINGE -> PairLosses.hinge(margin, 1);
    };
  }

  /** What XPO adds: the mean log-probability of the reference's answers, weighted. */
  static Loss explored(Loss loss, Tensor referenceAnswers, double exploration) {
    Tensor bonus = referenceAnswers.mean();
    return new Loss(loss.value().add(bonus.mul((float) exploration)), loss.logged())
        .log("reference_log_prob", bonus);
  }

  private static final class Pairs implements FreshTraining.Method {
    private final OnlinePolicySpec.OnlineDpo settings;
    private final LanguageModel reference;
    private final FreshAnswers answers;

    Pairs(OnlinePolicySpec.OnlineDpo settings, LanguageModel reference, long seed) {
      this.settings = settings;
      this.reference = reference;
      this.answers =
          new FreshAnswers(
              reference,
              Sampling.of(settings.temperature(), settings.maxNewTokens(), settings.truncation()),
              seed);
    }

    @Override
    public List<List<FreshAnswer>> draw(LanguageModel policy, List<Prompt> prompts, int update) {
      boolean explores = settings.exploration() > 0;
      int own = settings.groupSize() - (explores ? 1 : 0);
      List<FreshAnswer> drawn =
          answers.draw(
              new Sampler(policy),
              Prompt.repeated(prompts, own),
              RandomPurpose.ROLLOUT_TOKENS,
              update);
      List<FreshAnswer> others =
          answers.draw(
              new Sampler(reference),
              explores ? prompts : List.of(),
              RandomPurpose.OPPONENT_TOKENS,
              update);
      List<List<FreshAnswer>> groups = new ArrayList<>();
      for (int i = 0; i < prompts.size(); i++) {
        List<FreshAnswer> group = new ArrayList<>(drawn.subList(i * own, (i + 1) * own));
        group.addAll(explores ? others.subList(i, i + 1) : List.of());
        groups.add(group);
      }
      return groups;
    }

    @Override
    public Loss loss(LanguageModel policy, List<FreshTraining.Judged> judged) {
      List<TokenPair> tokens =
          judged.stream().map(one -> new TokenPair(one.better().row(), one.worse().row())).toList();
      List<PairScores.Row> rows =
          PairScores.rows(
              tokens,
              AnswerLogProbs.of(reference, TokenPair.rows(tokens)),
              judged.stream().mapToDouble(one -> one.verdict().preference()).toArray());
      Loss loss =
          new EntropyBonus(
                  ComparedRegularizers.of(settings.regularizers()).entropy(),
                  settings.temperature())
              .on(
                  OnlineDpo.loss(PairScores.of(policy, rows), settings),
                  policy,
                  Batch.of(TokenPair.rows(tokens)));
      if (settings.exploration() == 0) {
        return loss;
      }
      List<Sequence> others =
          judged.stream().map(one -> one.answers().get(settings.groupSize() - 1).row()).toList();
      return explored(loss, policy.tokenLogProbs(Batch.of(others)).sum(1), settings.exploration());
    }

    @Override
    public void note(StageContext context) {
      answers.note(context);
    }
  }
}
