// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.util.List;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.policies.Policies;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;

/** The policy whose answers are compared: all that collecting feedback needs to know of one. */
public interface SampledPolicy extends AutoCloseable {

  /** One answer to each prompt; the randomness of the first is at this index of the stream. */
  List<SampledAnswer> answer(
      List<Prompt> prompts, SamplingSettings settings, RandomStream stream, long firstIndex);

  /** Tells the user what of the prompts so far the policy was not told, if anything. */
  default void note(StageContext context) {}

  @Override
  void close();

  /** Opens the policy of an artifact. */
  @FunctionalInterface
  interface Opener {
    SampledPolicy open(StageContext context, Artifact policy) throws IOException;
  }

  /** Opens a policy of this engine. */
  static SampledPolicy open(StageContext context, Artifact policy) throws IOException {
    AnswerSource source = Policies.open(context, policy);
    return new SampledPolicy() {
      @Override
      public List<SampledAnswer> answer(
          List<Prompt> prompts, SamplingSettings settings, RandomStream stream, long firstIndex) {
        return source.answer(prompts, settings, stream, firstIndex);
      }

      @Override
      public void note(StageContext notes) {
        source.note(notes);
      }

      @Override
      public void close() {
        source.close();
      }
    };
  }
}
