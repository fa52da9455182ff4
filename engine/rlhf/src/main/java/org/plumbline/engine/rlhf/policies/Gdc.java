// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.policygradient.AdaptiveDpg;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Generation with distributional control: moves a policy as little as possible until features of
 * its answers appear as often as asked.
 *
 * <p>Khalifa, Elsahar, Dymetman, "A Distributional Approach to Controlled Text Generation", ICLR
 * 2021, arXiv:2012.11635, section 2 and algorithms 1 and 2. With ref the policy before training and
 * phi the features, the target is
 *
 * <pre>{@code
 * p(y|x) = ref(y|x) exp(lambda . phi(x, y)) [phi_k = m_k for moments m_k of 0 or 1] / Z(x)
 * E_p[phi] = m
 * }</pre>
 *
 * <p>of all distributions with these moments the one with the least KL(p, ref). lambda is found
 * from samples of ref ({@link org.plumbline.engine.rlhf.numerics.MomentFit}), and the policy
 * approaches p by {@link AdaptiveDpg}. A feature that is only ever 0 or 1 and is to be so always is
 * a condition on every answer (a pointwise constraint).
 *
 * <p>Choices the paper leaves open: with prompts there is one lambda for all, and moments are means
 * over prompts, of about 32 samples each; each update is one step on its answers; the target is of
 * what the models say at the sampling temperature.
 *
 * <p>Differs from the paper: lambda is found by Newton's steps; Z is estimated from the answers to
 * the prompt in the update, as Korbak et al., "Controlling Conditional Language Models without
 * Catastrophic Forgetting", ICML 2022, arXiv:2112.00791, do for prompts; a baseline takes off
 * noise.
 */
public final class Gdc implements Stage {

  @Override
  public String operation() {
    return "gdc";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public void run(StageContext context) throws IOException {
    ConditionedPolicySpec.Gdc settings = context.settings(ConditionedPolicySpec.Gdc.class);
    List<Prompt> prompts = DataSet.of(context, "prompts").prompts();
    try (LanguageModel start = Models.openModel(context, "from")) {
      MomentTarget target = MomentTarget.of(context, settings, start, prompts);
      AdaptiveDpg.train(
          context,
          new AdaptiveDpg.Settings(
              operation(),
              settings.schedule(),
              settings.groupSize(),
              settings.learningRate(),
              settings.sampling()),
          start,
          new AdaptiveDpg.Task(prompts, target, Map.of("moments", target.summary())));
    }
  }
}
