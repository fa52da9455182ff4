package org.plumbline.engine.rlhf.rewards;

import java.util.List;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;

/** Says how good answers are. */
@FunctionalInterface
public interface RewardFunction {

  /**
   * Scores answers.
   *
   * @param prompts one per answer
   * @param answers what is scored
   */
  Scores score(List<Prompt> prompts, List<Answer> answers);

  /**
   * Scores of several answers.
   *
   * @param score one number per answer; higher is better
   * @param spread how unsure each score is: the deviation of an ensemble's members, or 0
   */
  record Scores(double[] score, double[] spread) {}
}
