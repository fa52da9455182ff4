// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

/** What a stage reads of the rows of a data set. */
public enum RowUse {
  /** The prompts, whatever else stands beside them. */
  PROMPTS("`prompt`"),
  /** Prompts with an answer each. */
  DEMONSTRATIONS("`prompt` and `completion`"),
  /** Texts, or prompts with an answer each. */
  TEXTS_TO_LEARN("`text`, or `prompt` and `completion`"),
  /** Prompts with a preferred and a rejected answer. */
  PREFERENCES("`chosen` and `rejected`");

  private final String needs;

  RowUse(String needs) {
    this.needs = needs;
  }

  /** The columns that it needs, in words. */
  public String needs() {
    return needs;
  }

  /** Whether rows of a shape will do. */
  public boolean reads(RowShape shape) {
    return switch (this) {
      case PROMPTS -> shape != RowShape.TEXT;
      case DEMONSTRATIONS -> shape.demonstrates();
      case TEXTS_TO_LEARN -> shape == RowShape.TEXT || shape.demonstrates();
      case PREFERENCES -> shape == RowShape.PREFERENCE;
    };
  }
}
