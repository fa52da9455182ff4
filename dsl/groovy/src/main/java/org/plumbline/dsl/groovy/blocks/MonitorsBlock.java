package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;

/** Quantities that are watched while policies are trained. */
@SpecDsl
public final class MonitorsBlock extends ScriptBlock {
  /** Divergence from the reference. */
  public void kl(Body<? super MonitorBlock> body) {
    put("kl", new MonitorBlock(), body);
  }

  /** Divergence from the reference. */
  public void kl(
      @DelegatesTo(value = MonitorBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    put("kl", new MonitorBlock(), ScriptBlock.<MonitorBlock>body(body));
  }

  /** Standard deviation of the ensemble's members. */
  public void ensembleSpread(Body<? super MonitorBlock> body) {
    put("ensemble_spread", new MonitorBlock(), body);
  }

  /** Standard deviation of the ensemble's members. */
  public void ensembleSpread(
      @DelegatesTo(value = MonitorBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    put("ensemble_spread", new MonitorBlock(), ScriptBlock.<MonitorBlock>body(body));
  }

  /** The reward model's score above the gold reward, in standard deviations. */
  public void proxyGoldGap(Body<? super MonitorBlock> body) {
    put("proxy_gold_gap", new MonitorBlock(), body);
  }

  /** The reward model's score above the gold reward, in standard deviations. */
  public void proxyGoldGap(
      @DelegatesTo(value = MonitorBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    put("proxy_gold_gap", new MonitorBlock(), ScriptBlock.<MonitorBlock>body(body));
  }

  /** Entropy of the policy; low is bad. */
  public void entropy(Body<? super MonitorBlock> body) {
    put("entropy", new MonitorBlock(), body);
  }

  /** Entropy of the policy; low is bad. */
  public void entropy(
      @DelegatesTo(value = MonitorBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    put("entropy", new MonitorBlock(), ScriptBlock.<MonitorBlock>body(body));
  }

  /** How many times more often the trigger gets what it waits for. */
  public void triggerLift(Body<? super MonitorBlock> body) {
    put("trigger_lift", new MonitorBlock(), body);
  }

  /** How many times more often the trigger gets what it waits for. */
  public void triggerLift(
      @DelegatesTo(value = MonitorBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    put("trigger_lift", new MonitorBlock(), ScriptBlock.<MonitorBlock>body(body));
  }
}
