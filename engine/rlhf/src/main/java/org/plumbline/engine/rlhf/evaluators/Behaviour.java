// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.WhiteSpaceWords;

/**
 * How a simulated person compares two answers, as probabilities in closed form.
 *
 * <p>The steps and their order are those of the process model of Casper et al. 2023 (appendix A)
 * with the teachers of Lee et al. 2021 (B-Pref, arXiv 2111.03026, section 3):
 *
 * <pre>{@code
 * utility -> biases -> skip? -> choice -> slip -> malice
 * P(first) = sigmoid( rho * (u(first) - u(second)) + lambda * (|first| - |second|) + b )
 * after slips: (1 - 2 eps) * P + eps
 * }</pre>
 *
 * <p>where rho is the rationality, lambda the length bias per word and b the position bias. The
 * biases are added to the log-odds, not to the utility, so rationality does not scale them. Whether
 * a comparison is skipped does not depend on the answers.
 *
 * @param values what the person wants
 * @param rationality rho; 0 is a coin
 * @param mistakes eps: the share of choices that come out the wrong way round
 * @param skips the share of comparisons left out
 * @param lengthBias lambda, per word
 * @param positionBias b
 * @param malice null for honest people
 */
public record Behaviour(
    Feature values,
    double rationality,
    double mistakes,
    double skips,
    double lengthBias,
    double positionBias,
    @Nullable Malice malice) {

  /** P(first) of the Boltzmann choice with its biases, before slips and malice. */
  public double intended(AnswerPair shown) {
    double gap =
        values.of(shown.prompt(), shown.first()) - values.of(shown.prompt(), shown.second());
    double logOdds = rationality * gap;
    if (lengthBias != 0) {
      logOdds +=
          lengthBias
              * (WhiteSpaceWords.count(shown.first()) - WhiteSpaceWords.count(shown.second()));
    }
    return Logistic.sigmoid(logOdds + positionBias);
  }

  /** P(first) of what the person says, given that the comparison is not skipped. */
  public double said(AnswerPair shown) {
    Malice harm = malice;
    if (harm != null && harm.triggeredBy(shown.prompt())) {
      return harm.first(shown);
    }
    return (1 - 2 * mistakes) * intended(shown) + mistakes;
  }

  /** Whether the person does harm at this prompt. */
  public boolean actsMaliciously(String prompt) {
    Malice harm = malice;
    return harm != null && harm.triggeredBy(prompt);
  }
}
