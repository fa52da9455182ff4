// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.tree.Node;

/**
 * A spec as it stands in an editor, saved or not.
 *
 * @param uri how the editor calls it
 * @param path where it is, or would be
 * @param version the editor's number of this state of the text
 * @param lines the text
 * @param examined what was found in this text; null until it has been looked at
 * @param readable the last text that could be read at all, to know names from while one types
 */
record OpenSpec(
    String uri,
    Path path,
    int version,
    Lines lines,
    @Nullable Examined examined,
    @Nullable SpecResult readable) {

  /** What was found in a text. */
  record Examined(int version, List<org.plumbline.dsl.model.diagnostic.Diagnostic> diagnostics) {
    Examined {
      diagnostics = List.copyOf(diagnostics);
    }
  }

  String name() {
    return path.toString();
  }

  boolean script() {
    return name().endsWith(".groovy") || name().endsWith(".kts");
  }

  /** The folder that relative paths in it start from. */
  Path folder() {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }

  /** The same spec with another text. */
  OpenSpec with(int newVersion, String text) {
    return new OpenSpec(uri, path, newVersion, new Lines(text), examined, readable);
  }

  /** The same with what was found in it. */
  OpenSpec with(Examined found, SpecResult result) {
    boolean readableNow = result.tree().isPresent();
    return new OpenSpec(uri, path, version, lines, found, readableNow ? result : readable);
  }

  /** The names that it declares: as it stands, and as it was when it could last be read. */
  List<DeclaredName> declared() {
    String text = lines.text();
    Map<List<String>, DeclaredName> declared = new LinkedHashMap<>();
    for (DeclaredName name : script() ? ScriptBlocks.declared(text) : YamlBlocks.declared(text)) {
      declared.putIfAbsent(name.path(), name);
    }
    if (readable != null && readable.tree().orElse(null) instanceof Node.Mapping root) {
      Lines then = new Lines(readable.file().text());
      root.entries().forEach(section -> entries(then, section, declared));
    }
    return List.copyOf(declared.values());
  }

  private static void entries(
      Lines lines, Node.Entry section, Map<List<String>, DeclaredName> declared) {
    Optional<Type> type = Meaning.of(List.of(section.key())).map(Meaning::type);
    if (type.isPresent()
        && type.get() instanceof Type.MapOf map
        && section.value() instanceof Node.Mapping entries) {
      for (Node.Entry entry : entries.entries()) {
        List<String> path = List.of(section.key(), entry.key());
        String kind = map.value() instanceof Type.OneKind ? kind(entry.value()) : "";
        int from = lines.offset(lines.range(entry.keySpan()).getStart());
        int to = lines.offset(lines.range(entry.keySpan()).getEnd());
        declared.putIfAbsent(path, new DeclaredName(path, kind, from, to));
      }
    }
  }

  private static String kind(Node value) {
    return value instanceof Node.Mapping mapping && !mapping.entries().isEmpty()
        ? mapping.entries().get(0).key()
        : "";
  }

  /** What is being written where a word begins. */
  Optional<Cursor> cursor(WordAt word) {
    String before = lines.text().substring(0, word.quoted() ? word.from() - 1 : word.from());
    boolean key =
        lines.line(word.to()).substring(word.to() - lines.lineStart(word.to())).startsWith(":");
    return script() ? ScriptBlocks.after(before) : YamlBlocks.after(before, key);
  }

  /** The word at an offset. */
  WordAt word(int offset) {
    return WordAt.at(lines, offset);
  }
}
