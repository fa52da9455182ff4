// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.TokenPair;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * A reward model: a scalar head on a transformer, fitted to comparisons by logistic loss.
 *
 * <p>Christiano et al., "Deep Reinforcement Learning from Human Preferences", 2017,
 * arXiv:1706.03741, equation 1; Stiennon et al. 2020, arXiv:2009.01325, section 3.4. With r_w and
 * r_l the scores of the better and the worse answer, p the share of votes for the better one, and c
 * the centring weight (Eisenstein et al. 2023, arXiv:2312.09244):
 *
 * <pre>{@code
 * L = -p log sigmoid(r_w - r_l) - (1 - p) log sigmoid(r_l - r_w) + c (r_w + r_l)^2
 * }</pre>
 *
 * <p>A margin and known noise of the labels change the first two terms: {@link PairLikelihood}.
 *
 * <p>Members, hold-out and normalisation are those of {@link RewardFitting}.
 *
 * <p>Differs from TRL's RewardTrainer: soft targets, ensembles and normalisation.
 */
public final class BradleyTerry implements Stage {
  @Override
  public String operation() {
    return "bradley_terry";
  }

  @Override
  public int version() {
    return 6;
  }

  @Override
  public void run(StageContext context) throws IOException {
    RewardSpec.BradleyTerry settings = context.settings(RewardSpec.BradleyTerry.class);
    fit(
        context,
        operation(),
        fitting(settings),
        new Objective(PairLikelihood.of(settings), settings.centring()));
  }

  /**
   * What is learned from pairs.
   *
   * @param centring the weight c
   */
  record Objective(PairLikelihood likelihood, double centring) {}

  /** Fits a reward model to the pairs of the feedback, and writes the artifact. */
  static void fit(
      StageContext context, String operation, RewardFitting.Settings settings, Objective objective)
      throws IOException {
    PairLikelihood likelihood = objective.likelihood();
    try (LanguageModel start = Models.openModel(context, "from");
        RewardFitting<Row> fitting =
            new RewardFitting<>(
                context,
                start,
                settings,
                new RewardFitting.Rows<>(
                    rows(context, start), Row::prompt, row -> row.tokens().sequences()),
                run -> (model, pairs) -> loss(model, pairs, likelihood, objective.centring()))) {
      List<LanguageModel> members = fitting.fit().stream().map(FittedMember::model).toList();
      List<Row> heldOut = fitting.data().heldOut();
      fitting.write(
          operation,
          "pairs",
          (training, samples) ->
              new RewardMeasures(
                  operation,
                  heldOut.isEmpty()
                      ? null
                      : HeldOutReport.of(
                          new HeldOutReport.Fitted(members, likelihood),
                          heldOut,
                          HeldOutReport.Poison.of(context.input("feedback")),
                          context.seed()),
                  training,
                  samples));
    }
  }

  private static RewardFitting.Settings fitting(RewardSpec.BradleyTerry settings) {
    return new RewardFitting.Settings(
        settings.ensemble(),
        new Combination(settings.combine(), settings.uncertaintyPenalty()),
        settings.holdOut(),
        settings.steps(),
        settings.batchSize(),
        settings.optimiser());
  }

  private static List<Row> rows(StageContext context, LanguageModel start) throws IOException {
    AnswerFormat format = new AnswerFormat(start);
    List<Pair> pairs = Pairs.read(context.input("feedback"));
    List<TokenPair> tokens = format.pairs(pairs);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      rows.add(new Row(pair.prompt(), tokens.get(i), pair.target(), pair.attainable()));
    }
    format.note(context);
    return rows;
  }

  /**
   * The mean loss of pairs under a model with a reward head.
   *
   * @param centring the weight c
   */
  static Loss loss(
      LanguageModel member, List<Row> pairs, PairLikelihood likelihood, double centring) {
    List<Sequence> rows = TokenPair.rows(pairs.stream().map(Row::tokens).toList());
    int n = pairs.size();
    float[] targets = new float[n];
    for (int i = 0; i < n; i++) {
      targets[i] = (float) pairs.get(i).target();
    }
    Tensor scores = member.score(Batch.of(rows)); // [2 pairs]
    Tensor chosen = scores.narrow(0, 0, n);
    Tensor rejected = scores.narrow(0, n, n);
    Tensor gap = chosen.sub(rejected);
    Tensor loss = likelihood.loss(gap, Tensor.of(targets));
    return Loss.mean(centring == 0 ? loss : loss.add(centred(chosen, rejected, centring)))
        .log("accuracy", gap.greater(0f))
        .log("margin", gap);
  }

  /** What scores that are not centred cost, per pair. */
  static Tensor centred(Tensor chosen, Tensor rejected, double weight) {
    return chosen.add(rejected).square().mul((float) weight);
  }

  /**
   * A compared pair as rows of tokens.
   *
   * @param attainable how often the best of all predictions is right; null if that is not known
   */
  record Row(Prompt prompt, TokenPair tokens, double target, @Nullable Double attainable) {}
}
