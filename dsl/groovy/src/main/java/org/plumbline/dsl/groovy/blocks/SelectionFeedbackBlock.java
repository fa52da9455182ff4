package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Asks about what is learned most from. */
@SpecDsl
public final class SelectionFeedbackBlock extends ScriptBlock {
  private @Nullable String by;

  /** What makes a question worth asking. */
  public @Nullable String getBy() {
    return by;
  }

  /** What makes a question worth asking. */
  public void setBy(@Nullable String value) {
    by = value;
    put("by", value);
  }

  private @Nullable String reward;

  /** The ensemble that knows what is uncertain. */
  public @Nullable String getReward() {
    return reward;
  }

  /** The ensemble that knows what is uncertain. */
  public void setReward(@Nullable String value) {
    reward = value;
    put("reward", value);
  }

  private @Nullable Number candidates;

  /** Candidates that are scored for each question. */
  public @Nullable Number getCandidates() {
    return candidates;
  }

  /** Candidates that are scored for each question. */
  public void setCandidates(@Nullable Number value) {
    candidates = value;
    put("candidates", value);
  }

  private @Nullable Number random;

  /** Share of the questions that is drawn by chance, for unbiased measuring. */
  public @Nullable Number getRandom() {
    return random;
  }

  /** Share of the questions that is drawn by chance, for unbiased measuring. */
  public void setRandom(@Nullable Number value) {
    random = value;
    put("random", value);
  }
}
