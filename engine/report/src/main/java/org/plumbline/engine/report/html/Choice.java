// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;

/** Radio buttons that style sheets act on; they work without script. */
final class Choice {

  private final String name;
  private final List<Html> options = new ArrayList<>();

  private Choice(String name) {
    this.name = name;
  }

  static Choice of(String name) {
    return new Choice(name);
  }

  /** One more option; the first one is chosen. */
  Choice option(String value, String label) {
    options.add(
        Html.of(
            "<label><input type=\"radio\" name=\"{}\" id=\"{}-{}\" value=\"{}\"{}/>"
                + "<span>{}</span></label>\n",
            name,
            name,
            value,
            value,
            options.isEmpty() ? new Html(" checked=\"checked\"") : Html.NONE,
            label));
    return this;
  }

  Html html(String legend) {
    return Html.of(
        "<fieldset class=\"choice\"><legend>{}</legend>{}</fieldset>\n", legend, options);
  }
}
