// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.answers;

import java.util.ArrayList;
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

  /**
   * The same, with each prompt's randomness at an index of its own. Those that follow each other
   * are asked together, unless the policy can do better.
   *
   * @param indices of the prompts in the stream, rising
   */
  default List<SampledAnswer> answerAt(
      List<Prompt> prompts, SamplingSettings settings, RandomStream stream, long[] indices) {
    List<SampledAnswer> answers = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= indices.length; to++) {
      if (to == indices.length || indices[to] != indices[to - 1] + 1) {
        answers.addAll(answer(prompts.subList(from, to), settings, stream, indices[from]));
        from = to;
      }
    }
    return answers;
  }

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
