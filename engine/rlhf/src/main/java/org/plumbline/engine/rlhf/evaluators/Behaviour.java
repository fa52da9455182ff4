// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
 * @param changes what is otherwise at some questions, see {@link Person#at}
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
    Outsourcing outsourcing,
    Changes changes) {

  private static final double LEAST_RATIONALITY = 1e-9;

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
        Outsourcing.NONE,
        Changes.NONE);
  }

  /** The same people, who want this. */
  public Behaviour wanting(Feature others) {
    return altered(copy -> copy.values = others);
  }

  /** The same people, who see later words better. */
  public Behaviour withMyopia(double gamma) {
    return altered(copy -> copy.myopia = gamma);
  }

  /** The same people, who are more or less sharp where prompts differ. */
  public Behaviour with(Rationality varying) {
    return altered(copy -> copy.rationality = varying);
  }

  /** The same people, who do not always choose. */
  public Behaviour with(Abstention sometimes) {
    return altered(copy -> copy.abstention = sometimes);
  }

  /** The same people with one more bias. */
  public Behaviour with(Bias bias) {
    return altered(copy -> copy.biases.add(bias));
  }

  /** The same people, who slip. */
  public Behaviour with(Slips slipping) {
    return altered(copy -> copy.slips = slipping);
  }

  /** The same people, who do harm. */
  public Behaviour with(Malice harm) {
    return altered(copy -> copy.malice = harm);
  }

  /** The same people, who see part of an answer. */
  public Behaviour with(View part) {
    return altered(copy -> copy.view = part);
  }

  /** The same people, who have some of their labels made. */
  public Behaviour with(Outsourcing sometimes) {
    return altered(copy -> copy.outsourcing = sometimes);
  }

  /** The same people, who are otherwise at some questions. */
  public Behaviour with(Changes otherwise) {
    return altered(copy -> copy.changes = otherwise);
  }

  private Behaviour altered(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.behaviour();
  }

  /** A behaviour while one of its parts is replaced. */
  private static final class Copy {
    private Feature values;
    private double myopia;
    private Rationality rationality;
    private Abstention abstention;
    private final List<Bias> biases;
    private Slips slips;
    private @Nullable Malice malice;
    private View view;
    private Outsourcing outsourcing;
    private Changes changes;

    Copy(Behaviour of) {
      values = of.values;
      myopia = of.myopia;
      rationality = of.rationality;
      abstention = of.abstention;
      biases = new ArrayList<>(of.biases);
      slips = of.slips;
      malice = of.malice;
      view = of.view;
      outsourcing = of.outsourcing;
      changes = of.changes;
    }

    Behaviour behaviour() {
      return new Behaviour(
          values,
          myopia,
          rationality,
          abstention,
          biases,
          slips,
          malice,
          view,
          outsourcing,
          changes);
    }
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
   * What an answer alone seems to be worth, in units of the values: what it is worth to them, and
   * what each bias would give it over an empty answer. Biases are log-odds, of which a unit of
   * worth makes as many as the rationality; so two answers that seem to be worth w and w' are
   * preferred with the log-odds {@code rho (w - w')} of a comparison (but for a bias for the place,
   * which an answer alone has not).
   *
   * @param sinceBreak what the person was given since the last break
   */
  double seems(String prompt, String answer, int sinceBreak) {
    double bias = 0;
    for (Bias each : biases) {
      // The place is the same in both, so that a bias for the answer shown first drops out.
      bias +=
          each.logOdds(new AnswerPair(prompt, answer, ""))
              - each.logOdds(new AnswerPair(prompt, "", ""));
    }
    double worth = seen().of(prompt, answer);
    // Without rationality there is no such rate: any bias is beyond all scales.
    return bias == 0
        ? worth
        : worth + bias / Math.max(rationality.at(prompt, sinceBreak), LEAST_RATIONALITY);
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
    if (harm != null && actsMaliciously(shown)) {
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
    boolean equal = !actsMaliciously(shown) && abstention.callsEqual(first, second);
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

  /** Whether the person does harm to these two answers. */
  private boolean actsMaliciously(AnswerPair shown) {
    Malice harm = malice;
    return harm != null && harm.actsOn(shown.prompt(), List.of(shown.first(), shown.second()));
  }

  /** Whether the person does harm at this prompt, if it is worth it there. */
  public boolean actsMaliciously(String prompt) {
    Malice harm = malice;
    return harm != null && harm.actsAt(prompt);
  }
}
