// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.spec.tree.PastedMarks;

/**
 * What a compiler makes of a script.
 *
 * @param archive its classes; null if there are errors
 * @param errors what the compiler says
 * @param idle the statements that change nothing
 */
public record CompiledScript(
    byte @Nullable [] archive, List<CompileError> errors, List<IdleStatement> idle) {

  /** All that is wrong with it, in the order of the text; one mistake is said once. */
  public List<Diagnostic> diagnostics(SourceFile file) {
    Optional<Diagnostic> pasted = archive == null ? PastedMarks.find(file) : Optional.empty();
    if (pasted.isPresent()) {
      return List.of(pasted.get()); // nothing around it can be relied upon
    }
    List<Diagnostic> statements = IdleStatements.of(file, idle);
    Set<Integer> sure = clear(statements);
    Set<Integer> unsure = new HashSet<>();
    List<Diagnostic> found = new ArrayList<>();
    for (Diagnostic diagnostic : ScriptErrors.of(file, errors)) {
      if (!sure.contains(line(diagnostic))) {
        unsure.add(line(diagnostic));
        found.add(diagnostic);
      }
    }
    if (archive != null) {
      for (Diagnostic diagnostic : ScriptReach.of(file, archive)) {
        unsure.add(line(diagnostic));
        found.add(diagnostic);
      }
    }
    for (Diagnostic diagnostic : statements) {
      if (!unsure.contains(line(diagnostic))) {
        found.add(diagnostic);
      }
    }
    found.sort(Comparator.comparing(diagnostic -> diagnostic.primary().start()));
    return found;
  }

  /** The lines of which no compiler can know better. */
  private static Set<Integer> clear(List<Diagnostic> idle) {
    Set<Integer> lines = new HashSet<>();
    for (Diagnostic diagnostic : idle) {
      boolean clear = diagnostic.fixes().stream().anyMatch(fix -> fix.replacement() != null);
      if (clear) {
        lines.add(line(diagnostic));
      }
    }
    return lines;
  }

  private static int line(Diagnostic diagnostic) {
    return diagnostic.primary().start().line();
  }
}
