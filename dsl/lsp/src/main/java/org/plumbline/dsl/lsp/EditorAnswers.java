// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SymbolKind;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.model.words.Vocabulary;
import org.plumbline.dsl.model.words.Word;

/** What stands at a place of a spec: its explanation, and where a name is declared. */
final class EditorAnswers {
  private EditorAnswers() {}

  /** The explanation of the key, kind, word or name at an offset. */
  static Optional<Hover> hover(OpenSpec spec, int offset) {
    WordAt word = spec.word(offset);
    String written = word.in(spec.lines());
    Optional<Cursor> cursor = written.isEmpty() ? Optional.empty() : spec.cursor(word);
    Optional<Meaning> meaning = cursor.flatMap(at -> Meaning.of(at.path()));
    if (cursor.isEmpty() || meaning.isEmpty()) {
      return Optional.empty();
    }
    String text =
        cursor.get().value()
            ? value(spec, meaning.get().alone(), written)
            : key(spec, cursor.get(), meaning.get(), written);
    Range range = spec.lines().range(word.from(), word.to());
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(new Hover(new MarkupContent(MarkupKind.MARKDOWN, text), range));
  }

  private static String key(OpenSpec spec, Cursor cursor, Meaning block, String written) {
    Vocabulary words = cursor.words();
    String key = words == null ? written : words.word(written).map(Word::key).orElse(written);
    if (block.type() instanceof Type.Block keys) {
      return keys.shape().field(key).map(Explained::key).orElse("");
    } else if (block.type() instanceof Type.OneKind kinds) {
      for (Shape kind : kinds.kinds()) {
        if (kind.kind().equals(key)) {
          return Explained.kind(kind);
        }
      }
    } else if (block.type() instanceof Type.MapOf) {
      return declaredAs(spec, written);
    }
    return "";
  }

  /** An entry where it is declared. */
  private static String declaredAs(OpenSpec spec, String name) {
    for (DeclaredName entry : spec.declared()) {
      if (entry.name().equals(name)) {
        return entry(entry);
      }
    }
    return "";
  }

  private static String entry(DeclaredName entry) {
    String kind = entry.kind().isEmpty() ? "" : ", `" + entry.kind() + "`";
    return "**`" + entry.name() + "`** in `" + entry.section() + "`" + kind;
  }

  private static String value(OpenSpec spec, Meaning meaning, String written) {
    List<String> lines = new ArrayList<>();
    declared(spec, meaning, written).ifPresent(entry -> lines.add(entry(entry)));
    Field field = meaning.field();
    if (field != null) {
      lines.add(Explained.key(field));
    }
    return String.join("\n\n---\n\n", lines);
  }

  private static Optional<DeclaredName> declared(OpenSpec spec, Meaning meaning, String written) {
    String name = written.replace(".held_out", "");
    return meaning.names(spec.declared()).stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst();
  }

  /** Where the name at an offset is declared. */
  static List<Location> declaration(OpenSpec spec, int offset) {
    WordAt word = spec.word(offset);
    return spec.cursor(word)
        .filter(Cursor::value)
        .flatMap(cursor -> Meaning.of(cursor.path()))
        .flatMap(meaning -> declared(spec, meaning.alone(), word.in(spec.lines())))
        .map(entry -> new Location(spec.uri(), spec.lines().range(entry.from(), entry.to())))
        .map(List::of)
        .orElse(List.of());
  }

  /** The entries of a spec, for an editor's outline. */
  static List<DocumentSymbol> outline(OpenSpec spec) {
    List<DocumentSymbol> symbols = new ArrayList<>();
    for (DeclaredName entry : spec.declared()) {
      if (entry.path().size() == 2) {
        Range range = spec.lines().range(entry.from(), entry.to());
        String detail = (entry.kind() + " in " + entry.section()).trim();
        symbols.add(
            new DocumentSymbol(entry.name(), SymbolKind.Object, range, range, detail, List.of()));
      }
    }
    return symbols;
  }
}
