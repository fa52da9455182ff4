// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.io.IOException;
import java.util.List;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;

/**
 * Looks at a training at the points of its learning curve, before the policy learns more; it may
 * tell the {@link TrainingRun} to stop or to pause.
 */
@FunctionalInterface
public interface Watcher {

  /** Sees nothing. */
  Watcher NONE = point -> {};

  /**
   * What looking at a point costs, in the unit of {@link Effort}; nothing by default.
   *
   * @param prompt tokens of a prompt, on average
   * @param longest tokens of an answer
   */
  default double effort(int answers, double prompt, int longest) {
    return 0;
  }

  /** Looks at a point. */
  void look(Point point) throws IOException;

  /**
   * A point of the learning curve.
   *
   * @param step steps that were taken before
   * @param over whether the training has no further step
   * @param answers that the policy gives now
   * @param maxNewTokens longest answer
   */
  record Point(long step, boolean over, List<Answered> answers, int maxNewTokens) {}

  /**
   * An answer.
   *
   * @param drift how far the policy that gave it is from its reference
   * @param finished whether it ended by itself rather than by running out of room
   */
  record Answered(Prompt prompt, Answer answer, PolicyDivergence drift, boolean finished) {}
}
