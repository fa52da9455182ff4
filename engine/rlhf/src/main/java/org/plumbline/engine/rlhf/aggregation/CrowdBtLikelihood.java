// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.Arrays;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;
import org.plumbline.engine.rlhf.numerics.TrustRegion;

/**
 * The negative of what {@link CrowdBt} maximises, as a function of all scores and then of
 * everybody's {@code theta = logit(eta)}.
 *
 * <p>With d the lead of the answer that is preferred,
 *
 * <pre>{@code log P = log sigma(theta) + log sigma(d) - log sigma(theta + d)}</pre>
 *
 * <p>which is the same number and exact however large the lead is.
 */
final class CrowdBtLikelihood implements TrustRegion.Surface {
  private final CrowdBt.Settings settings;

  /** Whether everybody's reliability stays where it is. */
  private final boolean ofScores;

  private final int answers;
  private final int[] one;
  private final int[] two;
  private final int[] person;
  private final double[] says;
  private final int[] labels;

  /** How each variable curves alone, and each label's gap; gap with theta; theta. */
  private final double[] own;

  private final double[] ofGap;
  private final double[] ofBoth;
  private final double[] ofTheta;

  private CrowdBtLikelihood(Ballots ballots, CrowdBt.Settings settings, boolean ofScores) {
    int n = ballots.ballots().size();
    this.settings = settings;
    this.ofScores = ofScores;
    this.answers = ballots.answers();
    this.one = new int[n];
    this.two = new int[n];
    this.person = new int[n];
    this.says = new double[n];
    this.labels = new int[answers + ballots.people()];
    this.own = new double[labels.length];
    this.ofGap = new double[n];
    this.ofBoth = new double[n];
    this.ofTheta = new double[n];
    for (int k = 0; k < n; k++) {
      Ballot ballot = ballots.ballots().get(k);
      Compared pair = ballots.pairs().get(ballot.pair());
      one[k] = pair.one();
      two[k] = pair.two();
      person[k] = answers + ballot.person();
      says[k] = ballot.one();
      labels[one[k]]++;
      labels[two[k]]++;
      labels[person[k]]++;
    }
  }

  static CrowdBtLikelihood of(Ballots ballots, CrowdBt.Settings settings) {
    return new CrowdBtLikelihood(ballots, settings, false);
  }

  /** The same where only scores may change. */
  static CrowdBtLikelihood ofScores(Ballots ballots, CrowdBt.Settings settings) {
    return new CrowdBtLikelihood(ballots, settings, true);
  }

  @Override
  public double[] scale() {
    double[] scale = new double[labels.length];
    for (int i = 0; i < scale.length; i++) {
      double before = i < answers ? 2 * settings.virtual() : settings.right() + settings.wrong();
      scale[i] = Math.max(1, labels[i] + before) / 4; // nobody may have labelled an answer
    }
    return scale;
  }

  @Override
  public double at(double[] point, double[] slopes) {
    double sum = 0;
    for (int i = 0; i < point.length; i++) {
      // what has been said before of an answer or by a person, and log sigma(theta) of each label
      double up = i < answers ? settings.virtual() : settings.right() + labels[i];
      double down = i < answers ? settings.virtual() : settings.wrong();
      Sigmoid s = Sigmoid.of(point[i]);
      sum += up * s.minusLog() + down * (s.minusLog() + point[i]);
      slopes[i] = down * s.value() - up * s.rest();
      own[i] = (up + down) * s.value() * s.rest();
    }
    for (int k = 0; k < says.length; k++) {
      ofGap[k] = 0;
      ofBoth[k] = 0;
      ofTheta[k] = 0;
      if (says[k] > 0) {
        sum += add(k, says[k], 1, point, slopes);
      }
      if (says[k] < 1) {
        sum += add(k, 1 - says[k], -1, point, slopes);
      }
    }
    if (ofScores) {
      Arrays.fill(slopes, answers, slopes.length, 0);
    }
    return sum;
  }

  /** Adds a label's part that prefers the pair's first answer (1) or its second (-1). */
  private double add(int k, double weight, int sign, double[] point, double[] slopes) {
    double gap = sign * (point[one[k]] - point[two[k]]);
    Sigmoid wins = Sigmoid.of(gap);
    Sigmoid both = Sigmoid.of(point[person[k]] + gap);
    double slope = -weight * sign * (wins.rest() - both.rest());
    slopes[one[k]] += slope;
    slopes[two[k]] -= slope;
    slopes[person[k]] += weight * both.rest();
    double curve = weight * both.value() * both.rest();
    ofGap[k] += weight * wins.value() * wins.rest() - curve;
    ofBoth[k] -= sign * curve;
    ofTheta[k] -= curve;
    return weight * (wins.minusLog() - both.minusLog());
  }

  @Override
  public void curve(double[] direction, double[] product) {
    for (int i = 0; i < product.length; i++) {
      product[i] = own[i] * direction[i];
    }
    for (int k = 0; k < says.length; k++) {
      double gap = direction[one[k]] - direction[two[k]];
      double theta = direction[person[k]];
      double along = ofGap[k] * gap + ofBoth[k] * theta;
      product[one[k]] += along;
      product[two[k]] -= along;
      product[person[k]] += ofBoth[k] * gap + ofTheta[k] * theta;
    }
    if (ofScores) {
      System.arraycopy(direction, answers, product, answers, product.length - answers);
    }
  }
}
