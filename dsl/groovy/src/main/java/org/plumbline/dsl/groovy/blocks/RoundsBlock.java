package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes a recipe in rounds, with fresh feedback on the policy of the round before. */
@SpecDsl
public final class RoundsBlock extends ScriptBlock {
  private @Nullable String of;

  /** The recipe. */
  public @Nullable String getOf() {
    return of;
  }

  /** The recipe. */
  public void setOf(@Nullable String value) {
    of = value;
    put("of", value);
  }

  private @Nullable List<String> renew;

  /** Feedback that is collected anew in each round, on what the policy answers by then. */
  public @Nullable List<String> getRenew() {
    return renew;
  }

  /** Feedback that is collected anew in each round, on what the policy answers by then. */
  public void setRenew(@Nullable List<String> value) {
    renew = value;
    put("renew", value);
  }

  private @Nullable Number times;

  /** How many rounds. */
  public @Nullable Number getTimes() {
    return times;
  }

  /** How many rounds. */
  public void setTimes(@Nullable Number value) {
    times = value;
    put("times", value);
  }

  private @Nullable Number every;

  /** Updates between rounds; absent: all of them. */
  public @Nullable Number getEvery() {
    return every;
  }

  /** Updates between rounds; absent: all of them. */
  public void setEvery(@Nullable Number value) {
    every = value;
    put("every", value);
  }

  /** Renew when this is passed, in place of after so many updates. */
  public void signal(Body<? super SignalBlock> body) {
    put("signal", new SignalBlock(), body);
  }

  /** Renew when this is passed, in place of after so many updates. */
  public void signal(
      @DelegatesTo(value = SignalBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    put("signal", new SignalBlock(), ScriptBlock.<SignalBlock>body(body));
  }

  private @Nullable Number window;

  /** Rounds whose feedback the reward is fitted to; absent: all. */
  public @Nullable Number getWindow() {
    return window;
  }

  /** Rounds whose feedback the reward is fitted to; absent: all. */
  public void setWindow(@Nullable Number value) {
    window = value;
    put("window", value);
  }

  private @Nullable Boolean warmStart;

  /** Go on training the reward of the round before in place of starting anew. */
  public @Nullable Boolean getWarmStart() {
    return warmStart;
  }

  /** Go on training the reward of the round before in place of starting anew. */
  public void setWarmStart(@Nullable Boolean value) {
    warmStart = value;
    put("warm_start", value);
  }

  private @Nullable Number olderShare;

  /** Share of the answers that come from policies of earlier rounds. */
  public @Nullable Number getOlderShare() {
    return olderShare;
  }

  /** Share of the answers that come from policies of earlier rounds. */
  public void setOlderShare(@Nullable Number value) {
    olderShare = value;
    put("older_share", value);
  }
}
