// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.bind.Binding;
import org.plumbline.dsl.spec.bind.Reference;

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
        String name = Sections.entryName(reference.name());
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
      for (Map.Entry<String, Span> name : bindings.get(0).names(section).entrySet()) {
        if (!used.contains(section + "." + name.getKey())) {
          found.add(
              Diagnostic.of(
                  Code.PLB0205,
                  name.getValue(),
                  "nothing uses `" + section + "." + name.getKey() + "`"));
        }
      }
    }
    return found;
  }
}
