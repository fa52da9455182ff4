// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.util.List;

/**
 * An entry of a section, with a name that others may refer to.
 *
 * @param path the keys that lead to it, its name last: {@code policies, ppo}
 * @param kind what kind it is of, as YAML spells it; empty if its section has no kinds, or it is
 *     not written yet
 * @param from where the name begins in the text
 * @param to the place after its last character
 */
record DeclaredName(List<String> path, String kind, int from, int to) {
  DeclaredName {
    path = List.copyOf(path);
  }

  /** The same of another kind. */
  DeclaredName of(String otherKind) {
    return new DeclaredName(path, otherKind, from, to);
  }

  String section() {
    return path.get(path.size() - 2);
  }

  String name() {
    return path.get(path.size() - 1);
  }
}
