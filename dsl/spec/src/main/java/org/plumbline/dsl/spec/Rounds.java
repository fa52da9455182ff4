// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.RoundsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Pooled;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.Regularizers.EarlyStop;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.spec.check.PolicyOrigin;

/**
 * Writes the rounds of a recipe out as entries of an experiment (algorithms 8.4; Bai et al. 2022a,
 * section 4.5): in round {@code k}
 *
 * <ol>
 *   <li>each renewed feedback is collected once more, {@code prefs~NAME-k}, on the policy of round
 *       {@code k - 1} and, with {@code older_share}, on those that earlier rounds began with;
 *   <li>everything between it and the policy is computed from the feedback of all rounds so far,
 *       {@code prefs~NAME-k-pool}, or of the last {@code window};
 *   <li>the policy goes on from that of round {@code k - 1}; what it is kept near stays what it
 *       was.
 * </ol>
 *
 * <p>All of these are plain entries, whose nodes have keys like any other: a round more finds the
 * earlier ones done. A name of these holds a {@code ~}, which no spec can write.
 */
final class Rounds {
  private static final String EARLY_STOP = "regularizers.early_stop";

  private final String name;
  private final RoundsSpec spec;
  private final String policy;
  private final Experiment base;

  /** What depends on renewed feedback, and is computed anew in each round. */
  private final Set<String> renewed;

  private final Map<String, FeedbackSpec> feedback;
  private final Map<String, RewardSpec> rewards;
  private final Map<String, PolicySpec> policies;

  private Rounds(String name, RoundsSpec spec, String policy, Experiment base) {
    this.name = name;
    this.spec = spec;
    this.policy = policy;
    this.base = base;
    this.renewed = new PolicyOrigin().between(base, policy, spec.renew());
    this.feedback = new LinkedHashMap<>(base.feedback());
    this.rewards = new LinkedHashMap<>(base.rewards());
    this.policies = new LinkedHashMap<>(base.policies());
  }

  /**
   * An experiment with the entries of all rounds.
   *
   * @param name of the rounds
   * @param policy that the recipe ends in
   * @param base the experiment that the recipe is computed in
   */
  static Experiment write(String name, RoundsSpec spec, String policy, Experiment base) {
    Rounds rounds = new Rounds(name, spec, policy, base);
    for (int round = 1; round <= spec.times(); round++) {
      rounds.add(round);
    }
    return rounds.written();
  }

  /** The name of an entry in a round. */
  static String entry(String entry, String name, int round) {
    return entry + "~" + name + "-" + round;
  }

  private Experiment written() {
    return new Experiment(
        base.plumb(),
        base.name(),
        base.seeds(),
        base.models(),
        base.data(),
        base.values(),
        base.evaluators(),
        feedback,
        rewards,
        policies,
        base.variants(),
        base.sweep(),
        base.rounds(),
        base.compare(),
        base.disclose());
  }

  private void add(int round) {
    for (String entry : spec.renew()) {
      FeedbackSpec first = Objects.requireNonNull(base.feedback().get(entry));
      if (round == 1) {
        put(feedback, entry, 1, affordable(first));
        continue;
      }
      put(feedback, entry, round, fresh(first, round));
      feedback.put(pool(entry, round), new Pooled(sets(entry, round)));
    }
    copy(Section.FEEDBACK, base.feedback(), feedback, round);
    copy(Section.REWARDS, base.rewards(), rewards, round);
    copy(Section.POLICIES, base.policies(), policies, round);
  }

  private <T> void put(Map<String, T> section, String entry, int round, T spec) {
    section.put(entry(entry, name, round), spec);
  }

  private <T> void copy(Section section, Map<String, T> from, Map<String, T> to, int round) {
    from.forEach(
        (entry, record) -> {
          boolean again = section == Section.FEEDBACK && spec.renew().contains(entry);
          if (renewed.contains(section.key() + "." + entry) && !again) {
            T copy = Rewriting.names(record, (refers, old) -> learned(refers, old, round));
            put(to, entry, round, continued(section, entry, record, copy, round));
          }
        });
  }

  /** The name of a thing as the rewards and policies of a round see it. */
  private String learned(Section refers, String old, int round) {
    if (refers == Section.FEEDBACK && spec.renew().contains(old)) {
      return round == 1 ? entry(old, name, 1) : pool(old, round);
    }
    return inRound(refers, old, round);
  }

