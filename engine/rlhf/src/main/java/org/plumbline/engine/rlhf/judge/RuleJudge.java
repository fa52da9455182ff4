// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.evaluators.Behaviour;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageFailure;

/**
 * A stand-in for an AI judge: it weighs those features of declared values that its principles are
 * named after. No model is asked.
 *
 * <p>It chooses as a Boltzmann-rational person does, and draws its choice rather than giving the
 * probability itself, which would hand the values to the learner without noise; so its disagreement
 * with the values is set by its rationality (Casper et al. 2023, section 4.2.1, cites 10 to 46 %
 * between AI and people).
 */
public final class RuleJudge implements Judge {
  /** The judge's own random stream: far from those of people, which come from their names. */
  private static final int STREAM = 0;

  /** The mean of the standard Gumbel distribution: the constant of Euler and Mascheroni. */
  private static final double EULER = 0.5772156649015329;

  private final Map<String, String> principles;
  private final Utility utility;
  private final double rationality;
  private final long seed;

  /**
   * A judge.
   *
   * @param principles by the name of the feature that each speaks of
   * @param values whose features it weighs
   * @param rationality 0 is a coin
   */
  public RuleJudge(Map<String, String> principles, Utility values, double rationality, long seed) {
    for (String principle : principles.keySet()) {
      if (!values.names().contains(principle)) {
        throw new StageFailure(
            "PLB0214",
            "principle `" + principle + "` is not named after a feature of the judge's values",
            null,
            "features: " + String.join(", ", values.names()));
      }
    }
    this.principles = principles;
    this.utility = values.only(principles.keySet());
    this.rationality = rationality;
    this.seed = seed;
  }

  @Override
  public String name() {
    return "rules";
  }

  @Override
  public Map<String, String> principles() {
    return principles;
  }

  @Override
  public int atOnce() {
    return 1;
  }

  @Override
  public boolean writesRevisions() {
    return false;
  }

  /** What the judge takes an answer to be worth. */
  public Utility utility() {
    return utility;
  }

  /**
   * The judge as one of those who are asked: it says of answers what a person would who wants these
   * features, is as sharp, and never errs otherwise.
   *
   * @param group the name of judges among groups of people
   * @param cost of one label
   */
  public Person person(String group, double cost) {
    return new Person(name(), group, Behaviour.of(utility, rationality), STREAM, cost);
  }

  /** The probability with which {@link #compare} prefers the first answer. */
  double preference(Question question) {
    double gap =
        utility.of(question.prompt(), question.first())
            - utility.of(question.prompt(), question.second());
    return Logistic.sigmoid(rationality * gap);
  }

  @Override
  public OptionalDouble likely(Question question) {
    return OptionalDouble.of(preference(question));
  }

  /** 1 or 0: which answer is preferred, drawn by the question's id. */
  @Override
  public OptionalDouble compare(Question question) {
    double draw =
        RandomStream.of(seed, RandomPurpose.EVALUATOR_CHOICE, STREAM).uniform(question.id());
    return OptionalDouble.of(draw < preference(question) ? 1 : 0);
  }

  /**
   * What the answer is worth to it in units of its own noise, with that noise, drawn by the
   * answer's id: {@code rationality u(x, y) + e}, where e is standard Gumbel less its mean. Of two
   * answers the first then scores higher with the probability that {@link #compare} prefers it
   * (McFadden 1974).
   */
  @Override
  public OptionalDouble score(Single answer) {
    double draw =
        RandomStream.of(seed, RandomPurpose.JUDGE_SCORE, STREAM).forItem(answer.id()).uniform();
    double noise = -StrictMath.log(-StrictMath.log(Math.max(draw, Double.MIN_NORMAL))) - EULER;
    return OptionalDouble.of(rationality * utility.of(answer.prompt(), answer.answer()) + noise);
  }

  @Override
  public Critique criticise(Case about) {
    String principle = about.principle();
    double value = utility.feature(principle).of(about.prompt(), about.answer());
    double weight = utility.weight(principle);
    String text =
        principles.get(principle)
            + " Here `"
            + principle
            + "` is "
            + value
            + (weight < 0 ? "; less is better." : "; more is better.");
    return new Critique(about, text);
  }

  /**
   * The candidate that serves the criticised principle best; among equals, the one that serves all
   * principles best. The answer itself stays if none is better.
   */
  @Override
  public String revise(Critique critique, List<String> candidates) {
    Case about = critique.about();
    ToDoubleFunction<String> served =
        text ->
            utility.weight(about.principle())
                * utility.feature(about.principle()).of(about.prompt(), text);
    String best = about.answer();
    for (String candidate : candidates) {
      int order = Double.compare(served.applyAsDouble(candidate), served.applyAsDouble(best));
      if (order == 0) {
        order =
            Double.compare(utility.of(about.prompt(), candidate), utility.of(about.prompt(), best));
      }
      if (order > 0) {
        best = candidate;
      }
    }
    return best;
  }
}
