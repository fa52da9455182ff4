package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Evaluators score every answer of the policy while it learns; no reward model. */
@SpecDsl
public final class DirectOversightRewardBlock extends ScriptBlock {
  private @Nullable String evaluators;

  /** Who scores. */
  public @Nullable String getEvaluators() {
    return evaluators;
  }

  /** Who scores. */
  public void setEvaluators(@Nullable String value) {
    evaluators = value;
    put("evaluators", value);
  }

  private @Nullable Number budget;

  /** Most that may be spent. */
  public @Nullable Number getBudget() {
    return budget;
  }

  /** Most that may be spent. */
  public void setBudget(@Nullable Number value) {
    budget = value;
    put("budget", value);
  }
}
