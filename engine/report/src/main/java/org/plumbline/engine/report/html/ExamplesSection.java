// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.LabelExample;
import org.plumbline.engine.report.FeedbackTable;

/**
 * A few labels of each feedback stage in words: what was shown, who answered, and what they said.
 */
final class ExamplesSection {
  /** Texts are cut after so many characters. */
  private static final int LONGEST = 400;

  private ExamplesSection() {}

  static @Nullable PageSection of(Page page) {
    List<FeedbackTable> tables =
        page.comparison().feedback().stream().filter(t -> !t.examples().isEmpty()).toList();
    if (tables.isEmpty()) {
      return null;
    }
    List<Html> bodies = tables.stream().map(ExamplesSection::table).toList();
    return new PageSection(
        "examples",
        "What was said",
        "Examples",
        Html.text(
            "A few labels of "
                + TextFormat.count(tables.size(), "set", "sets")
                + ", of the first seed: from different places, and the first that was skipped, given on"
                + " part of the answers, or made by somebody else."),
        Html.of("{}", bodies));
  }

  private static Html table(FeedbackTable table) {
    String kind = table.kind() == null ? "comparisons" : table.kind().replace('_', ' ');
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Labels of {}"><table class="plain-table examples">\
        <caption>{}: {}</caption><thead><tr><th scope="col">prompt</th><th scope="col">shown</th>\
        <th scope="col">who</th><th scope="col">said</th></tr></thead>
        <tbody>{}</tbody></table></div>
        """,
        table.name(),
        table.name(),
        kind,
        table.examples().stream().map(ExamplesSection::row).toList());
  }

  private static Html row(LabelExample example) {
    List<Html> answers = new ArrayList<>();
    example
        .answers()
        .forEach(answer -> answers.add(Html.of("<li dir=\"auto\">{}</li>", cut(answer))));
    return Html.of(
        "<tr><td dir=\"auto\">{}</td><td dir=\"auto\">{}</td><th scope=\"row\">{} <span class=\"aside\">{}</span></th>"
            + "<td dir=\"auto\">{}{}</td></tr>\n",
        cut(example.prompt()),
        answers.size() == 1 ? cut(example.answers().get(0)) : Html.of("<ol>{}</ol>", answers),
        example.evaluator(),
        example.group(),
        cut(example.said()),
        example.facts().isEmpty()
            ? Html.NONE
            : Html.of(
                " <span class=\"aside\">({})</span>", cut(String.join("; ", example.facts()))));
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "…";
  }
}
