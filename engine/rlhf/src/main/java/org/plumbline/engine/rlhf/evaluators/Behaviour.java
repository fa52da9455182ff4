// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.values.Feature;

/**
 * How a simulated person compares two answers, as probabilities in closed form.
 *
 * <p>The steps and their order are those of the process model of Casper et al. 2023 (appendix A)
 * with the teachers of Lee et al. 2021 (B-Pref, arXiv 2111.03026, section 3):
 *
 * <pre>{@code
 * view -> utility -> biases -> myopia -> skip? -> equal? -> choice -> slip -> malice
 * P(first) = sigmoid( rho * (u(first) - u(second)) + sum of biases )
 * after slips: (1 - 2 eps) * P + eps, then (1 - l) * P + l / 2
 * }</pre>
 *
 * <p>The view comes before all else: what is asked of a behaviour here is about answers as the
 * person sees them, see {@link #view}.
 *
 * <p>There, rho is the rationality at the prompt. The biases are added to the log-odds, not to the
 * utility, so rationality does not scale them. Slips are slips of a choice: what is skipped or
 * called equal stays so. Malice overrides all but skips.
 *
 * @param values what the person wants
 * @param myopia the weight of a word relative to the one after it; 1 weighs all alike
 * @param rationality rho; 0 is a coin
 * @param abstention when they do not choose
 * @param biases what else sways them, in the order in which it is added
 * @param slips what goes wrong between meaning and saying
 * @param malice null for honest people
 * @param view what they see of answers
 * @param outsourcing which labels they have a judge make, without looking
 */
public record Behaviour(
    Feature values,
    double myopia,
    Rationality rationality,
    Abstention abstention,
    List<Bias> biases,
    Slips slips,
    @Nullable Malice malice,
    View view,
    Outsourcing outsourcing) {

  /** Copies the list. */
  public Behaviour {
    biases = List.copyOf(biases);
  }

  /** People of these values who only choose, more or less sharply. */
  public static Behaviour of(Feature values, double rationality) {
    return new Behaviour(
        values,
        1,
        Rationality.of(rationality),
        Abstention.NONE,
        List.of(),
        Slips.NONE,
        null,
        View.WHOLE,
        Outsourcing.NONE);
  }

  /** The same people, who see later words better. */
  public Behaviour withMyopia(double gamma) {
    return new Behaviour(
        values, gamma, rationality, abstention, biases, slips, malice, view, outsourcing);
  }

  /** The same people, who are more or less sharp where prompts differ. */
  public Behaviour with(Rationality varying) {
    return new Behaviour(
        values, myopia, varying, abstention, biases, slips, malice, view, outsourcing);
  }

  /** The same people, who do not always choose. */
  public Behaviour with(Abstention sometimes) {
    return new Behaviour(
        values, myopia, rationality, sometimes, biases, slips, malice, view, outsourcing);
  }

  /** The same people with one more bias. */
  public Behaviour with(Bias bias) {
    List<Bias> more = new ArrayList<>(biases);
    more.add(bias);
    return new Behaviour(
        values, myopia, rationality, abstention, more, slips, malice, view, outsourcing);
  }

  /** The same people, who slip. */
  public Behaviour with(Slips slipping) {
    return new Behaviour(
        values, myopia, rationality, abstention, biases, slipping, malice, view, outsourcing);
  }

  /** The same people, who do harm. */
  public Behaviour with(Malice harm) {
    return new Behaviour(
        values, myopia, rationality, abstention, biases, slips, harm, view, outsourcing);
  }

  /** The same people, who see part of an answer. */
  public Behaviour with(View part) {
    return new Behaviour(
        values, myopia, rationality, abstention, biases, slips, malice, part, outsourcing);
  }

  /** The same people, who have some of their labels made. */
  public Behaviour with(Outsourcing sometimes) {
    return new Behaviour(
        values, myopia, rationality, abstention, biases, slips, malice, view, sometimes);
  }

  /** P(first) of the Boltzmann choice of somebody rested. */
  public double intended(AnswerPair shown) {
    return intended(shown, 0);
  }

  /**
   * P(first) of the Boltzmann choice with its biases, before slips and malice.
   *
   * @param sinceBreak what the person was given since the last break
   */
  public double intended(AnswerPair shown, int sinceBreak) {
    return Logistic.sigmoid(logOdds(shown, sinceBreak));
  }

  /** The log-odds of that choice. */
  double logOdds(AnswerPair shown, int sinceBreak) {
    Feature worth = seen();
    double gap = worth.of(shown.prompt(), shown.first()) - worth.of(shown.prompt(), shown.second());
    double logOdds = rationality.at(shown.prompt(), sinceBreak) * gap;
    for (Bias bias : biases) {
      logOdds += bias.logOdds(shown);
    }
    return logOdds;
  }

  /**
   * What an answer alone seems to be worth: what it is worth to them, and what each bias would give
   * it over an empty answer.
   */
  double seems(String prompt, String answer) {
    double worth = seen().of(prompt, answer);
    for (Bias bias : biases) {
      // The place is the same in both, so that a bias for the answer shown first drops out.
      worth +=
          bias.logOdds(new AnswerPair(prompt, answer, ""))
              - bias.logOdds(new AnswerPair(prompt, "", ""));
    }
    return worth;
  }

  private Feature seen() {
    return myopia == 1 ? values : new Myopia(values, myopia);
  }

  /** P(first) of what somebody rested says, given that they choose. */
  public double said(AnswerPair shown) {
    return said(shown, 0);
  }

  /**
   * P(first) of what the person says, given that they choose.
   *
   * @param sinceBreak what the person was given since the last break
   */
  public double said(AnswerPair shown, int sinceBreak) {
    Malice harm = malice;
    if (harm != null && harm.triggeredBy(shown.prompt())) {
      return harm.first(shown);
    }
    return slips.said(intended(shown, sinceBreak));
  }

  /** Whether neither answer is worth it, or the person calls them equal; null if they choose. */
  @Nullable PairChoice abstains(AnswerPair shown) {
    if (!abstention.looks()) {
      return null;
    }
    double first = values.of(shown.prompt(), shown.first());
    double second = values.of(shown.prompt(), shown.second());
    if (abstention.leavesOut(first, second)) {
      return PairChoice.SKIP;
    }
    boolean equal = !actsMaliciously(shown.prompt()) && abstention.callsEqual(first, second);
    return equal ? PairChoice.EQUAL : null;
  }

  /** Whether none of the answers is worth an opinion. */
  public boolean leavesOut(String prompt, List<String> answers) {
    double best = Double.NEGATIVE_INFINITY;
    for (String answer : answers) {
      best = Math.max(best, abstention.looks() ? values.of(prompt, answer) : 0);
    }
    return abstention.leavesOut(best, best);
  }

  /** The probability that the person chooses one of the answers. */
  public double chooses(AnswerPair shown) {
    return abstains(shown) == null ? 1 - abstention.skips() : 0;
  }

  /** Whether the person does harm at this prompt. */
  public boolean actsMaliciously(String prompt) {
    Malice harm = malice;
    return harm != null && harm.triggeredBy(prompt);
  }
}
