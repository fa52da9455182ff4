// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.tree.Node;

/** What binding a whole spec gave. */
public final class Binding {
  final List<Diagnostic> diagnostics = new ArrayList<>();
  final List<Reference> references = new ArrayList<>();
  final Map<String, Map<String, Span>> names = new LinkedHashMap<>();
  final Map<String, BoundEntry> entries = new HashMap<>();
  final Places places;
  @Nullable Experiment experiment;

  /**
   * An entry of a section as it was bound, to be used again where a variant leaves it as it is.
   *
   * @param complete whether neither its name nor its value had an error
   */
  record BoundEntry(
      Node node,
      @Nullable Object value,
      boolean complete,
      List<Diagnostic> diagnostics,
      List<Reference> references) {}

  /** Looks up in {@code before} the places of entries that are taken over from there. */
  Binding(@Nullable Binding before) {
    this.places = new Places(before == null ? null : before.places);
  }

  /** What was wrong with single keys and values. */
  public List<Diagnostic> diagnostics() {
    return List.copyOf(diagnostics);
  }

  /** All names that stand for something declared elsewhere, also in entries that have errors. */
  public List<Reference> references() {
    return List.copyOf(references);
  }

  /** The names that a section declares with their places, also those whose entries have errors. */
  public Map<String, Span> names(String section) {
    return names.getOrDefault(section, Map.of());
  }

  /** Where records came from. */
  public Places places() {
    return places;
  }

  /**
   * The experiment without the entries that have errors; absent if there is no top level at all.
   */
  public @Nullable Experiment experiment() {
    return experiment;
  }
}
