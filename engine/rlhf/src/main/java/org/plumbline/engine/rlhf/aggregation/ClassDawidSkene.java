// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * Which of several classes is right and how each person errs, estimated together by expectation
 * maximisation: {@link DawidSkene} with any number of classes, and no order in which they are
 * shown.
 *
 * <p>A. P. Dawid, A. M. Skene, "Maximum likelihood estimation of observer error-rates using the EM
 * algorithm", Applied Statistics 28 (1979), equations 2.3 to 2.5. With e_h[t][l] the probability
 * that person h says l where t is right:
 *
 * <pre>{@code
 * M:  pi[t] = mean of q_i(t),   e_h[t][l] ∝ a[t][l] + sum of q_i(t) over labels of h that say l
 * E:  q_i(t) ∝ pi[t] * product over labels of i of e_h[t][l]
 * objective = sum_i log sum_t pi[t] prod e_h[t][l] + sum_h,t,l a[t][l] log e_h[t][l]
 * }</pre>
 *
 * <p>It starts from the share of votes. The prior a, which the paper does not have, counts
 * everybody as having labelled items of each class before: {@code right} of them rightly, and
 * {@code wrong} spread over the other classes. Every iteration raises the objective or leaves it.
 */
public final class ClassDawidSkene {
  /** As if each person had labelled three items of each class, and two of them rightly. */
  public static final DawidSkene.Settings USUAL =
      new DawidSkene.Settings(DawidSkene.Classes.ESTIMATED, 2, 1, new Iterations(500, 1e-10));

  private static final double LEAST = 1e-10;

  private final List<Opinion<Integer>> labels;
  private final int classes;
  private final DawidSkene.Settings settings;
  private final double[][] posterior;

  /** [person][right class][said]. */
  private final double[][][] confusion;

  private final double[] prior;

  /**
   * What labels come to.
   *
   * @param posterior by item and class, the probability that it is right
   * @param reliability by person, how often they are right: in each class as often as it occurs, so
   *     that what nobody chose, of which only the prior is known, does not count
   * @param objective after each iteration
   * @param converged whether it stood still
   */
  public record Estimate(
      double[][] posterior, double[] reliability, List<Double> objective, boolean converged) {}

  private ClassDawidSkene(
      List<Opinion<Integer>> labels, int classes, DawidSkene.Settings settings) {
    this.labels = labels;
    this.classes = classes;
    this.settings = settings;
    int items = labels.stream().mapToInt(Opinion::item).max().orElse(-1) + 1;
    int people = labels.stream().mapToInt(Opinion::person).max().orElse(-1) + 1;
    this.posterior = new double[items][classes];
    this.confusion = new double[people][classes][classes];
    this.prior = new double[classes];
    labels.forEach(label -> posterior[label.item()][label.said()]++);
    for (double[] own : posterior) {
      normalise(own);
    }
  }

  /** The estimate of these labels; classes are numbered from 0. */
  public static Estimate of(
      List<Opinion<Integer>> labels, int classes, DawidSkene.Settings settings) {
    ClassDawidSkene em = new ClassDawidSkene(labels, classes, settings);
    List<Double> objective = new ArrayList<>();
    boolean converged = false;
    while (!converged && objective.size() < settings.iterations().most()) {
      em.maximise();
      objective.add(em.expect());
      converged = settings.iterations().converged(objective, labels.size());
    }
    em.maximise();
    return new Estimate(em.posterior, em.reliability(), objective, converged);
  }

  private double before(int right, int said) {
    return right == said ? settings.right() : settings.wrong() / (classes - 1);
  }

  private void maximise() {
    for (double[][] own : confusion) {
      for (int t = 0; t < classes; t++) {
        for (int l = 0; l < classes; l++) {
          own[t][l] = before(t, l);
        }
      }
    }
    for (Opinion<Integer> label : labels) {
      for (int t = 0; t < classes; t++) {
        confusion[label.person()][t][label.said()] += posterior[label.item()][t];
      }
    }
    for (double[][] own : confusion) {
      for (double[] rates : own) {
        normalise(rates);
      }
    }
    for (int t = 0; t < classes; t++) {
      double sum = 0;
      for (double[] own : posterior) {
        sum += own[t];
      }
      boolean even = settings.classes() == DawidSkene.Classes.EVEN || posterior.length == 0;
      prior[t] = even ? 1.0 / classes : sum / posterior.length;
    }
  }

  private double expect() {
    double objective = 0;
    for (double[][] own : confusion) {
      for (int t = 0; t < classes; t++) {
        for (int l = 0; l < classes; l++) {
          objective += before(t, l) * log(own[t][l]);
        }
      }
    }
    for (double[] own : posterior) {
      for (int t = 0; t < classes; t++) {
        own[t] = StrictMath.log(Math.max(prior[t], LEAST));
      }
    }
    for (Opinion<Integer> label : labels) {
      for (int t = 0; t < classes; t++) {
        posterior[label.item()][t] += log(confusion[label.person()][t][label.said()]);
      }
    }
    for (double[] own : posterior) {
      double sum = Logistic.logSumExp(own);
      objective += sum;
      for (int t = 0; t < classes; t++) {
        own[t] = StrictMath.exp(own[t] - sum);
      }
    }
    return objective;
  }

  private static double log(double probability) {
    return StrictMath.log(Math.max(probability, Double.MIN_NORMAL));
  }

  private static void normalise(double[] shares) {
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] = sum == 0 ? 1.0 / shares.length : shares[i] / sum;
    }
  }

  private double[] reliability() {
    double[] reliability = new double[confusion.length];
    for (int h = 0; h < reliability.length; h++) {
      for (int t = 0; t < classes; t++) {
        reliability[h] += prior[t] * confusion[h][t][t];
      }
    }
    return reliability;
  }
}
