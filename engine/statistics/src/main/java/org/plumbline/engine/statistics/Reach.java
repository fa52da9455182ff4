// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/** How far a statement reaches: which numbers would be drawn anew if it were checked. */
public enum Reach {
  /** The policies that were trained, on new prompts. */
  POLICIES,
  /** The recipe: policies trained with new seeds, on new prompts. */
  RECIPE
}
