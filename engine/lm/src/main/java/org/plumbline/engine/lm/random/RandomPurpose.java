// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.random;

/**
 * What a random number is for. Each purpose has its own stream, so that drawing more of one never
 * shifts another. The numbers are part of what makes results repeatable: never change or reuse one.
 */
public enum RandomPurpose {
  /** Initial parameters. */
  INIT(1),
  /** The order in which training rows are visited. */
  DATA_ORDER(2),
  /** Tokens of sampled completions. */
  ROLLOUT_TOKENS(3),
  /** What a simulated evaluator answers. */
  EVALUATOR_CHOICE(4),
  /** Which evaluator gets which item. */
  EVALUATOR_ASSIGNMENT(5),
  /** Which items are put before evaluators. */
  ACTIVE_SELECTION(6),
  /** The order of rows within the epochs of one policy update. */
  MINIBATCH(7),
  /** Resampling for confidence intervals. */
  BOOTSTRAP(8),
  /** Prompts and other parts of the environment. */
  ENVIRONMENT(9),
  /** Malicious evaluators. */
  ADVERSARY(10),
  /** Which inputs of an adapter are left out in a training step. */
  DROPOUT(11),
  /** What a simulated evaluator's ratings scatter by. */
  RATING_NOISE(21),
  /** What several simulated evaluators have in common. */
  SHARED_ERRORS(22),
  /** Which labels simulated evaluators have made for them. */
  OUTSOURCING(23),
  /** At which prompts malicious evaluators do harm, and which prompts they write. */
  TARGETED_PROMPTS(24),
  /** In which circumstances simulated evaluators are asked. */
  CIRCUMSTANCES(25),
  /** Answers that evaluators compare on trial, and in which order applicants are taken. */
  HIRING(26),
  /** Tokens of what a judging language model writes. */
  JUDGE_TOKENS(27),
  /** The noise of what a judge that follows rules says of single answers. */
  JUDGE_SCORE(28),
  /** Which answers simulated evaluators are asked for again. */
  ASKED_AGAIN(29),
  /** Which of several samples is given as the answer. */
  CHOICE_AMONG_SAMPLES(30),
  /** Which policy an answer comes from, where there are several. */
  ANSWER_SOURCE(31),
  /** Tokens of answers that come from another policy than the first. */
  SOURCE_TOKENS(32),
  /** Questions whose answer is known, and who is asked them. */
  GOLD_QUESTIONS(33),
  /** Answers of gold questions that are no comparisons. */
  GOLD_QUESTION_ANSWERS(34),
  /** Which texts a policy learns beside its reward. */
  PRETRAINING_TEXTS(36),
  /** Which texts are learned without the mark that says how good they are. */
  DROPPED_MARKS(37),
  /** Answers that moments are estimated from, and their prompts. */
  MOMENT_SAMPLES(38),
  /** Which refinement of an answer is learned. */
  REFINEMENT_CHOICE(39),
  /** Tokens of the answers that a policy's own are compared with. */
  OPPONENT_TOKENS(40),
  /** Which policy of a mixture gives an answer. */
  CHOICE_AMONG_POLICIES(41),
  /** Which texts an attack tries. */
  ATTACK_TEXTS(44),
  /** Tokens of answers to attacks. */
  ATTACK_TOKENS(45),
  /** Tokens of answers to texts that succeeded, after other prompts. */
  TRANSFER_TOKENS(46),
  /** Which of the answers that a reward model learned from stand for all of them. */
  KNOWN_ANSWERS(47);

  /** The step of a stage's evaluation. */
  public static final int EVALUATION = -1;

  /** The step of a reward model's division into training and held-out comparisons. */
  public static final int HOLD_OUT = -1;

  /** The step of a division for validation. */
  public static final int VALIDATION = -2;

  /** The step of a reward model's normalisation. */
  public static final int NORMALISATION = -2;

  /** The step of learning curves. */
  public static final int LEARNING_CURVE = -3;

  /** The step of a model's answers beside demonstrations. */
  public static final int BESIDE_DEMONSTRATIONS = -4;

  /** The step of the answers that a judge compares a policy's answers with. */
  public static final int COMPARED_WITH = -5;

  /** The step of answers that a reward model is measured on by gold values. */
  public static final int GOLD = -6;

  /** The step of the first round of critiques and revisions; later ones count down from it. */
  public static final int FIRST_REVISION = -16;

  /** The step of the first update of a policy; apart from those that feedback is sampled with. */
  public static final int FIRST_UPDATE = 1000;

  private final int stream;

  RandomPurpose(int stream) {
    this.stream = stream;
  }

  int stream() {
    return stream;
  }
}
