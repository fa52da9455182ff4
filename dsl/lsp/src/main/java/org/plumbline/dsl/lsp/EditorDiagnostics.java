// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.plumbline.dsl.model.diagnostic.Fix;
import org.plumbline.dsl.model.diagnostic.SpanLabel;

/** Diagnostics as an editor wants them. */
final class EditorDiagnostics {
  private EditorDiagnostics() {}

  /** What was found in a spec; what is about another file stands at the top. */
  static List<Diagnostic> of(OpenSpec spec) {
    List<Diagnostic> all = new ArrayList<>();
    for (var found : found(spec)) {
      all.add(of(spec, found));
    }
    return all;
  }

  private static List<org.plumbline.dsl.model.diagnostic.Diagnostic> found(OpenSpec spec) {
    OpenSpec.Examined examined = spec.examined();
    return examined == null || examined.version() != spec.version()
        ? List.of()
        : examined.diagnostics();
  }

  private static Diagnostic of(OpenSpec spec, org.plumbline.dsl.model.diagnostic.Diagnostic found) {
    Diagnostic diagnostic = new Diagnostic(range(spec, found), text(spec, found));
    diagnostic.setCode(found.code().name());
    diagnostic.setSource("plumb");
    diagnostic.setSeverity(
        switch (found.severity()) {
          case ERROR -> DiagnosticSeverity.Error;
          case WARNING -> DiagnosticSeverity.Warning;
          case NOTE -> DiagnosticSeverity.Information;
        });
    List<DiagnosticRelatedInformation> related = new ArrayList<>();
    for (SpanLabel label : found.related()) {
      if (here(spec, label.span())) {
        Location place = new Location(spec.uri(), spec.lines().range(label.span()));
        related.add(new DiagnosticRelatedInformation(place, label.text()));
      }
    }
    diagnostic.setRelatedInformation(related);
    return diagnostic;
  }

  private static boolean here(OpenSpec spec, org.plumbline.dsl.model.diagnostic.Span span) {
    return span.file().name().equals(spec.name());
  }

  private static Range range(OpenSpec spec, org.plumbline.dsl.model.diagnostic.Diagnostic found) {
    return here(spec, found.primary())
        ? spec.lines().range(found.primary())
        : spec.lines().range(0, 0);
  }

  /** The message, then what is at the place, notes and advice, a line each. */
  private static String text(OpenSpec spec, org.plumbline.dsl.model.diagnostic.Diagnostic found) {
    List<String> lines = new ArrayList<>();
    String elsewhere = here(spec, found.primary()) ? "" : found.primary() + ": ";
    lines.add(elsewhere + found.message());
    if (!found.label().isEmpty()) {
      lines.add(found.label());
    }
    found.notes().forEach(note -> lines.add("note: " + note));
    found.fixes().forEach(fix -> lines.add("help: " + fix.help()));
    return String.join("\n", lines);
  }

  /** The changes that diagnostics in a range propose. */
  static List<CodeAction> fixes(OpenSpec spec, Range range) {
    List<CodeAction> actions = new ArrayList<>();
    int from = spec.lines().offset(range.getStart());
    int to = spec.lines().offset(range.getEnd());
    for (var found : found(spec)) {
      Range place = range(spec, found);
      boolean touches =
          spec.lines().offset(place.getStart()) <= to
              && spec.lines().offset(place.getEnd()) >= from;
      for (Fix fix : found.fixes()) {
        if (touches && here(spec, found.primary()) && fix.replacement() != null) {
          CodeAction action = new CodeAction(fix.help());
          action.setKind(CodeActionKind.QuickFix);
          action.setDiagnostics(List.of(of(spec, found)));
          TextEdit edit = new TextEdit(place, fix.replacement());
          action.setEdit(new WorkspaceEdit(Map.of(spec.uri(), List.of(edit))));
          actions.add(action);
        }
      }
    }
    return actions;
  }
}
