// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Source;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.run.StageContext;

/**
 * The policies that answers come from, each by its share: which one gives an answer is drawn for
 * each answer, so that most pairs of two policies compare the two.
 *
 * <p>Which policy answers, and with what randomness, depends on the seed and the answer's index
 * only. With a single policy the answers are those of that policy alone.
 */
public final class PolicyMixture implements AutoCloseable {
  /** More than the times that an answer may be drawn anew. */
  private static final int ATTEMPTS = 16;

  private final long seed;
  private final List<String> names = new ArrayList<>();
  private final List<SampledPolicy> policies = new ArrayList<>();

  /** Where the part of the unit interval ends in which each of the others answers. */
  private final List<Double> ends = new ArrayList<>();

  private PolicyMixture(long seed) {
    this.seed = seed;
  }

  /**
   * An answer.
   *
   * @param by the policy that gave it; null where there is but one
   */
  public record Sourced(SampledAnswer answer, @Nullable String by) {}

  /**
   * The policies of a spec.
   *
   * @param of the one that answers where no source does
   * @param sources the others; null if there are none
   */
  public record Named(String of, @Nullable Map<String, Source> sources) {}

  /** Opens the policies of a spec; the one that answers for all whom no source does is first. */
  public static PolicyMixture open(StageContext context, SampledPolicy.Opener opener, Named named)
      throws IOException {
    PolicyMixture mixture = new PolicyMixture(context.seed());
    Map<String, Source> others = named.sources();
    Map<String, Source> sources = others == null ? Map.of() : others;
    try {
      mixture.add(named.of(), opener.open(context, context.input("of")));
      double end = 0;
      for (Map.Entry<String, Source> source : sources.entrySet()) {
        end += source.getValue().share();
        mixture.ends.add(end);
        mixture.add(
            source.getValue().of(),
            opener.open(context, context.input("sources." + source.getKey() + ".of")));
      }
      return mixture;
    } catch (IOException | RuntimeException e) {
      mixture.close();
      throw e;
    }
  }

  private void add(String name, SampledPolicy policy) {
    names.add(name);
    policies.add(policy);
  }

  /**
   * Answers each prompt once.
   *
   * @param attempt how often these answers were drawn before
   * @param firstIndex the first answer's index; those of the others follow
   */
  public List<Sourced> answer(
      List<Prompt> prompts, SamplingSettings settings, int attempt, long firstIndex) {
    Map<Integer, List<Integer>> byPolicy = new LinkedHashMap<>();
    for (int i = 0; i < prompts.size(); i++) {
      byPolicy.computeIfAbsent(policy(firstIndex + i), policy -> new ArrayList<>()).add(i);
    }
    Map<Integer, Sourced> answers = new TreeMap<>();
    for (Map.Entry<Integer, List<Integer>> own : byPolicy.entrySet()) {
      int policy = own.getKey();
      String by = ends.isEmpty() ? null : names.get(policy);
      List<Prompt> asked = own.getValue().stream().map(prompts::get).toList();
      List<SampledAnswer> given =
          policies
              .get(policy)
              .answer(asked, settings, stream(policy, attempt), rank(policy, firstIndex));
      for (int i = 0; i < given.size(); i++) {
        answers.put(own.getValue().get(i), new Sourced(given.get(i), by));
      }
    }
    return List.copyOf(answers.values());
  }

  /** The policy that answers where no source does. */
  public SampledPolicy first() {
    return policies.get(0);
  }

  /** The policy of an answer: the part of the unit interval that its number falls in. */
  private int policy(long index) {
    if (ends.isEmpty()) {
      return 0;
    }
    double draw = RandomStream.of(seed, RandomPurpose.ANSWER_SOURCE, 0).uniform(index);
    for (int i = 0; i < ends.size(); i++) {
      if (draw < ends.get(i)) {
        return i + 1;
      }
    }
    return 0;
  }

  /** How many answers before this one are of the same policy. */
  private long rank(int policy, long index) {
    if (ends.isEmpty()) {
      return index;
    }
    long rank = 0;
    for (long before = 0; before < index; before++) {
      rank += policy(before) == policy ? 1 : 0;
    }
    return rank;
  }

  private RandomStream stream(int policy, int attempt) {
    return policy == 0
        ? RandomStream.of(seed, RandomPurpose.ROLLOUT_TOKENS, attempt)
        : RandomStream.of(seed, RandomPurpose.SOURCE_TOKENS, policy * ATTEMPTS + attempt);
  }

  /** Tells the user what of the prompts so far the policies were not told, if anything. */
  public void note(StageContext context) {
    policies.forEach(policy -> policy.note(context));
  }

  @Override
  public void close() {
    policies.forEach(SampledPolicy::close);
  }
}
