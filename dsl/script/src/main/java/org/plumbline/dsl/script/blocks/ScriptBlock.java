// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script.blocks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is common to all blocks of a script. */
@SpecDsl
public interface ScriptBlock {

  /** A list; the same word in Groovy and in Kotlin. */
  @SuppressWarnings("unchecked")
  <T extends @Nullable Object> List<T> listOf(T... items);
}
