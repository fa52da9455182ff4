// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.answers;

import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.run.StageContext;

/**
 * A policy that can be asked: a language model, or one that picks the best of its samples.
 *
 * <p>An answer depends on the policy, its prompt, the settings, the stream and its index there, and
 * on nothing else: not on the other prompts of the call. Made by {@link Policies#open}; used by one
 * thread.
 */
public interface AnswerSource extends AutoCloseable {

  /**
   * Answers each prompt once.
   *
   * @param firstIndex where in the stream the first prompt's randomness is; the others follow, so
   *     equal prompts get independent answers
   */
  List<SampledAnswer> answer(
      List<Prompt> prompts, SamplingSettings settings, RandomStream stream, long firstIndex);

  /** Tells the user what of the prompts so far the model was not told, if anything. */
  void note(StageContext context);

  /** The model that the answers' tokens are drawn from. */
  LanguageModel model();

  /** The temperature that the answers' tokens are drawn at. */
  double temperature(SamplingSettings settings);

  /**
   * The most by which choosing among samples raises the logarithm of an answer's probability over
   * that of drawing it; 0 if nothing is chosen.
   */
  double mostLogRatio();

  /**
   * The most by which choosing among samples moves the policy away from what the samples are drawn
   * from, in nats per answer; 0 if nothing is chosen.
   */
  double klBound();

  /** Frees the models. */
  @Override
  void close();
}
