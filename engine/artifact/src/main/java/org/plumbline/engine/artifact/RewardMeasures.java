// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good a reward model is: {@code metrics.json}.
 *
 * @param operation how it was fitted
 * @param heldOut how well it predicts comparisons that it was not fitted to; null without such
 * @param pairs that it was fitted to
 * @param samples of its policy, whose scores have mean 0 and standard deviation 1
 * @param responses how well it predicts feedback of another kind that it was not fitted to
 * @param learned what was learned beside the scores; null if nothing
 */
public record RewardMeasures(
    String operation,
    @Nullable HeldOutPairs heldOut,
    int pairs,
    int samples,
    @Nullable HeldOutResponses responses,
    @Nullable Learned learned) {
  private static final String METRICS = "metrics.json";

  /**
   * The prediction is the mean of the members' probabilities.
   *
   * @param accuracy over comparisons in which one answer is preferred; null if there is none
   * @param attainable how accurate the best of all predictions would be; null if not known
   * @param memberAccuracy of each member
   * @param clean over prompts without a trigger, where some who judged wait for one
   * @param triggered over prompts with a trigger
   * @param ece expected calibration error
   * @param bins of the calibration
   * @param brier mean squared error of the probabilities
   * @param logLoss mean negative log-likelihood, nats
   */
  public record HeldOutPairs(
      @Nullable Share accuracy,
      @Nullable Double attainable,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Double> memberAccuracy,
      @Nullable Part clean,
      @Nullable Part triggered,
      double ece,
      int bins,
      double brier,
      double logLoss) {

    public HeldOutPairs {
      memberAccuracy = memberAccuracy == null ? List.of() : List.copyOf(memberAccuracy);
    }
  }

  /** Of comparisons. */
  public RewardMeasures(String operation, @Nullable HeldOutPairs heldOut, int pairs, int samples) {
    this(operation, heldOut, pairs, samples, null, null);
  }

  /** Of feedback of another kind. */
  public RewardMeasures(
      String operation, int pairs, int samples, @Nullable HeldOutResponses responses) {
    this(operation, null, pairs, samples, responses, null);
  }

  /** The same, with what was learned beside the scores. */
  public RewardMeasures with(@Nullable Learned beside) {
    return new RewardMeasures(operation, heldOut, pairs, samples, responses, beside);
  }

  /**
   * What was learned beside the scores.
   *
   * @param ties theta of Rao and Kupper's model of ties, or nu of Davidson's
   * @param evaluators how reliable each is
   * @param hiddenContext the share of the variance of scores that is between answers, and not
   *     within the distribution of one (r squared): low where people want different things
   * @param groups that were found, the largest first; empty where none are looked for
   */
  public record Learned(
      @Nullable Double ties,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Evaluator> evaluators,
      @Nullable Double hiddenContext,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Group> groups) {

    public Learned {
      evaluators = evaluators == null ? List.of() : List.copyOf(evaluators);
      groups = groups == null ? List.of() : List.copyOf(groups);
    }
  }

  /**
   * One group that nobody has named.
   *
   * @param share of all people
   * @param members those who more probably belong to it than to any other
   */
  public record Group(double share, List<String> members) {}

  /**
   * One evaluator.
   *
   * @param labels that they gave
   * @param reliability how often they follow the scores: 1/2 is a coin, less is against them
   */
  public record Evaluator(String evaluator, int labels, double reliability) {}

  /**
   * Feedback of other kinds.
   *
   * @param responses how many were held out
   * @param logLoss mean negative log-likelihood of a response, nats; of numbers, of its density
   * @param accuracy how often two answers are ordered as what was said of them orders them
   * @param goldAccuracy how often two answers are ordered as the values of the population order
   *     them
   * @param epic the distance to these values, 0 to 1; null unless a prompt has several answers
   */
  public record HeldOutResponses(
      int responses,
      double logLoss,
      @Nullable Share accuracy,
      @Nullable Share goldAccuracy,
      @Nullable Double epic) {}

  /** Some of the comparisons; as the columns of all. */
  public record Part(@Nullable Share accuracy, @Nullable Double attainable) {}

  /**
   * A share with its 95 % interval.
   *
   * @param n of how many
   */
  public record Share(double value, @Nullable Double low, @Nullable Double high, int n) {}

  /** Reads the artifact of a reward model. */
  public static RewardMeasures read(Path folder) throws IOException {
    return JsonRecords.read(folder.resolve(METRICS), RewardMeasures.class);
  }

  /** Writes it beside the reward model. */
  public void write(Path folder) throws IOException {
    JsonFiles.write(folder.resolve(METRICS), JsonFiles.columns(this));
  }
}
