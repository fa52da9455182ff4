package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;

/** Reward models fitted to feedback. */
@SpecDsl
public final class RewardsBlock extends ScriptBlock {
  /** A scalar head on a transformer, fitted to comparisons by logistic loss. */
  public void bradleyTerry(String name, Body<? super BradleyTerryRewardBlock> body) {
    kind(name, "bradley_terry", new BradleyTerryRewardBlock(), body);
  }

  /** A scalar head on a transformer, fitted to comparisons by logistic loss. */
  public void bradleyTerry(
      String name,
      @DelegatesTo(value = BradleyTerryRewardBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "bradley_terry",
        new BradleyTerryRewardBlock(),
        ScriptBlock.<BradleyTerryRewardBlock>body(body));
  }
}
