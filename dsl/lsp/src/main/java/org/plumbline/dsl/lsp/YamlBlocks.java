// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Type;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The blocks of a spec in YAML, as its parser tells of them one after another: what comes after a
 * place, or after a mistake, need not be right.
 */
final class YamlBlocks {
  private static final String MARK = "\u2038plumb\u2038";

  private static final class Open {
    final boolean mapping;
    final Set<String> given = new LinkedHashSet<>();
    @Nullable String key;

    Open(boolean mapping) {
      this.mapping = mapping;
    }

    void valueEnds() {
      if (key != null) {
        given.add(key);
        key = null;
      }
    }
  }

  private final Deque<Open> open = new ArrayDeque<>();
  private final List<DeclaredName> declared = new ArrayList<>();
  private @Nullable Cursor cursor;

  private YamlBlocks(String text) {
    LoadSettings settings =
        LoadSettings.builder().setUseMarks(true).setCodePointLimit(Integer.MAX_VALUE).build();
    Lines lines = new Lines(text);
    try {
      Iterator<Event> events = new Parse(settings).parseString(text).iterator();
      while (events.hasNext() && cursor == null) {
        step(lines, events.next());
      }
    } catch (YamlEngineException | StackOverflowError e) {
      return; // the diagnostics say what is wrong there
    }
  }

  /** The names that a spec declares, up to the first mistake of form. */
  static List<DeclaredName> declared(String text) {
    return List.copyOf(new YamlBlocks(text).declared);
  }

  /**
   * What is being written after a text: a word that nobody writes is put there, and the parser says
   * what it is.
   *
   * @param before the text before the word, without an opening quote
   * @param key whether it is a key, as far as one sees
   * @return empty if the text before is broken
   */
  static Optional<Cursor> after(String before, boolean key) {
    // A value may stand alone; a key of a block only with its colon.
    String value = before + MARK;
    Cursor first = new YamlBlocks(key ? value + ": " : value).cursor;
    return Optional.ofNullable(
        first != null ? first : new YamlBlocks(key ? value : value + ": ").cursor);
  }

  private void step(Lines lines, Event event) {
    if (event instanceof CollectionStartEvent) {
      open.push(new Open(event instanceof MappingStartEvent));
    } else if (event instanceof CollectionEndEvent) {
      open.pop();
      valueEnds();
    } else if (event instanceof AliasEvent) {
      valueEnds();
    } else if (event instanceof ScalarEvent scalar) {
      scalar(lines, scalar);
    }
  }

  private void scalar(Lines lines, ScalarEvent scalar) {
    Open top = open.peek();
    if (scalar.getValue().contains(MARK)) {
      cursor = cursor();
    } else if (top != null && top.mapping && top.key == null) {
      top.key = scalar.getValue();
      key(lines, scalar);
    } else {
      valueEnds();
    }
  }

  /** A key may be the name of an entry, or the kind of the entry that was named before. */
  private void key(Lines lines, ScalarEvent scalar) {
    List<String> path = path();
    List<String> outer = path.subList(0, path.size() - 1);
    if (path.size() > 4 || path.size() < 2) {
      return;
    }
    Optional<Type> type = Meaning.of(outer).map(Meaning::type);
    if (type.isPresent() && type.get() instanceof Type.MapOf) {
      int from =
          scalar
              .getStartMark()
              .map(mark -> lines.offset(mark.getLine(), mark.getColumn()))
              .orElse(0);
      int to =
          scalar.getEndMark().map(mark -> lines.offset(mark.getLine(), mark.getColumn())).orElse(0);
      declared.add(new DeclaredName(path, "", from, to));
    } else if (type.isPresent() && type.get() instanceof Type.OneKind && !declared.isEmpty()) {
      DeclaredName last = declared.get(declared.size() - 1);
      if (last.path().equals(outer)) {
        declared.set(declared.size() - 1, last.of(scalar.getValue()));
      }
    }
  }

  private void valueEnds() {
    Open top = open.peek();
    if (top != null) {
      top.valueEnds();
    }
  }

  private List<String> path() {
    List<String> path = new ArrayList<>();
    open.descendingIterator()
        .forEachRemaining(
            block -> {
              if (block.key != null) {
                path.add(block.key);
              }
            });
    return path;
  }

  private Cursor cursor() {
    Open top = open.peek();
    boolean key = top != null && top.mapping && top.key == null;
    return new Cursor(path(), !key && top != null, key ? top.given : Set.of(), null);
  }
}
