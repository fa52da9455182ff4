// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.Search;

/**
 * An answer looks better for something that is not its worth, such as that it sounds sure of
 * itself, agrees with the asker or evades: {@code lambda * (s(first) - s(second))} (Casper et al.
 * 2023, section 3.1.3; Sharma et al. 2023).
 *
 * @param lambda how much
 * @param looksBetter s: the more, the better it looks
 * @param where what is found in prompts at which this is so; null for all prompts
 */
public record FeatureBias(double lambda, Feature looksBetter, @Nullable Pattern where)
    implements Bias {

  /** At all prompts. */
  public FeatureBias(double lambda, Feature looksBetter) {
    this(lambda, looksBetter, null);
  }

  @Override
  public double logOdds(AnswerPair shown) {
    if (where != null && !Search.finds(where, shown.prompt())) {
      return 0;
    }
    double first = looksBetter.of(shown.prompt(), shown.first());
    return lambda * (first - looksBetter.of(shown.prompt(), shown.second()));
  }
}
