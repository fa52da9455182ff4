// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.InsertTextFormat;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.plumbline.dsl.model.file.FileKind;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.model.words.Vocabulary;
import org.plumbline.dsl.model.words.Word;

/** What may be written at a place of a spec: keys, kinds, words, names and paths. */
final class Completions {
  private static final int MOST_FILES = 500;

  private final OpenSpec spec;
  private final WordAt word;
  private final boolean snippets;
  private final List<CompletionItem> items = new ArrayList<>();

  private Completions(OpenSpec spec, WordAt word, boolean snippets) {
    this.spec = spec;
    this.word = word;
    this.snippets = snippets;
  }

  /**
   * What may be written at an offset, what is needed first.
   *
   * @param snippets whether the editor knows texts with places to fill in
   */
  static List<CompletionItem> at(OpenSpec spec, int offset, boolean snippets) {
    WordAt word = spec.word(offset);
    Completions completions = new Completions(spec, word, snippets);
    Optional<Cursor> cursor = spec.cursor(word);
    Optional<Meaning> meaning = cursor.flatMap(at -> Meaning.of(at.path()));
    if (cursor.isPresent() && meaning.isPresent()) {
      completions.add(cursor.get(), meaning.get());
    }
    return List.copyOf(completions.items);
  }

  private void add(Cursor cursor, Meaning meaning) {
    Vocabulary words = cursor.words();
    if (words != null) {
      words.words().forEach(key -> scriptWord(key, meaning, cursor.given()));
    } else if (!cursor.value() || (meaning.holdsKeys() && !spec.script() && onLineOfItsOwn())) {
      keys(meaning.type(), cursor.given());
    } else {
      value(cursor.path(), meaning.alone());
    }
  }

  /** Whether nothing but blanks stands before the word: a block below its key, not beside it. */
  private boolean onLineOfItsOwn() {
    int start = spec.lines().lineStart(word.from());
    return spec.lines().text().substring(start, word.from()).isBlank();
  }

  private void keys(Type type, Set<String> given) {
    if (type instanceof Type.Block block) {
      for (Field field : block.shape().fields()) {
        if (!given.contains(field.name())) {
          key(field.name(), field, written(field));
        }
      }
    } else if (type instanceof Type.OneKind kinds && given.isEmpty()) {
      for (Shape kind : kinds.kinds()) {
        CompletionItem item = item(kind.kind(), kind.kind() + ":", CompletionItemKind.Class);
        item.setDetail(kind.doc());
        item.setDocumentation(markdown(Explained.kind(kind)));
      }
    }
  }

  /** A key with its colon, and a blank where a value follows on the same line. */
  private static String written(Field field) {
    Type type = field.type();
    boolean below =
        type instanceof Type.Block || type instanceof Type.OneKind || type instanceof Type.MapOf;
    return field.name() + (below ? ":" : ": ");
  }

  private void key(String label, Field field, String text) {
    CompletionItem item = item(label, text, CompletionItemKind.Property);
    item.setDetail(Explained.value(field));
    item.setDocumentation(markdown(Explained.key(field)));
    item.setSortText((field.required() ? "0" : field.later() ? "2" : "1") + item.getSortText());
  }

  private void scriptWord(Word key, Meaning block, Set<String> given) {
    boolean once = key.form() == Word.Form.PROPERTY || key.form() == Word.Form.BLOCK;
    if (once && given.contains(key.key())) {
      return;
    }
    String plain = key.word();
    String text =
        switch (key.form()) {
          case PROPERTY -> plain + " = ";
          case BLOCK, SECTION, CHOICE -> snippets ? plain + " {\n\t$0\n}" : plain;
          case ENTRY, KIND -> snippets ? plain + "(\"${1:name}\")" + body(key) : plain;
        };
    Optional<Field> field =
        block.type() instanceof Type.Block keys ? keys.shape().field(key.key()) : Optional.empty();
    if (field.isPresent()) {
      key(plain, field.get(), text);
    } else {
      CompletionItem item = item(plain, text, CompletionItemKind.Class);
      item.setDetail(key.doc());
      if (key.type() instanceof Type.Block kind) {
        item.setDocumentation(markdown(Explained.kind(kind.shape())));
      }
    }
    boolean snippet = snippets && key.form() != Word.Form.PROPERTY;
    items
        .get(items.size() - 1)
        .setInsertTextFormat(snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText);
  }

  private static String body(Word key) {
    return key.block().isPresent() ? " {\n\t$0\n}" : "$0";
  }

  private void value(List<String> path, Meaning meaning) {
    Field field = meaning.field();
    for (DeclaredName name : meaning.names(spec.declared())) {
      if (path.size() > 2 && path.subList(0, 2).equals(name.path())) {
        continue; // nothing comes from itself
      }
      CompletionItem item = item(name.name(), quoted(name.name()), CompletionItemKind.Reference);
      item.setDetail((name.kind() + " in " + name.section()).trim());
    }
    if (meaning.type() instanceof Type.Flag) {
      List.of("true", "false").forEach(flag -> item(flag, flag, CompletionItemKind.Value));
    } else if (meaning.type() instanceof Type.Choice choice) {
      choice
          .constants()
          .forEach(
              (text, constant) -> {
                CompletionItem item = item(text, quoted(text), CompletionItemKind.EnumMember);
                item.setDetail(Shape.docOf(constant));
              });
    } else if (field != null && field.path() != null) {
      paths(field.path());
    }
  }

  /** In a script texts stand between quotes. */
  private String quoted(String text) {
    return spec.script() && !word.quoted() ? "\"" + text + "\"" : text;
  }

  private void paths(FileKind wanted) {
    String begun = word.in(spec.lines());
    String above = begun.substring(0, begun.lastIndexOf('/') + 1);
    try (Stream<Path> found = Files.list(spec.folder().resolve(above))) {
      found
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted(Comparator.comparing(Path::toString))
          .limit(MOST_FILES)
          .forEach(path -> path(path, above, wanted));
    } catch (IOException | InvalidPathException e) {
      return; // nothing there to offer, which `check` says of what is written
    }
  }

  private void path(Path path, String above, FileKind wanted) {
    FileKind kind = FileKind.of(path);
    boolean folder = kind == FileKind.FOLDER;
    if (folder || kind == wanted) {
      String name = above + path.getFileName() + (folder ? "/" : "");
      CompletionItemKind shown = folder ? CompletionItemKind.Folder : CompletionItemKind.File;
      item(name, quoted(name), shown);
    }
  }

  private CompletionItem item(String label, String text, CompletionItemKind kind) {
    CompletionItem item = new CompletionItem(label);
    item.setKind(kind);
    item.setFilterText(label);
    item.setSortText(String.format("%04d", items.size()));
    TextEdit edit = new TextEdit(spec.lines().range(word.from(), word.to()), text);
    item.setTextEdit(Either.forLeft(edit));
    items.add(item);
    return item;
  }

  private static MarkupContent markdown(String text) {
    return new MarkupContent(MarkupKind.MARKDOWN, text);
  }
}
