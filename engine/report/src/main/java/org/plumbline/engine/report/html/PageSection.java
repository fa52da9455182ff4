// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A section of the report.
 *
 * @param id its anchor
 * @param menu its name in the list of sections
 * @param lead what it found, in a sentence made from the numbers
 */
record PageSection(String id, String title, String menu, Html lead, Html body) {

  private Html html(int number) {
    return Html.of(
        """
        <section id="{}" aria-labelledby="h-{}">
        <div class="head"><h2 id="h-{}"><span class="no">{}</span>{}{}</h2><p class="lead">{}</p></div>
        {}
        </section>
        """,
        id,
        id,
        id,
        number,
        title,
        mark(id, title),
        lead,
        body);
  }

  /** A mark at a heading, to link to it. */
  static Html mark(String id, String title) {
    return Html.of("<a class=\"mark\" href=\"#{}\" aria-label=\"Link to: {}\"></a>", id, title);
  }

  /** The sections, numbered from 1. */
  static List<Html> html(List<PageSection> sections) {
    return IntStream.range(0, sections.size()).mapToObj(i -> sections.get(i).html(i + 1)).toList();
  }

  /** Links to the sections. */
  static List<Html> menu(List<PageSection> sections) {
    return IntStream.range(0, sections.size())
        .mapToObj(
            i ->
                Html.of(
                    "<a href=\"#{}\"><span>{}</span> {}</a>\n",
                    sections.get(i).id,
                    i + 1,
                    sections.get(i).menu))
        .toList();
  }
}
