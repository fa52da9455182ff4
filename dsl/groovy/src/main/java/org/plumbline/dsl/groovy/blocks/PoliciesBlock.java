package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;

/** Policies: one method each. */
@SpecDsl
public final class PoliciesBlock extends ScriptBlock {
  /** Maximum likelihood of demonstrations; the loss is on the answers only. */
  public void supervised(String name, Body<? super SupervisedPolicyBlock> body) {
    kind(name, "supervised", new SupervisedPolicyBlock(), body);
  }

  /** Maximum likelihood of demonstrations; the loss is on the answers only. */
  public void supervised(
      String name,
      @DelegatesTo(value = SupervisedPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "supervised",
        new SupervisedPolicyBlock(),
        ScriptBlock.<SupervisedPolicyBlock>body(body));
  }

  /** Proximal policy optimisation against a reward, kept near a reference. */
  public void ppo(String name, Body<? super PpoPolicyBlock> body) {
    kind(name, "ppo", new PpoPolicyBlock(), body);
  }

  /** Proximal policy optimisation against a reward, kept near a reference. */
  public void ppo(
      String name,
      @DelegatesTo(value = PpoPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "ppo", new PpoPolicyBlock(), ScriptBlock.<PpoPolicyBlock>body(body));
  }

  /** Fits the policy to comparisons without a reward model. */
  public void dpo(String name, Body<? super DpoPolicyBlock> body) {
    kind(name, "dpo", new DpoPolicyBlock(), body);
  }

  /** Fits the policy to comparisons without a reward model. */
  public void dpo(
      String name,
      @DelegatesTo(value = DpoPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "dpo", new DpoPolicyBlock(), ScriptBlock.<DpoPolicyBlock>body(body));
  }

  /** Samples several answers and gives the one with the highest reward. */
  public void bestOfN(String name, Body<? super BestOfNPolicyBlock> body) {
    kind(name, "best_of_n", new BestOfNPolicyBlock(), body);
  }

  /** Samples several answers and gives the one with the highest reward. */
  public void bestOfN(
      String name,
      @DelegatesTo(value = BestOfNPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "best_of_n", new BestOfNPolicyBlock(), ScriptBlock.<BestOfNPolicyBlock>body(body));
  }

  /** Answers are criticised and revised under principles, then learned (constitutional AI). */
  public void critiqueRevision(String name, Body<? super CritiqueRevisionPolicyBlock> body) {
    kind(name, "critique_revision", new CritiqueRevisionPolicyBlock(), body);
  }

  /** Answers are criticised and revised under principles, then learned (constitutional AI). */
  public void critiqueRevision(
      String name,
      @DelegatesTo(value = CritiqueRevisionPolicyBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "critique_revision",
        new CritiqueRevisionPolicyBlock(),
        ScriptBlock.<CritiqueRevisionPolicyBlock>body(body));
  }
}
