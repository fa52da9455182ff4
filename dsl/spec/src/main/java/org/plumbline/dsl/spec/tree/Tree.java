// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Diagnostic;

/**
 * What a front end made of a text.
 *
 * @param root the outermost value; absent if the text could not be read at all
 * @param diagnostics what was wrong with its form
 */
public record Tree(@Nullable Node root, List<Diagnostic> diagnostics) {
  public Tree {
    diagnostics = List.copyOf(diagnostics);
  }
}
