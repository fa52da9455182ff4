// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.numerics.TrustRegion;

/**
 * Groups of people that nobody has named, found by what their members prefer.
 *
 * <p>Everybody belongs to one of K groups, whose members compare answers alike, by a linear reward
 * of their features (Zhao, Piech and Xia 2016, "Learning Mixtures of Plackett-Luce Models",
 * arXiv:1603.07323, with pairs; Chakraborty et al. 2024, "MaxMin-RLHF", arXiv:2402.08925, section
 * 5). With x the difference of the features of the two answers, t the label, and h a person:
 *
 * <pre>{@code
 * l_iz = t log sigmoid(w_z x_i) + (1 - t) log sigmoid(-w_z x_i)
 * E    share_hz ~ pi_z exp( sum over labels i of h of l_iz )
 * M    w_z = argmax sum over i of share_h(i)z l_iz - ridge |w_z|^2 / 2,     pi_z = mean of share_hz
 * }</pre>
 *
 * <p>The objective {@code sum_h log sum_z pi_z exp(sum l_iz) - ridge sum_z |w_z|^2 / 2} never falls
 * (Dempster, Laird and Rubin 1977). Of several beginnings, in which everybody's group is drawn by
 * chance, the one that ends highest is kept. Groups are numbered by their size, the largest first.
 */
public final class LatentGroups {
  /** As many Newton steps of each group per iteration as are ever needed to improve. */
  private static final int NEWTON_STEPS = 20;

  private static final double SLOPE = 1e-7;

  /** The gain of the objective, relative to it, below which it stands still. */
  private static final double GAIN = 1e-8;

  private final List<Preference> labels;
  private final int people;
  private final Settings settings;

  /**
   * What a person prefers.
   *
   * @param person counted from 0
   * @param difference of the features of the two answers
   * @param first how surely the first is preferred
   */
  public record Preference(int person, double[] difference, double first) {}

  /**
   * What is looked for, and how long.
   *
   * @param groups K
   * @param restarts beginnings
   * @param ridge what keeps weights finite
   * @param most iterations of each beginning
   */
  public record Settings(int groups, int restarts, double ridge, int most) {}

  /**
   * What was found.
   *
   * @param weights of the features, by group
   * @param sizes of the groups, as shares of all people
   * @param shares how surely each person belongs to each group
   * @param objective after each iteration of the beginning that was kept
   */
  public record Groups(
      double[][] weights, double[] sizes, double[][] shares, List<Double> objective) {}

  private LatentGroups(List<Preference> labels, int people, Settings settings) {
    this.labels = labels;
    this.people = people;
    this.settings = settings;
  }

  /** Looks for the groups of people who gave these labels. */
  public static Groups of(List<Preference> labels, int people, Settings settings, long seed) {
    LatentGroups search = new LatentGroups(labels, people, settings);
    Groups best = search.from(seed, 0);
    for (int restart = 1; restart < settings.restarts(); restart++) {
      Groups other = search.from(seed, restart);
      if (last(other) > last(best)) {
        best = other;
      }
    }
    return sorted(best);
  }

  private static double last(Groups groups) {
    return groups.objective().get(groups.objective().size() - 1);
  }

  private Groups from(long seed, int restart) {
    int k = settings.groups();
    RandomStream stream = RandomStream.of(seed, RandomPurpose.INIT, -1 - restart);
    double[][] shares = new double[people][k];
    for (int h = 0; h < people; h++) {
      shares[h][(int) (stream.uniform(h) * k)] = 1;
    }
    double[][] weights = new double[k][labels.get(0).difference().length];
    List<Double> objective = new ArrayList<>();
    double[] sizes = sizes(shares, k);
    for (int step = 0; step < settings.most(); step++) {
      for (int z = 0; z < k; z++) {
        weights[z] = fitted(weights[z], shares, z);
      }
      sizes = sizes(shares, k);
      double now = expect(weights, sizes, shares);
      for (double[] w : weights) {
        now -= settings.ridge() * dot(w, w) / 2;
      }
      objective.add(now);
      double before = step == 0 ? Double.NEGATIVE_INFINITY : objective.get(step - 1);
      if (now - before < GAIN * Math.abs(now)) {
        break;
      }
    }
    return new Groups(weights, sizes, shares, objective);
  }

