// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script.blocks;

import java.util.List;

/** What is common to all blocks of a script. */
@SpecDsl
public interface ScriptBlock {

  /** A list; the same word in Groovy and in Kotlin. */
  @SuppressWarnings("unchecked")
  <T> List<T> listOf(T... items);
}
