// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.words.Vocabulary;

/**
 * What is being written at a place of a spec, also of one that is only half written.
 *
 * @param path the keys and names that lead there, outermost first, as YAML has them: {@code
 *     policies, ppo, ppo}; if a value is written, with the key that it is for
 * @param value whether it is the value of the last key in {@code path}; else a key of the block
 *     that the path leads to
 * @param given the keys that stand before in the same block
 * @param words how a script spells the keys of that block; null in YAML, and where a script has no
 *     block of the language
 */
record Cursor(List<String> path, boolean value, Set<String> given, @Nullable Vocabulary words) {
  Cursor {
    path = List.copyOf(path);
    given = Set.copyOf(given);
  }
}
