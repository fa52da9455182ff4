// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shape;

/**
 * Reads off the record of one entry what a node needs: which computed things and files it reads,
 * which declared things it carries, and its settings as they count for the key.
 *
 * <p>It knows shapes, and no record type by name: a new method needs nothing here.
 */
final class Walk {

  /** The scope that the names below a key of the settings are looked up in. */
  @FunctionalInterface
  interface Scopes {
    NameScope of(String key);
  }

  private final Scopes scopes;
  private final Map<String, List<NameScope.Entry>> references = new TreeMap<>();
  private final Map<String, NamedFile> files = new TreeMap<>();
  private final Map<String, Map<String, Object>> declared = new TreeMap<>();
  private final Deque<String> path = new ArrayDeque<>();
  private Map<String, Object> settings;

  Walk(Object spec, Scopes scopes) {
    this.scopes = scopes;
    this.settings = PlainData.sorted(keys(spec, ""));
  }

  /** Adds what another record needs, whose keys are all different. */
  void add(Walk other) {
    Map<String, Object> both = new TreeMap<>(settings);
    both.putAll(other.settings);
    settings = PlainData.sorted(both);
    references.putAll(other.references);
    files.putAll(other.files);
    other.declared.forEach(
        (section, entries) ->
            declared.computeIfAbsent(section, key -> new TreeMap<>()).putAll(entries));
  }

  /** Carries plain data that do not count for the key. */
  void carry(String section, String name, Map<String, Object> plain) {
    declared.computeIfAbsent(section, key -> new TreeMap<>()).put(name, PlainData.sorted(plain));
  }

  /** The settings as they count for the key: declared things in place of their names. */
  Map<String, Object> settings() {
    return settings;
  }

  /**
   * The computed things that are read, by the key of the settings that names them, or by section
   * and name ({@code models.critic}) where a declared thing does.
   */
  Map<String, List<NameScope.Entry>> references() {
    return references;
  }

  /** The files and folders that are read, by the key of the settings that names them. */
  Map<String, NamedFile> files() {
    return files;
  }

  /** The plain data of all declared things that are referred to: section, name, data. */
  Map<String, Map<String, Object>> declared() {
    return declared;
  }

  private Map<String, Object> keys(Object block, String at) {
    Shape shape = Shape.of(block.getClass());
    Map<String, Object> plain = Canonical.keys(block);
    Map<String, Object> counted = new LinkedHashMap<>();
    for (Field field : shape.fields()) {
      Object value = shape.read(block, field);
      Object written = plain.get(field.name());
      if (value == null || written == null) {
        continue;
      }
      String here = at.isEmpty() ? field.name() : at + "." + field.name();
      if (field.refers() != null && field.refers() != Section.FEATURES) {
        follow(field.refers(), value, here).forEach(found -> merge(counted, field.name(), found));
      } else if (field.path() != null) {
        files.put(here, new NamedFile((String) value, here, field.path()));
      } else {
        counted.put(field.name(), counted(value, written, here));
      }
    }
    return counted;
  }

  /** One declared thing stands for its name; several stand for a list of names. */
  private static void merge(Map<String, Object> counted, String key, Object found) {
    Object before = counted.get(key);
    if (before == null) {
      counted.put(key, found);
    } else {
      List<Object> several =
          new ArrayList<>(before instanceof List<?> list ? list : List.of(before));
      several.add(found);
      counted.put(key, several);
    }
  }

  private List<Object> follow(Section section, Object names, String here) {
    List<Object> found = new ArrayList<>();
    for (Object name : names instanceof List<?> list ? list : List.of(names)) {
      NameScope.Entry entry = scopes.of(here).find(section, (String) name);
      String place = entry.section().key() + "." + entry.name();
      if (!Shape.of(entry.spec().getClass()).declared()) {
        if (path.isEmpty()) {
          references.computeIfAbsent(here, key -> new ArrayList<>()).add(entry);
        } else {
          read(place, entry);
          found.add(place);
        }
        continue;
      }
      if (path.contains(place)) {
        throw new IllegalStateException("the binder let a circle of names pass at " + name);
      }
      path.push(place);
      declared
          .computeIfAbsent(entry.section().key(), key -> new TreeMap<>())
          .put(entry.name(), PlainData.sorted(Canonical.of(entry.spec())));
      found.add(block(entry.spec(), here));
      path.pop();
    }
    return found;
  }

  /** What a declared thing names is read once, however many ways lead there. */
  private void read(String role, NameScope.Entry entry) {
    List<NameScope.Entry> read = references.computeIfAbsent(role, key -> new ArrayList<>());
    if (!read.contains(entry)) {
      read.add(entry);
    }
  }

  private Object block(Object block, String here) {
    String kind = Shape.of(block.getClass()).kind();
    return kind.isEmpty() ? keys(block, here) : Map.of(kind, keys(block, here + "." + kind));
  }

  private Object counted(Object value, Object written, String here) {
    if (value instanceof Record) {
      return block(value, here);
    } else if (value instanceof Map<?, ?> map && written instanceof Map<?, ?> texts) {
      Map<String, Object> counted = new LinkedHashMap<>();
      map.forEach(
          (name, item) ->
              counted.put(
                  (String) name,
                  counted(item, Objects.requireNonNull(texts.get(name)), here + "." + name)));
      return counted;
    } else if (value instanceof List<?> list && written instanceof List<?> texts) {
      List<Object> counted = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        counted.add(counted(list.get(i), texts.get(i), here + "." + i));
      }
      return counted;
    }
    return written;
  }
}
