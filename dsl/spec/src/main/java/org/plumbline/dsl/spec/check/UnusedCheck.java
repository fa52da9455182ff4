// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.bind.Binding;
import org.plumbline.dsl.spec.bind.Reference;
import org.plumbline.dsl.spec.bind.Suggest;

/** Finds entries that nothing refers to. */
final class UnusedCheck {
  private static final List<String> SECTIONS =
      List.of("models", "data", "values", "evaluators", "feedback", "rewards");

  private UnusedCheck() {}

  static List<Diagnostic> run(List<Binding> bindings) {
    Set<String> used = new HashSet<>();
    boolean compares = false;
    for (Binding binding : bindings) {
      for (Reference reference : binding.references()) {
        String name = Sections.entryName(reference.section(), reference.name());
        used.add(reference.section().key() + "." + name);
        switch (reference.section()) {
          case POLICIES_OR_MODELS -> used.add("models." + name);
          case RECIPES -> used.addAll(List.of("policies." + name, "variants." + name));
          default -> {}
        }
        compares |= reference.path().get(0).equals("compare");
      }
    }
    List<Diagnostic> found = new ArrayList<>();
    List<String> sections = new ArrayList<>(SECTIONS);
    if (compares) {
      sections.addAll(List.of("policies", "variants"));
    }
    for (String section : sections) {
      Map<Span, List<String>> unused = new LinkedHashMap<>();
      bindings
          .get(0)
          .names(section)
          .forEach(
              (name, place) -> {
                if (!used.contains(section + "." + name)) {
                  unused.computeIfAbsent(place, unseen -> new ArrayList<>()).add(name);
                }
              });
      unused.forEach((place, names) -> found.add(unused(section, place, names)));
    }
    return found;
  }

  /** More than one name at a place are recipes of a sweep. */
  private static Diagnostic unused(String section, Span place, List<String> names) {
    return names.size() == 1
        ? Diagnostic.of(Code.PLB0205, place, "nothing uses `" + section + "." + names.get(0) + "`")
        : Diagnostic.of(
            Code.PLB0205, place, "nothing uses the recipes declared here: " + Suggest.few(names));
  }
}