  /** How surely everybody belongs to each group; returns the logarithm of the likelihood. */
  private double expect(double[][] weights, double[] sizes, double[][] shares) {
    double[][] logs = new double[people][weights.length];
    for (int z = 0; z < weights.length; z++) {
      for (int h = 0; h < people; h++) {
        logs[h][z] = StrictMath.log(sizes[z]);
      }
      for (Preference label : labels) {
        logs[label.person()][z] -=
            Logistic.crossEntropy(dot(weights[z], label.difference()), label.first());
      }
    }
    double sum = 0;
    for (int h = 0; h < people; h++) {
      double all = Logistic.logSumExp(logs[h]);
      for (int z = 0; z < weights.length; z++) {
        shares[h][z] = StrictMath.exp(logs[h][z] - all);
      }
      sum += all;
    }
    return sum;
  }

  /** How surely people belong to groups of these weights and sizes. */
  public static double[][] shares(
      List<Preference> labels, int people, double[][] weights, double[] sizes) {
    double[][] shares = new double[people][weights.length];
    new LatentGroups(labels, people, new Settings(weights.length, 1, 0, 1))
        .expect(weights, sizes, shares);
    return shares;
  }

  private static double[] sizes(double[][] shares, int k) {
    double[] sizes = new double[k];
    for (double[] own : shares) {
      for (int z = 0; z < k; z++) {
        sizes[z] += own[z] / shares.length;
      }
    }
    return sizes;
  }

  private double[] fitted(double[] start, double[][] shares, int group) {
    return TrustRegion.of(new GroupLikelihood(shares, group), start, NEWTON_STEPS, SLOPE).point();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static Groups sorted(Groups groups) {
    int[] order =
        IntStream.range(0, groups.sizes().length)
            .boxed()
            .sorted(Comparator.comparingDouble(z -> -groups.sizes()[z]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[][] weights = new double[order.length][];
    double[] sizes = new double[order.length];
    double[][] shares = new double[groups.shares().length][order.length];
    for (int z = 0; z < order.length; z++) {
      weights[z] = groups.weights()[order[z]];
      sizes[z] = groups.sizes()[order[z]];
      for (int h = 0; h < shares.length; h++) {
        shares[h][z] = groups.shares()[h][order[z]];
      }
    }
    return new Groups(weights, sizes, shares, groups.objective());
  }

  /** The negative logarithm of the likelihood of one group's weights, with the ridge. */
  private final class GroupLikelihood implements TrustRegion.Surface {
    private final double[][] shares;
    private final int group;
    private final double[] curvature = new double[labels.size()];

    GroupLikelihood(double[][] shares, int group) {
      this.shares = shares;
      this.group = group;
    }

    @Override
    public double[] scale() {
      double[] scale = new double[labels.get(0).difference().length];
      for (int i = 0; i < scale.length; i++) {
        scale[i] = settings.ridge() + 1e-9;
        for (Preference label : labels) {
          double x = label.difference()[i];
          scale[i] += shares[label.person()][group] * x * x / 4;
        }
      }
      return scale;
    }

    @Override
    public double at(double[] point, double[] slopes) {
      double sum = settings.ridge() * dot(point, point) / 2;
      for (int i = 0; i < point.length; i++) {
        slopes[i] = settings.ridge() * point[i];
      }
      for (int n = 0; n < labels.size(); n++) {
        Preference label = labels.get(n);
        double share = shares[label.person()][group];
        curvature[n] = 0;
        if (share > 0) {
          double gap = dot(point, label.difference());
          double p = Logistic.sigmoid(gap);
          sum += share * Logistic.crossEntropy(gap, label.first());
          curvature[n] = share * p * (1 - p);
          for (int i = 0; i < slopes.length; i++) {
            slopes[i] += share * (p - label.first()) * label.difference()[i];
          }
        }
      }
      return sum;
    }

    @Override
    public void curve(double[] direction, double[] product) {
      for (int i = 0; i < product.length; i++) {
        product[i] = settings.ridge() * direction[i];
      }
      for (int n = 0; n < curvature.length; n++) {
        if (curvature[n] > 0) {
          double[] x = labels.get(n).difference();
          double along = curvature[n] * dot(x, direction);
          for (int i = 0; i < product.length; i++) {
            product[i] += along * x[i];
          }
        }
      }
    }
  }
}
