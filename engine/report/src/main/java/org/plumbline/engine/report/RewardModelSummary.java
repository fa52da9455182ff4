// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reward model and how often it orders held-out answers as the evaluators did.
 *
 * @param recipes that optimise it; empty if it only scores answers
 * @param accuracy over all seeds; null where nothing that was held out orders two answers
 * @param n how many held-out comparisons, or responses of another kind, all seeds together
 * @param unit what they are called
 * @param seeds the same in each seed, with Wilson intervals
 * @param attainable the accuracy that the best of all predictions would have, because evaluators
 *     err and differ; null if it is not known
 * @param feedback that it was fitted to; null if it is not known, or this is a part of what was
 *     held out
 * @param calibration how far its probabilities can be believed; null if it is not known
 * @param slices the accuracy over parts of what was held out
 * @param gold how well it measures what the evaluators want; null if that is not known
 */
public record RewardModelSummary(
    String name,
    List<String> recipes,
    @Nullable Interval accuracy,
    int n,
    String unit,
    List<Cell.SeedValue> seeds,
    @Nullable Double attainable,
    @Nullable Feedback feedback,
    @Nullable Calibration calibration,
    List<Slice> slices,
    @Nullable Gold gold) {

  public RewardModelSummary {
    recipes = List.copyOf(recipes);
    seeds = List.copyOf(seeds);
    slices = List.copyOf(slices);
  }

  /** A model of which no more is known. */
  public RewardModelSummary(
      String name,
      List<String> recipes,
      Interval accuracy,
      int n,
      String unit,
      List<Cell.SeedValue> seeds,
      @Nullable Double attainable) {
    this(name, recipes, accuracy, n, unit, seeds, attainable, null, null, List.of(), null);
  }

  /**
   * The feedback that a model was fitted to, as means over the seeds.
   *
   * @param name of it, of several their names
   * @param kind of it, {@code comparisons} and the like
   * @param labels that were given
   * @param cost in the unit of the specification
   */
  public record Feedback(String name, String kind, int labels, double cost) {}

  /**
   * How far probabilities can be believed.
   *
   * @param n how many predictions, all seeds together
   * @param ece expected calibration error, the mean over seeds
   * @param bins of equal width that it is over
   * @param expectedEce what it would be on average if each probability were right
   * @param brier mean squared error
   * @param logLoss mean negative log-likelihood, nats
   * @param factor that makes the log-odds most probable: below 1 the model is too sure
   * @param fitted whether scores became probabilities by a factor that was fitted to other rows
   * @param curve the reliability curve, all seeds together
   */
  public record Calibration(
      int n,
      Interval ece,
      int bins,
      double expectedEce,
      double brier,
      double logLoss,
      double factor,
      boolean fitted,
      List<Point> curve) {

    public Calibration {
      curve = List.copyOf(curve);
    }
  }

  /**
   * One bin of a reliability curve.
   *
   * @param n how many predictions
   * @param predicted their mean
   * @param happened the share that happened
   */
  public record Point(int n, double predicted, Interval happened) {}

  /**
   * The accuracy over some of what was held out.
   *
   * @param by what sets it apart: {@code length} and the like
   * @param name which part it is
   * @param n how many, all seeds together
   */
  public record Slice(
      String by, String name, Interval accuracy, int n, @Nullable Double attainable) {}

  /**
   * By the values of those who gave the feedback, on new answers to held-out prompts.
   *
   * @param values their name in the specification
   * @param prompts how many, all seeds together
   * @param answers to each
   * @param accuracy how often two answers to a prompt are ordered as the values do
   * @param kendall the mean of Kendall's tau-b within prompts
   * @param epic the distance to the values, 0 to 1
   * @param drawn gold value of an answer that is drawn by chance
   * @param chosen of the best of all answers by its scores
   * @param best of the best answer
   * @param regret {@code best - chosen}
   * @param robust share of good answers that score higher than every version that is made worse
   * @param tricks the same for each way of making them worse
   */
  public record Gold(
      String values,
      int prompts,
      int answers,
      @Nullable Interval accuracy,
      @Nullable Double kendall,
      @Nullable Interval epic,
      double drawn,
      double chosen,
      double best,
      Interval regret,
      @Nullable Interval robust,
      List<Trick> tricks) {

    public Gold {
      tricks = List.copyOf(tricks);
    }
  }

  /** A way of making answers worse, and the share of them that still score higher. */
  public record Trick(String name, Interval right, int n) {}
}
