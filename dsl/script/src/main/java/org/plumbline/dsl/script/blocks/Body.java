// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script.blocks;

/** What stands between the braces of a block. */
@ImplicitReceiver
@FunctionalInterface
public interface Body<B> {
  /** Sets the keys of the block. */
  void fill(B block);
}
