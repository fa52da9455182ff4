package org.plumbline.engine.lm;

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
  DROPOUT(11);

  private final int stream;

  RandomPurpose(int stream) {
    this.stream = stream;
  }

  int stream() {
    return stream;
  }
}
