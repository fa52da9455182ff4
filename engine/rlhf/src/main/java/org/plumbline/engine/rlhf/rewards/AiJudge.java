// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec.Ask;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.TextHash;
import org.plumbline.engine.rlhf.judge.Asking;
import org.plumbline.engine.rlhf.judge.Judge;
import org.plumbline.engine.rlhf.judge.Judges;
import org.plumbline.engine.rlhf.judge.OrderAgreement;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/**
 * A judge under written principles as the reward itself, with no reward model between.
 *
 * <p>Lee et al., "RLAIF vs. RLHF", 2023, arXiv:2309.00267, section 2.2.2 (direct RLAIF): the reward
 * is what the judge says of an answer ({@code ask: score}), or the probability with which it
 * prefers the answer to another policy's, over both orders ({@code ask: compare}):
 *
 * <pre>{@code
 * r(x, y) = ( P(y first | x, y, y') + 1 - P(y' first | x, y', y) ) / 2
 * }</pre>
 *
 * <p>The other policy answers each prompt once, at temperature 1. Each answer is a question of its
 * own, numbered in the order of asking, so that a judge that errs does not err alike on the same
 * answer. Where the judge does not say, the answer gets the mean of those asked about with it, so
 * that nothing is learned from it; how many these are is said. It costs nothing then. Before an
 * update whose questions cannot all be paid the policy stops learning.
 */
public final class AiJudge implements Stage {
  static final String JUDGE = "ai_judge";
  private static final int LONGEST = 24;

