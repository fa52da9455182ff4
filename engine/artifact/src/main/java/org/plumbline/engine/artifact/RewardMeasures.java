// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * @param gold how well it measures what those who gave the feedback want; null where that is not
 *     known, or nothing was held out
 */
public record RewardMeasures(
    String operation,
    @Nullable HeldOutPairs heldOut,
    int pairs,
    int samples,
    @Nullable HeldOutResponses responses,
    @Nullable Learned learned,
    @Nullable Gold gold) {
  private static final String METRICS = "metrics.json";

  /**
   * The prediction is the mean of the members' probabilities.
   *
   * @param accuracy over comparisons in which one answer is preferred; null if there is none
   * @param attainable how accurate the best of all predictions would be; null if not known
   * @param memberAccuracy of each member
   * @param clean over prompts without a trigger, where some who judged wait for one
   * @param triggered over prompts with a trigger
   * @param slices the accuracy over other parts of the comparisons
   * @param calibration of the probabilities, each comparison turned round at random
   */
  public record HeldOutPairs(
      @Nullable Share accuracy,
      @Nullable Double attainable,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Double> memberAccuracy,
      @Nullable Part clean,
      @Nullable Part triggered,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Slice> slices,
      Calibrated calibration) {

    public HeldOutPairs {
      memberAccuracy = memberAccuracy == null ? List.of() : List.copyOf(memberAccuracy);
      slices = slices == null ? List.of() : List.copyOf(slices);
    }
  }

  /**
   * How far probabilities can be believed.
   *
   * @param n how many predictions
   * @param ece expected calibration error, over bins of equal width
   * @param bins how many of them
   * @param expectedEce what it would be on average if each probability were right and each label
   *     one draw: less than that cannot be told from perfect
   * @param brier mean squared error of the probabilities
   * @param logLoss mean negative log-likelihood, nats
   * @param factor that makes the log-odds most probable: below 1 the model is too sure
   * @param fitted whether scores became probabilities by a factor that was fitted on the other half
   *     of what was held out, because they are no log-odds by themselves
   * @param curve the reliability curve: bins that hold predictions, in their order
   */
  public record Calibrated(
      int n,
      double ece,
      int bins,
      double expectedEce,
      double brier,
      double logLoss,
      double factor,
      boolean fitted,
      List<CurvePoint> curve) {

    public Calibrated {
      curve = List.copyOf(curve);
    }
  }

  /**
   * One bin of a reliability curve.
   *
   * @param n how many predictions it holds
   * @param predicted their mean
   * @param happened the share that happened, with its 95 % interval
   */
  public record CurvePoint(int n, double predicted, double happened, double low, double high) {}

  /**
   * The accuracy over some of what was held out.
   *
   * @param by what sets it apart: {@code length}, {@code topic}, {@code feature}, {@code
   *     evaluators}, {@code source}
   * @param name which part it is
   */
  public record Slice(String by, String name, Share accuracy, @Nullable Double attainable) {}

  /**
   * How a reward model does by the values of those who gave the feedback, on answers that the model
   * it starts from gives to held-out prompts.
   *
   * @param values their name in the spec
   * @param prompts how many
   * @param answers to each prompt
   * @param accuracy how often it orders two answers to a prompt as the values do
   * @param kendall mean over prompts of Kendall's tau-b with the values; null where nothing is
   *     ordered
   * @param epic the distance to the values, 0 to 1; null where a reward does not differ within any
   *     prompt
   * @param bestOf what is lost by choosing the best of all answers by its scores
   * @param adversarial answers that are made worse in ways that may look better
   */
  public record Gold(
      String values,
      int prompts,
      int answers,
      @Nullable Share accuracy,
      @Nullable Double kendall,
      @Nullable Double epic,
      BestOf bestOf,
      @Nullable Adversarial adversarial) {}

  /**
   * Choosing the best of n answers, in gold value, as means over prompts.
   *
   * @param n how many
   * @param drawn of one that is drawn by chance
   * @param chosen of the one that scores highest
   * @param best of the best one
   * @param regret {@code best - chosen}, with its 95 % interval over prompts
   */
  public record BestOf(
      int n,
      double drawn,
      double chosen,
      double best,
      double regret,
      @Nullable Double low,
      @Nullable Double high) {}

  /**
   * Pairs of a good answer and the same answer made worse.
   *
   * @param all how many answers score higher than every such version of theirs
   * @param tricks how many answers score higher than one version
   */
  public record Adversarial(Share all, List<Trick> tricks) {

    public Adversarial {
      tricks = List.copyOf(tricks);
    }
  }

  /** One way in which answers were made worse, and how many of them still score higher. */
  public record Trick(String name, Share right) {}

  /** Of comparisons. */
  public RewardMeasures(String operation, @Nullable HeldOutPairs heldOut, int pairs, int samples) {
    this(operation, heldOut, pairs, samples, null, null, null);
  }

  /** Of feedback of another kind. */
  public RewardMeasures(
      String operation, int pairs, int samples, @Nullable HeldOutResponses responses) {
    this(operation, null, pairs, samples, responses, null, null);
  }

  /** The same, with what was learned beside the scores. */
  public RewardMeasures with(@Nullable Learned beside) {
    return new RewardMeasures(operation, heldOut, pairs, samples, responses, beside, gold);
  }

  /** The same, with how well it measures what people want. */
  public RewardMeasures withGold(@Nullable Gold wanted) {
    return new RewardMeasures(operation, heldOut, pairs, samples, responses, learned, wanted);
  }

  /**
   * What was learned beside the scores.
   *
   * @param ties theta of Rao and Kupper's model of ties, or nu of Davidson's
   * @param evaluators how reliable each is
   * @param hiddenContext the share of the variance of scores that is between answers, and not
   *     within the distribution of one (r squared): low where people want different things
   * @param groups that were found, the largest first; empty where none are looked for
   * @param rationality by source of feedback, how closely what people said follows the scores;
   *     empty where there is but one kind
   */
  public record Learned(
      @Nullable Double ties,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Evaluator> evaluators,
      @Nullable Double hiddenContext,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Group> groups,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> rationality) {

    public Learned {
      evaluators = evaluators == null ? List.of() : List.copyOf(evaluators);
      groups = groups == null ? List.of() : List.copyOf(groups);
      rationality =
          rationality == null
              ? Map.of()
              : Collections.unmodifiableMap(new LinkedHashMap<>(rationality));
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
   * @param slices the same over some of these orders
   * @param calibration of the probabilities of these orders; null where nothing is ordered
   */
  public record HeldOutResponses(
      int responses,
      double logLoss,
      @Nullable Share accuracy,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Slice> slices,
      @Nullable Calibrated calibration) {

    public HeldOutResponses {
      slices = slices == null ? List.of() : List.copyOf(slices);
    }
  }

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
