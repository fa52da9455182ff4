// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.shape.Section;

/**
 * What a policy is watched by while it is trained. It stands in no spec: the plan makes one of
 * {@link CompareSpec} for each policy that is watched, and what it is measured by is there only if
 * a threshold stops the training.
 *
 * @param thresholds of the quantities
 * @param reward that answers are scored by
 * @param feedback that the reward was fitted to, if distances from it are watched
 * @param values that the gold reward is computed from
 * @param trigger that is put into prompts
 */
@Doc("what a policy is watched by while it is trained")
public record WatchSpec(
    @Doc("the thresholds") MonitorsSpec thresholds,
    @Doc("the reward that scores the answers") @Refers(Section.REWARDS) @Nullable String reward,
    @Doc("the feedback that the reward was fitted to") @Refers(Section.FEEDBACK)
        @Nullable String feedback,
    @Doc("the values that the gold reward is computed from") @Refers(Section.VALUES)
        @Nullable String values,
    @Doc("an attack to look for") CompareSpec.@Nullable Trigger trigger) {

  /** What the key of a node in the plan calls it, and the role of what it reads begins with. */
  public static final String NAME = "monitors";

  /** In place of a node's settings: what is below has the name in front. */
  @Doc("what a policy is watched by while it is trained")
  public record Named(@Doc("the monitors") WatchSpec monitors) {}

  /**
   * What `compare` has watched: yardsticks are there as far as thresholds that stop need them.
   *
   * @param rewards that are declared
   * @param reward that scores, if there is one
   */
  public static WatchSpec of(
      CompareSpec compare,
      MonitorsSpec monitors,
      Map<String, RewardSpec> rewards,
      @Nullable String reward) {
    MonitorsSpec stops = monitors.stops();
    boolean distances = stops.mahalanobis() != null;
    boolean scores = distances || stops.ensembleSpread() != null || stops.proxyGoldGap() != null;
    boolean gold = stops.proxyGoldGap() != null || stops.triggerLift() != null;
    return new WatchSpec(
        monitors.thresholds(),
        scores ? reward : null,
        distances && reward != null ? feedback(rewards.get(reward)) : null,
        gold ? compare.values() : null,
        stops.triggerLift() == null ? null : compare.trigger());
  }

  /**
   * The set of feedback that a reward is fitted to; null if it is fitted to none, or to several.
   */
  public static @Nullable String feedback(@Nullable RewardSpec reward) {
    return reward != null && Rewriting.read(reward, "feedback") instanceof String name
        ? name
        : null;
  }

  /**
   * The names of the policies that are watched, in the order of the spec.
   *
   * @param policyOf the policy that a recipe ends in
   */
  public static Set<String> policies(CompareSpec compare, UnaryOperator<String> policyOf) {
    MonitorsSpec monitors = compare.monitors();
    if (monitors == null) {
      return Set.of();
    }
    List<String> named = monitors.policies();
    if (named != null) {
      return new LinkedHashSet<>(named);
    }
    Set<String> policies = new LinkedHashSet<>();
    compare.recipes().forEach(recipe -> policies.add(policyOf.apply(recipe)));
    policies.remove(policyOf.apply(compare.against()));
    return policies;
  }

  /** Whether a policy is made in steps that can be watched. */
  public static boolean trained(PolicySpec policy) {
    Map<String, Object> plain = Canonical.keys(policy);
    return plain.containsKey("steps") || plain.containsKey("updates");
  }

  /** Only what changes what is watched. */
  public WatchSpec stops() {
    return new WatchSpec(thresholds.stops(), reward, feedback, values, trigger);
  }
}