  private String inRound(Section refers, String old, int round) {
    boolean computed =
        refers == Section.FEEDBACK
            || refers == Section.REWARDS
            || refers == Section.POLICIES
            || refers == Section.POLICIES_OR_MODELS;
    return computed && renewed.contains(refers.key() + "." + old) ? entry(old, name, round) : old;
  }

  private String pool(String entry, int round) {
    return entry(entry, name, round) + "-pool";
  }

  private List<String> sets(String entry, int round) {
    int first = spec.window() == null ? 1 : Math.max(1, round - spec.window() + 1);
    return IntStream.rangeClosed(first, round).mapToObj(k -> entry(entry, name, k)).toList();
  }

  /** Feedback on what the policy answers by now. */
  private FeedbackSpec fresh(FeedbackSpec first, int round) {
    FeedbackSpec fresh = Rewriting.names(first, (refers, old) -> inRound(refers, old, round - 1));
    String start = (String) Objects.requireNonNull(Rewriting.read(first, "of"));
    fresh = Rewriting.with(fresh, "of", entry(policy, name, round - 1));
    fresh = Rewriting.with(fresh, "draw", draw(first) + round - 1);
    if (spec.olderShare() > 0) {
      Map<String, FeedbackSpec.Source> sources = new LinkedHashMap<>();
      if (Rewriting.read(fresh, "sources") instanceof Map<?, ?> others) {
        others.forEach((key, one) -> sources.put((String) key, (FeedbackSpec.Source) one));
      }
      double share = spec.olderShare() / (round - 1);
      for (int k = 0; k < round - 1; k++) {
        String older = k == 0 ? start : entry(policy, name, k);
        sources.put("before-" + (k + 1), new FeedbackSpec.Source(older, share));
      }
      fresh = Rewriting.with(fresh, "sources", sources);
    }
    return affordable(fresh);
  }

  private static int draw(FeedbackSpec first) {
    return Rewriting.read(first, "draw") instanceof Integer draw ? draw : 1;
  }

  private FeedbackSpec affordable(FeedbackSpec one) {
    Double all = spec.budget();
    if (all == null) {
      return one;
    }
    double part = all / spec.times();
    return Rewriting.read(one, "budget") instanceof Double own && own < part
        ? one
        : Rewriting.with(one, "budget", part);
  }

  /** What goes on from the round before, and for how long. */
  private <T> T continued(Section section, String entry, T first, T copy, int round) {
    if (section == Section.POLICIES && entry.equals(policy)) {
      return policy(first, copy, round);
    }
    return section == Section.REWARDS
            && spec.warmStart()
            && round > 1
            && Rewriting.has(copy, "warm_start")
        ? Rewriting.with(copy, "warm_start", entry(entry, name, round - 1))
        : copy;
  }

  private <T> T policy(T first, T copy, int round) {
    T next = copy;
    for (String steps : List.of("updates", "steps")) {
      if (spec.every() != null && Rewriting.has(next, steps)) {
        next = Rewriting.with(next, steps, spec.every());
        break;
      }
    }
    RoundsSpec.Signal signal = spec.signal();
    if (signal != null) {
      next = Rewriting.with(next, EARLY_STOP, stop(Rewriting.read(next, EARLY_STOP), signal));
    }
    boolean learns = Rewriting.has(next, "updates") || Rewriting.has(next, "steps");
    if (round == 1 || !learns || !(Rewriting.read(first, "from") instanceof String from)) {
      return next;
    }
    next = Rewriting.with(next, "from", entry(policy, name, round - 1));
    for (String reference : List.of("regularizers.kl.reference", "reference")) {
      boolean several =
          Rewriting.has(next, reference + "s") && Rewriting.read(next, reference + "s") != null;
      if (Rewriting.has(next, reference) && Rewriting.read(next, reference) == null && !several) {
        next = Rewriting.with(next, reference, from);
      }
    }
    return next;
  }

  /** What ends a round, beside what ends the training of the recipe anyway. */
  private static EarlyStop stop(@Nullable Object before, RoundsSpec.Signal signal) {
    EarlyStop own = before instanceof EarlyStop given ? given : new EarlyStop(null, null, null);
    return new EarlyStop(
        own.maxKl(),
        signal.maxSpread() == null ? own.maxSpread() : signal.maxSpread(),
        own.minEntropy(),
        signal.maxKl() == null ? own.maxDrift() : signal.maxKl());
  }
}
