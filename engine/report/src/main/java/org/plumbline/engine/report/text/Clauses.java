// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.plumbline.engine.report.text.Finding.Part;

/** A sentence in the making: clauses of words and names, with semicolons between. */
final class Clauses {

  private final List<Part> parts = new ArrayList<>();
  private boolean started;

  Clauses clause() {
    if (started) {
      say("; ");
    }
    started = true;
    return this;
  }

  Clauses say(String text) {
    if (!text.isEmpty()) {
      parts.add(new Part(text, false));
    }
    return this;
  }

  Clauses recipe(String name) {
    parts.add(new Part(name, true));
    return this;
  }

  /** {@code a, b and c}. */
  Clauses recipes(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      say(i == 0 ? "" : i == names.size() - 1 ? " and " : ", ").recipe(names.get(i));
    }
    return this;
  }

  /**
   * The sentence, with a capital unless a name stands first.
   *
   * @param nothing what is said if there is no clause
   */
  Finding sentence(String nothing) {
    if (!started) {
      parts.clear();
      say(nothing);
    }
    say(".");
    List<Part> out = new ArrayList<>(parts);
    Part first = out.get(0);
    if (!first.recipe()) {
      String text = first.text();
      out.set(
          0, new Part(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1), false));
    }
    return new Finding(out);
  }
}
