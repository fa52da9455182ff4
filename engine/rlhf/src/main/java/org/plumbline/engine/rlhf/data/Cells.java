// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import java.util.Set;

/**
 * What the values of a file are.
 *
 * @param texts whether all are texts, so that numbers and lists stand in them
 * @param messages of a file of texts, the columns that hold lists of messages
 */
record Cells(boolean texts, Set<String> messages) {
  /** Values with types of their own. */
  static final Cells TYPED = new Cells(false, Set.of());

  Cells {
    messages = Set.copyOf(messages);
  }

  /** Nothing but texts. */
  static Cells texts(Set<String> messages) {
    return new Cells(true, messages);
  }
}
