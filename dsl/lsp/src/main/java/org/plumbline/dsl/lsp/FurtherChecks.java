// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.nio.file.Path;
import java.util.List;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.spec.SpecResult;

/** What else there is to say about a spec that was read: whether its files are there, say. */
@FunctionalInterface
public interface FurtherChecks {

  /** Reading and no more. */
  FurtherChecks NONE = (result, folder) -> List.of();

  /**
   * Looks at a spec.
   *
   * @param folder where its relative paths start
   */
  List<Diagnostic> of(SpecResult result, Path folder);
}
