package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** A judge scores every answer under its principles; no reward model. */
@SpecDsl
public final class AiJudgeRewardBlock extends ScriptBlock {
  private @Nullable String judge;

  /** The judge. */
  public @Nullable String getJudge() {
    return judge;
  }

  /** The judge. */
  public void setJudge(@Nullable String value) {
    judge = value;
    put("judge", value);
  }

  private @Nullable String ask;

  /** What the judge is asked. */
  public @Nullable String getAsk() {
    return ask;
  }

  /** What the judge is asked. */
  public void setAsk(@Nullable String value) {
    ask = value;
    put("ask", value);
  }

  private @Nullable String against;

  /** The policy whose answer it is compared with, for {@code ask: compare}. */
  public @Nullable String getAgainst() {
    return against;
  }

  /** The policy whose answer it is compared with, for {@code ask: compare}. */
  public void setAgainst(@Nullable String value) {
    against = value;
    put("against", value);
  }
}
