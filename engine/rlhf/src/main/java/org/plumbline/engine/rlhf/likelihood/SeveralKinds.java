// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feedback of several kinds, each by its own likelihood of the same scores.
 *
 * <p>Jeon, Milli and Dragan, "Reward-rational (implicit) choice", 2020, arXiv:2002.04833: whatever
 * people do, they choose it noisily for what it is worth, and the rationality of the choice is that
 * of its kind. With s the kind of a piece of feedback and w its weight:
 *
 * <pre>{@code
 * L = w_s L_s(feedback | beta_s r)
 * }</pre>
 *
 * <p>Scores and all beta could be scaled together: if none is declared, that of the first source is
 * 1.
 *
 * <p>Its numbers are log beta of each kind, and then each kind's own numbers.
 *
 * @param sources one for each kind
 */
public record SeveralKinds(List<Source> sources) implements Likelihood<SeveralKinds.Said> {

  /**
   * One kind of feedback.
   *
   * @param start its likelihood's own numbers where fitting starts
   * @param rationality beta; null if it is fitted
   * @param weight w
   */
  public record Source(double[] start, @Nullable Double rationality, double weight) {}

  /**
   * A piece of feedback.
   *
   * @param source the number of its kind
   */
  public record Said(int source, Once likely) {}

  /** How likely one piece of feedback is, as {@link Likelihood#loss} says it. */
  @FunctionalInterface
  public interface Once {
    double loss(double[] scores, double[] numbers, Gradient gradient);
  }

  /** As many as each is about. */
  @Override
  public int answers() {
    throw new UnsupportedOperationException("kinds of feedback differ in that");
  }

  @Override
  public double[] start() {
    double[] numbers = new double[own(sources.size())];
    for (int s = 0; s < sources.size(); s++) {
      Double declared = sources.get(s).rationality();
      numbers[s] = declared == null ? 0 : StrictMath.log(declared);
      double[] start = sources.get(s).start();
      System.arraycopy(start, 0, numbers, own(s), start.length);
    }
    return numbers;
  }

  /** Where the numbers of a kind begin. */
  private int own(int source) {
    int at = sources.size();
    for (int s = 0; s < source; s++) {
      at += sources.get(s).start().length;
    }
    return at;
  }

  /** beta of a kind. */
  public double rationality(int source, double[] numbers) {
    return StrictMath.exp(numbers[source]);
  }

  private boolean fitted(int source) {
    boolean none = sources.stream().allMatch(each -> each.rationality() == null);
    return sources.get(source).rationality() == null && !(none && source == 0);
  }

  @Override
  public double loss(Said said, double[] scores, double[] numbers, Gradient gradient) {
    int s = said.source();
    Source source = sources.get(s);
    double beta = rationality(s, numbers);
    double[] scaled = Arrays.stream(scores).map(score -> beta * score).toArray();
    int from = own(s);
    double[] own = Arrays.copyOfRange(numbers, from, from + source.start().length);
    Gradient inner = Gradient.zeros(scores.length, own.length);
    double loss = said.likely().loss(scaled, own, inner);
    for (int i = 0; i < scores.length; i++) {
      double slope = source.weight() * inner.scores()[i];
      gradient.scores()[i] += beta * slope;
      if (fitted(s)) {
        gradient.numbers()[s] += slope * scaled[i];
      }
    }
    for (int i = 0; i < own.length; i++) {
      gradient.numbers()[from + i] += source.weight() * inner.numbers()[i];
    }
    return source.weight() * loss;
  }
}
