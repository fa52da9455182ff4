// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.evaluators.View;
import org.plumbline.engine.rlhf.likelihood.Vote;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.TokenPair;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

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
 * With a model of ties, or reliabilities of evaluators, they are the likelihood of all labels of
 * the pair: {@link org.plumbline.engine.rlhf.likelihood.VotedPair}.
 *
 * <p>Where people saw only part of the answers, v(y), and took it for all there is, what they chose
 * is explained by the scores of what they saw (Lang et al. 2024, arXiv:2402.17747, with that
 * belief): r_w is then r(x, v(y_w)). Scores of whole answers are what is asked for later.
 *
 * <p>Members, hold-out and normalisation are those of {@link RewardFitting}.
 *
 * <p>Differs from TRL's RewardTrainer: soft targets, ensembles and normalisation.
 */
public final class BradleyTerry implements Stage {
  private static final String NORMALISE_ON = "normalise_on";

  @Override
  public String operation() {
    return "bradley_terry";
  }

  @Override
  public int version() {
    return 8;
  }

  @Override
  public void run(StageContext context) throws IOException {
    RewardSpec.BradleyTerry settings = context.settings(RewardSpec.BradleyTerry.class);
    List<Pair> pairs = Pairs.read(context.input("feedback"));
    PairModel model =
        VotedPairs.asked(settings)
            ? VotedPairs.of(context, settings, pairs)
            : new PlainPairs(PairLikelihood.of(settings), settings.centring());
    String other = settings.normaliseOn();
    try (LanguageModel reference = other == null ? null : Models.openModel(context, NORMALISE_ON)) {
      fit(
          context,
          new Task(operation(), fitting(settings), model, reference, view(settings)),
          pairs);
    }
  }

  private static View view(RewardSpec.BradleyTerry settings) {
    EvaluatorsSpec.View declared = settings.seen();
    return declared == null ? View.WHOLE : View.of(declared);
  }

  /** A pair of what was seen of its answers. */
  private static Pair seen(View view, Pair pair) {
    return pair.with(seen(view, pair, pair.chosen()), seen(view, pair, pair.rejected()));
  }

  private static Answer seen(View view, Pair pair, Answer answer) {
    String text = answer.text();
    String seen = view.of(text);
    return seen.equals(text) ? answer : pair.prompt().answer(seen);
  }

  /**
   * A fit to pairs.
   *
   * @param reference whose answers scores are normalised on; null for the model it starts from
   * @param seen what people saw of answers
   */
  record Task(
      String operation,
      RewardFitting.Settings settings,
      PairModel model,
      @Nullable LanguageModel reference,
      View seen) {

    /** Of pairs whose answers were seen whole, normalised on the model it starts from. */
    Task(String operation, RewardFitting.Settings settings, PairModel model) {
      this(operation, settings, model, null, View.WHOLE);
    }
  }

  /** Fits a reward model to pairs, and writes the artifact. */
  static void fit(StageContext context, Task task, List<Pair> pairs) throws IOException {
    PairModel model = task.model();
    try (LanguageModel start = Models.openModel(context, "from");
        RewardFitting<Row> fitting =
            new RewardFitting<>(
                context,
                start,
                task.settings(),
                new RewardFitting.Rows<>(
                    rows(context, start, task, pairs),
                    Row::prompt,
                    row -> row.tokens().sequences()),
                model)) {
      LanguageModel reference = task.reference();
      Map<String, Object> facts = new LinkedHashMap<>();
      if (reference != null) {
        fitting.normaliseOn(reference);
        facts.put("normalised_on", context.input(NORMALISE_ON).digest());
      }
      List<FittedMember> members = fitting.fit();
      List<Row> heldOut = MeasuredRows.of(context, fitting.data().heldOut(), Row::byChance);
      fitting.write(
          new RewardFitting.Named(task.operation(), "pairs", facts),
          (training, samples) ->
              new RewardMeasures(
                      task.operation(),
                      heldOut.isEmpty()
                          ? null
                          : HeldOutReport.of(
                              new HeldOutReport.Fitted(members, model),
                              heldOut,
                              HeldOutReport.Feedback.of(context, heldOut),
                              context.seed()),
                      training,
                      samples)
                  .with(
                      model.learned(
                          members, heldOut.isEmpty() ? fitting.data().training() : heldOut)));
    }
  }

  private static RewardFitting.Settings fitting(RewardSpec.BradleyTerry settings) {
    return new RewardFitting.Settings(
        settings.ensemble(),
        Combination.of(settings.combine(), settings.uncertaintyPenalty(), settings.tail()),
        settings.holdOut(),
        settings.steps(),
        settings.batchSize(),
        settings.optimiser());
  }

  private static List<Row> rows(
      StageContext context, LanguageModel start, Task task, List<Pair> all) {
    EvaluatorVotes said = task.model().votes();
    List<Pair> pairs =
        said == null ? all : all.stream().filter(pair -> !said.of(pair).isEmpty()).toList();
    AnswerFormat format = new AnswerFormat(start);
    List<Pair> seen = pairs.stream().map(pair -> seen(task.seen(), pair)).toList();
    if (seen.stream().allMatch(pair -> pair.chosen().equals(pair.rejected()))) {
      throw new StageFailure(
          "PLB0509",
          "what is seen of the two answers is the same in all " + seen.size() + " pairs",
          "seen",
          "nothing can be learned from that; raise `limit`, or hide less");
    }
    List<TokenPair> tokens = format.pairs(seen);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      List<Vote> votes = said == null ? List.of() : said.of(pair);
      rows.add(
          new Row(
              pair.prompt(),
              tokens.get(i),
              pair.target(),
              pair.attainable(),
              votes,
              pair.byChance(),
              pair));
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
   * @param votes all that was said of it; empty where only the target counts
   * @param byChance whether it was drawn by chance; null where all are
   * @param pair as the feedback says it; null if it is of none
   */
  record Row(
      Prompt prompt,
      TokenPair tokens,
      double target,
      @Nullable Double attainable,
      List<Vote> votes,
      @Nullable Boolean byChance,
      @Nullable Pair pair) {

    /** A pair of which only the target counts. */
    Row(Prompt prompt, TokenPair tokens, double target, @Nullable Double attainable) {
      this(prompt, tokens, target, attainable, List.of(), null, null);
    }
  }
}
