// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shape;

/**
 * The experiment in which names are looked up: the one of the spec, or a variant's. Two scopes are
 * equal only if they are the same object.
 */
final class NameScope {

  /**
   * Something that a name refers to.
   *
   * @param scope where it was looked up
   * @param section where it was found
   * @param name its name there
   * @param part of it that is meant, or empty
   * @param spec its record
   */
  record Entry(NameScope scope, Section section, String name, String part, Object spec) {}

  private final String label;
  private final Map<String, Map<String, Object>> sections = new HashMap<>();

  /**
   * The scope of an experiment.
   *
   * @param label the variant's name; empty for the experiment of the spec
   */
  @SuppressWarnings("unchecked")
  NameScope(String label, Experiment experiment) {
    this.label = label;
    Shape shape = Shape.of(Experiment.class);
    for (Section section : Section.values()) {
      shape
          .field(section.key())
          .map(field -> shape.read(experiment, field))
          .ifPresent(entries -> sections.put(section.key(), (Map<String, Object>) entries));
    }
  }

  String label() {
    return label;
  }

  /** The entry that a name in a key of this section refers to. */
  Entry find(Section section, String name) {
    return seek(section, name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the binder let a name pass that refers to no "
                        + section.noun()
                        + ": "
                        + name));
  }

  /** The entry that a name in a key of this section refers to, if there is one. */
  Optional<Entry> seek(Section section, String name) {
    Entry found = exact(section, name, "");
    int dot = name.lastIndexOf('.');
    if (found == null && dot > 0) {
      found = exact(section, name.substring(0, dot), name.substring(dot + 1));
    }
    return Optional.ofNullable(found);
  }

  private @Nullable Entry exact(Section section, String name, String part) {
    Section home = home(section);
    Object spec = entry(home, name);
    if (spec == null && section == Section.POLICIES_OR_MODELS) {
      home = Section.MODELS;
      spec = entry(home, name);
    }
    return spec == null ? null : new Entry(this, home, name, part, spec);
  }

  private static Section home(Section section) {
    return section == Section.POLICIES_OR_MODELS || section == Section.RECIPES
        ? Section.POLICIES
        : section;
  }

  private @Nullable Object entry(Section section, String name) {
    Map<String, Object> entries = sections.get(section.key());
    return entries == null ? null : entries.get(name);
  }
}