  @Override
  public String operation() {
    return JUDGE;
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public boolean computesWithEngine() {
    return false;
  }

  @Override
  public void run(StageContext context) throws IOException {
    ComposedRewardSpec.AiJudge settings = context.settings(ComposedRewardSpec.AiJudge.class);
    declared(context, settings);
    CarriedContext.write(context, Canonical.keys(settings));
    Rewards.write(context, JUDGE, Map.of(), Map.of());
  }

  private static EvaluatorsSpec.Judge declared(
      StageContext context, ComposedRewardSpec.AiJudge settings) {
    EvaluatorsSpec.Judge judge =
        context.declared(Section.EVALUATORS, settings.judge(), EvaluatorsSpec.class).judge();
    if (judge == null) {
      throw new StageFailure(
          "PLB0213",
          "evaluators `" + settings.judge() + "` are people and no machine",
          "judge",
          "name evaluators that declare a `judge`, or use `direct_oversight`");
    }
    return judge;
  }

  static RewardFunction open(StageContext context, Artifact reward) throws IOException {
    CarriedContext carried = CarriedContext.open(context, reward);
    ComposedRewardSpec.AiJudge settings = carried.settings(ComposedRewardSpec.AiJudge.class);
    Judge judge = Judges.open(carried, declared(carried, settings));
    Integer longest = settings.maxNewTokens();
    ModelAnswers others =
        settings.ask() == Ask.SCORE ? null : new ModelAnswers(Models.openModel(carried, "against"));
    double cost =
        carried.declared(Section.EVALUATORS, settings.judge(), EvaluatorsSpec.class).cost();
    return new Judged(
        context,
        judge,
        others,
        new Terms(longest == null ? LONGEST : longest, cost, settings.budget()));
  }

  /**
   * On which terms a judge is asked.
   *
   * @param longest answer of the other policy, in tokens
   * @param cost of a question
   * @param budget for what a policy learns from; null for as much as it takes
   */
  private record Terms(int longest, double cost, @Nullable Double budget) {}

  /** A judge that is asked. */
  private static final class Judged implements RewardFunction {
    private static final String ASKED = "judged";
    private static final String SILENT = "unanswered";

    private final StageContext context;
    private final Judge judge;
    private final Asking asking;
    private final @Nullable ModelAnswers others;
    private final Terms terms;
    private final ScoreBudget budget;
    private final Map<String, String> answered = new HashMap<>();
    private final OrderAgreement orders = new OrderAgreement();
    private final Unanswered unanswered;
    private @Nullable TrainingRun run;
    private long asked;

    Judged(StageContext context, Judge judge, @Nullable ModelAnswers others, Terms terms) {
      this.context = context;
      this.judge = judge;
      this.asking = new Asking(judge);
      this.unanswered = new Unanswered("the judge", judge::silence);
      this.others = others;
      this.terms = terms;
      this.budget = new ScoreBudget(terms.budget());
    }

    @Override
    public void learning(TrainingRun training) {
      run = training;
      asked = (long) training.number(ASKED, 0);
      unanswered.resume(asked, (long) training.number(SILENT, 0));
      budget.learning();
      // What was paid follows from what was answered, so that nothing is paid twice.
      budget.pay(price(asked - unanswered.missing()).doubleValue());
    }

    /** What so many answers cost that the judge says something of. */
    private BigDecimal price(long answers) {
      return BigDecimal.valueOf(terms.cost()).multiply(BigDecimal.valueOf(each() * answers));
    }

    /** Each answer is one question, or two where it is compared in both orders. */
    private int each() {
      return others == null ? 1 : 2;
    }

    @Override
    public boolean affords(int answers) {
      return budget.affords(answers, price(1));
    }

    @Override
    public Scores score(List<Exchange> answers) throws IOException {
      budget.require(answers.size(), price(1));
      List<OptionalDouble> said = others == null ? scored(answers) : compared(answers, others);
      asked += answers.size();
      budget.pay(price(said.stream().filter(OptionalDouble::isPresent).count()).doubleValue());
      Scores scores = new Scores(unanswered.filled(said), new double[answers.size()]);
      if (run != null) {
        run.keep(ASKED, (double) asked);
        run.keep(SILENT, (double) unanswered.missing());
      }
      return scores;
    }

    private List<OptionalDouble> scored(List<Exchange> answers) throws IOException {
      List<Judge.Single> all = new ArrayList<>();
      for (Exchange answer : answers) {
        String prompt = answer.prompt().text();
        all.add(new Judge.Single(asked + all.size(), prompt, answer.answer().text()));
      }
      return asking.score(all);
    }

    private List<OptionalDouble> compared(List<Exchange> answers, ModelAnswers from)
        throws IOException {
      List<Judge.Question> all = new ArrayList<>();
      for (Exchange answer : answers) {
        String prompt = answer.prompt().text();
        String own = answer.answer().text();
        String other = other(answer.prompt(), from);
        long id = 2 * asked + all.size();
        all.add(new Judge.Question(id, prompt, own, other));
        all.add(new Judge.Question(id + 1, prompt, other, own));
      }
      List<OptionalDouble> said = asking.compare(all);
      List<OptionalDouble> both = new ArrayList<>();
      orders.begin();
      for (int i = 0; i < answers.size(); i++) {
        both.add(ofBoth(said.get(2 * i), said.get(2 * i + 1)));
      }
      return both;
    }

    private OptionalDouble ofBoth(OptionalDouble first, OptionalDouble second) {
      if (first.isEmpty() || second.isEmpty()) {
        return OptionalDouble.empty();
      }
      double shown = first.getAsDouble();
      double swapped = 1 - second.getAsDouble();
      orders.add(shown, swapped);
      return OptionalDouble.of((shown + swapped) / 2);
    }

    @Override
    public Map<String, Double> logged() {
      Map<String, Double> logged = new LinkedHashMap<>();
      logged.put("labels", (double) each() * asked);
      logged.put("cost", budget.spent());
      logged.putAll(orders.logged());
      return logged;
    }

    /** What the other policy says to a prompt: always the same. */
    private String other(Prompt prompt, ModelAnswers from) {
      return answered.computeIfAbsent(
          prompt.json().toString(),
          text -> {
            RandomStream stream =
                RandomStream.of(
                    context.seed(), RandomPurpose.ROLLOUT_TOKENS, RandomPurpose.COMPARED_WITH);
            SamplingSettings sampling = SamplingSettings.of(terms.longest());
            long number = TextHash.word(text) >>> 1;
            return from.answer(List.of(prompt), sampling, stream, number).get(0).text();
          });
    }

    @Override
    public Optional<FeedbackSummary> asked() {
      int skipped = (int) unanswered.missing();
      int labels = each() * (int) (asked - skipped);
      FeedbackSummary.Group group =
          new FeedbackSummary.Group("judge", 1, labels, skipped, null, null, null, null);
      return Optional.of(
          FeedbackSummary.of(labels, budget.spent(), skipped, List.of(group))
              .with(
                  new FeedbackSummary.Items(JUDGE, (int) asked, 0, budget.exhausted(), Map.of())));
    }

    @Override
    public void close() {
      judge.note(context);
      unanswered.note(context);
      if (run == null && asked > 0) {
        context.note(
            "the judge was asked about "
                + asked
                + " answers here, which stands in no count of labels");
      }
      asking.close();
      judge.close();
      if (others != null) {
        others.close();
      }
    }
  }
}
