// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;

/**
 * Answers of a policy that moments are estimated from.
 *
 * @param answers those to one prompt one after the other
 * @param each answers to each prompt
 */
record MomentSamples(List<Exchange> answers, int each) {
  /** Answers to each prompt, or more where there are few prompts. */
  private static final int EACH = 32;

  /** Draws as many as settings ask for, but for what cannot be divided among prompts. */
  static MomentSamples of(
      long seed, ConditionedPolicySpec.Gdc settings, LanguageModel policy, List<Prompt> prompts) {
    List<Prompt> distinct = prompts.stream().distinct().toList();
    int count = Math.max(1, Math.min(distinct.size(), settings.samples() / EACH));
    RandomStream stream = RandomStream.of(seed, RandomPurpose.MOMENT_SAMPLES, 0);
    int[] order = stream.at(1).permutation(distinct.size());
    List<Prompt> asked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      asked.add(distinct.get(order[i]));
    }
    int each = settings.samples() / count;
    List<Prompt> repeated = Prompt.repeated(asked, each);
    SamplingSettings drawn = Sampling.of(settings.sampling());
    return new MomentSamples(
        SampledAnswer.to(repeated, new ModelAnswers(policy).answer(repeated, drawn, stream, 0)),
        each);
  }
}
