// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.Locale;

/** What a person says when shown two answers. */
public enum PairChoice {
  FIRST,
  SECOND,
  EQUAL,
  SKIP;

  /** The word in {@code labels.jsonl}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  PairChoice flipped() {
    return switch (this) {
      case FIRST -> SECOND;
      case SECOND -> FIRST;
      case EQUAL -> EQUAL;
      case SKIP -> SKIP;
    };
  }
}
