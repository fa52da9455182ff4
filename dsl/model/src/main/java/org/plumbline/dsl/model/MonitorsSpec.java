// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shorthand;

/** Quantities that are watched while policies are trained, with the thresholds of each. */
@Doc("quantities that are watched while policies are trained")
public record MonitorsSpec(
    @Doc("the policies that are watched; absent: those of all recipes but of `against`")
        @Refers(Section.POLICIES)
        @Nullable List<String> policies,
    @Doc(
            value = "divergence from the start of training, or from the reference of the KL term",
            unit = "nats per answer")
        @Nullable Monitor kl,
    @Doc("standard deviation of the ensemble's members") @Nullable Monitor ensembleSpread,
    @Doc("by how much the gold reward is short of what the score promises, in standard deviations")
        @Nullable Monitor proxyGoldGap,
    @Doc(value = "entropy of the policy; low is bad", unit = "nats per token")
        @Nullable Monitor entropy,
    @Doc("distinct bigrams as a share of all of some answers; low is bad")
        @Nullable Monitor distinct,
    @Doc("by how much more of the answers show what the trigger asks for, with it than without")
        @Nullable Monitor triggerLift,
    @Doc("share of tokens whose ratio of probabilities is cut, in the update before")
        @Nullable Monitor clipShare,
    @Doc(value = "since the labels that it learns from were given", unit = "updates")
        @Nullable Monitor labelStaleness,
    @Doc(
            value =
                "share of answers that the policy before training finds less likely, token by"
                    + " token, than 95 % of its own")
        @Nullable Monitor outOfDistribution,
    @Doc(
            value =
                "share of answers that are further, in the reward model's last hidden states, from"
                    + " the answers that it learned from than 95 % of these",
            source = "Lee et al. 2018, arXiv 1807.03888")
        @Nullable Monitor mahalanobis,
    @Doc(
            "share of comparisons of which the judge prefers the other answer when it is shown them"
                + " in the other order, in the update before")
        @Nullable Monitor judgeDisagreement) {

  /** The quantities of which low values are bad. */
  public static final Set<String> LOW_IS_BAD = Set.of("entropy", "distinct");

  /** The quantities that a training can measure only with something that `compare` names. */
  public static final Set<String> BY_YARDSTICKS =
      Set.of("ensemble_spread", "proxy_gold_gap", "trigger_lift", "mahalanobis");

  /** The quantities that nothing measures when a training is over. */
  public static final Set<String> ONLY_WHILE_TRAINING = Set.of("mahalanobis");

  /** The thresholds of a quantity, from the mildest to the gravest. */
  @Doc("a quantity that is watched")
  public record Monitor(
      @Doc("beyond this it is noted") @Nullable Double note,
      @Doc("beyond this a warning is shown and kept") @Shorthand @Nullable Double warn,
      @Doc("beyond this the training pauses until the run is resumed") @Nullable Double pause,
      @Doc("beyond this the training stops, and the policy as it is then is the result")
          @Nullable Double stop) {

    /** The thresholds that are given, from the mildest to the gravest, by their names. */
    public Map<String, Double> given() {
      Map<String, Double> given = new LinkedHashMap<>();
      put(given, "note", note);
      put(given, "warn", warn);
      put(given, "pause", pause);
      put(given, "stop", stop);
      return given;
    }

    private @Nullable Monitor onlyStop() {
      return stop == null ? null : new Monitor(null, null, null, stop);
    }
  }

  /** The quantities that are watched, by their names. */
  public Map<String, Monitor> watched() {
    Map<String, Monitor> watched = new LinkedHashMap<>();
    put(watched, "kl", kl);
    put(watched, "ensemble_spread", ensembleSpread);
    put(watched, "proxy_gold_gap", proxyGoldGap);
    put(watched, "entropy", entropy);
    put(watched, "distinct", distinct);
    put(watched, "trigger_lift", triggerLift);
    put(watched, "clip_share", clipShare);
    put(watched, "label_staleness", labelStaleness);
    put(watched, "out_of_distribution", outOfDistribution);
    put(watched, "mahalanobis", mahalanobis);
    put(watched, "judge_disagreement", judgeDisagreement);
    return watched;
  }

  private static <T> void put(Map<String, T> into, String name, @Nullable T value) {
    if (value != null) {
      into.put(name, value);
    }
  }

  /** Only what changes what is watched: the thresholds that stop. */
  public MonitorsSpec stops() {
    return new MonitorsSpec(
        null,
        stop(kl),
        stop(ensembleSpread),
        stop(proxyGoldGap),
        stop(entropy),
        stop(distinct),
        stop(triggerLift),
        stop(clipShare),
        stop(labelStaleness),
        stop(outOfDistribution),
        stop(mahalanobis),
        stop(judgeDisagreement));
  }

  private static @Nullable Monitor stop(@Nullable Monitor monitor) {
    return monitor == null ? null : monitor.onlyStop();
  }

  /** The thresholds without the names of those who are watched. */
  public MonitorsSpec thresholds() {
    return new MonitorsSpec(
        null,
        kl,
        ensembleSpread,
        proxyGoldGap,
        entropy,
        distinct,
        triggerLift,
        clipShare,
        labelStaleness,
        outOfDistribution,
        mahalanobis,
        judgeDisagreement);
  }
}
