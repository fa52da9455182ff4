// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.select;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Selection;
import org.plumbline.engine.rlhf.rewards.RewardModel;
import org.plumbline.engine.run.StageContext;

/**
 * Questions as a spec wants them: as they are drawn, or the more telling ones of several.
 *
 * @param <Q> what is asked about
 */
public final class SelectedQuestions<Q> implements QuestionSource<Q>, AutoCloseable {
  private static final String REWARD = "selection.reward";

  private final QuestionSource<Q> questions;
  private final @Nullable RewardModel reward;

  private SelectedQuestions(QuestionSource<Q> questions, @Nullable RewardModel reward) {
    this.questions = questions;
    this.reward = reward;
  }

  /**
   * Questions among these candidates.
   *
   * @param terms null for all as they come
   */
  public static <Q> SelectedQuestions<Q> of(
      StageContext context, @Nullable Selection terms, ActiveSelection.Candidates<Q> candidates)
      throws IOException {
    if (terms == null) {
      return new SelectedQuestions<>(candidates, null);
    }
    RewardModel reward = RewardModel.open(context.input(REWARD));
    return new SelectedQuestions<>(
        new ActiveSelection<>(terms, candidates, reward::byMember, context.seed()), reward);
  }

  @Override
  public List<Q> draw(int from, int to) {
    return questions.draw(from, to);
  }

  @Override
  public void close() {
    if (reward != null) {
      reward.close();
    }
  }
}
