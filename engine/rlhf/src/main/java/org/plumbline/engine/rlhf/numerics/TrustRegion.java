// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds a minimum of a smooth function of many variables by Newton steps that are found by
 * conjugate gradients and kept within a radius in which the quadratic model has proved right.
 *
 * <p>T. Steihaug, "The conjugate gradient method and trust regions in large scale optimization",
 * SIAM Journal on Numerical Analysis 20 (1983), algorithm 2.1; J. Nocedal, S. J. Wright, "Numerical
 * Optimization" (2006), algorithms 4.1 and 7.2. The function need not be convex: where it curves
 * down, a step goes as far as the radius. It never rises from one accepted step to the next, but
 * for what rounding makes of it: next to the minimum, where steps change the value by less than its
 * last digits, a step is taken if it lowers the largest slope.
 *
 * <p>Sums are made in one order: equal inputs give equal bits.
 */
public final class TrustRegion {
  /** A step is taken if the function falls by this share of what was foreseen (as in the book). */
  private static final double TAKEN = 0.1;

  /** Of the value, what its last digits may hide. */
  private static final double HIDDEN = 1e-11;

  private static final int DIRECTIONS = 1000;

  private final Surface surface;
  private final double[] scale;
  private final double[] step;
  private final double[] curved;
  private double[] point;
  private double[] slopes;
  private double value;

  private TrustRegion(Surface surface, double[] start) {
    this.surface = surface;
    this.point = start.clone();
    this.scale = surface.scale();
    this.slopes = new double[start.length];
    this.step = new double[start.length];
    this.curved = new double[start.length];
  }

  /** The function whose minimum is looked for. */
  public interface Surface {
    /** About how much it curves in each variable: positive, and the same everywhere. */
    double[] scale();

    /**
     * Its value somewhere.
     *
     * @param slopes receives its slopes there
     */
    double at(double[] point, double[] slopes);

    /**
     * Its second derivatives at the point that was last asked about, times a direction.
     *
     * @param product receives the product
     */
    void curve(double[] direction, double[] product);
  }

  /**
   * What was found.
   *
   * @param values of the function after each step that was taken, the start's first
   * @param converged whether all slopes became as small as was wanted
   */
  public record Minimum(double[] point, List<Double> values, boolean converged) {}

  /**
   * Looks for a minimum downhill of a point.
   *
   * @param most steps
   * @param slope no slope at the minimum is to be above this
   */
  public static Minimum of(Surface surface, double[] start, int most, double slope) {
    return new TrustRegion(surface, start).search(most, slope);
  }

  private Minimum search(int most, double wanted) {
    double radius = Math.sqrt(total(scale));
    value = surface.at(point, slopes);
    List<Double> values = new ArrayList<>(List.of(value));
    for (int k = 0; k < most && steepest(slopes) > wanted; k++) {
      boolean atRadius = direct(radius);
      double foreseen = -dot(slopes, step) - dot(step, curved) / 2;
      double[] next = point.clone();
      add(next, 1, step);
      double[] nextSlopes = new double[next.length];
      double nextValue = surface.at(next, nextSlopes);
      double hidden = HIDDEN * (1 + Math.abs(value));
      boolean fine = foreseen < hidden;
      boolean taken =
          fine
              ? nextValue <= value + hidden && steepest(nextSlopes) < steepest(slopes)
              : value - nextValue > TAKEN * foreseen;
      double kept = fine ? (taken ? 1 : 0) : (value - nextValue) / foreseen;
      radius = kept < 0.25 ? norm(step) / 4 : kept > 0.75 && atRadius ? 2 * radius : radius;
      if (taken) {
        point = next;
        slopes = nextSlopes;
        value = nextValue;
        values.add(value);
      } else if (fine) {
        // Neither the value nor the slopes can be told apart any more.
        break;
      } else {
        surface.at(point, new double[point.length]);
      }
    }
    return new Minimum(point, values, steepest(slopes) <= wanted);
  }

  /** Finds the next step and what it is curved by; returns whether the radius ended it. */
  private boolean direct(double radius) {
    Arrays.fill(step, 0);
    Arrays.fill(curved, 0);
    double[] left = slopes.clone();
    double[] along = new double[left.length];
    double[] product = new double[left.length];
    double rest = towards(left, along, 0);
    double enough = rest * Math.min(0.01, rest);
    for (int k = 0; k < DIRECTIONS && rest > enough; k++) {
      surface.curve(along, product);
      double curvature = dot(along, product);
      double far = reach(along, radius);
      double length = curvature <= 0 ? far : Math.min(rest / curvature, far);
      add(step, length, along);
      add(curved, length, product);
      if (length == far) {
        return true;
      }
      add(left, length, product);
      double before = rest;
      rest = scaled(left);
      towards(left, along, rest / before);
    }
    return false;
  }

  /** Turns the direction downhill, keeping a part of it; returns the squared scaled slope. */
  private double towards(double[] left, double[] along, double keep) {
    for (int i = 0; i < left.length; i++) {
      along[i] = keep * along[i] - left[i] / scale[i];
    }
    return scaled(left);
  }

  private double scaled(double[] left) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * left[i] / scale[i];
    }
    return sum;
  }

  /** How many times a direction can be added to the step until it reaches the radius. */
  private double reach(double[] along, double radius) {
    double a = 0;
    double b = 0;
    double c = -radius * radius;
    for (int i = 0; i < along.length; i++) {
      a += scale[i] * along[i] * along[i];
      b += scale[i] * along[i] * step[i];
      c += scale[i] * step[i] * step[i];
    }
    return (-b + Math.sqrt(Math.max(0, b * b - a * c))) / a;
  }

  private double norm(double[] vector) {
    double sum = 0;
    for (int i = 0; i < vector.length; i++) {
      sum += scale[i] * vector[i] * vector[i];
    }
    return Math.sqrt(sum);
  }

  private static double steepest(double[] slopes) {
    double most = 0;
    for (double slope : slopes) {
      most = Math.max(most, Math.abs(slope));
    }
    return most;
  }

  private static double total(double[] values) {
    double sum = 0;
    for (double each : values) {
      sum += each;
    }
    return sum;
  }

  private static double dot(double[] one, double[] two) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * two[i];
    }
    return sum;
  }

  private static void add(double[] to, double times, double[] what) {
    for (int i = 0; i < to.length; i++) {
      to[i] += times * what[i];
    }
  }
}
