// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The index of papers is made from what the code says of its sources. */
class PaperIndexTest {
  private static final Pattern ID = Pattern.compile("ar[Xx]iv:? ?(\\d{4}\\.\\d{4,5})");
  private static final String NAME = "\\p{Lu}[\\p{L}’'-]+";
  private static final String AUTHORS = NAME + "(?:(?:, | and |, van )" + NAME + ")*(?: et al\\.)?";

  /**
   * Authors before a title in quotes or a year; not the name of a conference, which has capitals
   * side by side.
   */
  private static final Pattern CITED =
      Pattern.compile(
          "(?<![\\p{L}’'-])(?!\\p{L}*\\p{Lu}{2})("
              + AUTHORS
              + ")(?:, \"([^\"]{4,200})\"|(?=,? (?:19|20)\\d\\d))");

  /** How far before the number of a paper its authors are looked for. */
  private static final int BEFORE = 260;

  private final Map<String, String> authors = new TreeMap<>();
  private final Map<String, String> titles = new TreeMap<>();
  private final Map<String, Set<String>> places = new TreeMap<>();

  @Test
  void theIndexIsThatOfTheSources() throws IOException {
    for (Path file : sources()) {
      read(file);
    }
    assertThat(places).hasSizeGreaterThan(50);
    assertThat(authors.keySet())
        .as("papers of which some place tells the authors")
        .containsExactlyInAnyOrderElementsOf(places.keySet());

    Golden.check(Golden.repository().resolve("docs/reference/paper-index.md"), page());
  }

  private static List<Path> sources() throws IOException {
    Path root = Golden.repository();
    try (Stream<Path> engine = Files.walk(root.resolve("engine"));
        Stream<Path> model = Files.walk(root.resolve("dsl/model"))) {
      return Stream.concat(engine, model)
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
          .sorted()
          .toList();
    }
  }

  private void read(Path file) throws IOException {
    String text =
        Files.readString(file).replaceAll("\\s*\\n\\s*\\*?\\s*", " ").replaceAll("\" \\+ \"", "");
    String place = file.toString().replace('\\', '/').replaceAll(".*/org/plumbline/|\\.java$", "");
    Matcher id = ID.matcher(text);
    while (id.find()) {
      String paper = id.group(1);
      places.computeIfAbsent(paper, unseen -> new TreeSet<>()).add(place);
      Matcher cited = CITED.matcher(text.substring(Math.max(0, id.start() - BEFORE), id.start()));
      String by = "";
      String title = "";
      while (cited.find()) { // the last ones before the number are the paper's
        by = cited.group(1);
        title = Objects.requireNonNullElse(cited.group(2), "");
      }
      if (!by.isEmpty()) {
        authors.putIfAbsent(paper, by);
      }
      if (!title.isEmpty()) {
        titles.putIfAbsent(paper, by + ", *" + title + "*");
      }
    }
  }

  private String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Papers

            What the code takes from which paper, as its Javadoc and the language's keys say. Generated; a test compares. Do not edit.

            | paper | in |
            |---|---|
            """);
    places.forEach(
        (paper, in) ->
            page.append(
                "| %s, [arXiv:%s](https://arxiv.org/abs/%s) | %s |\n"
                    .formatted(
                        titles.getOrDefault(paper, authors.getOrDefault(paper, "?")),
                        paper,
                        paper,
                        String.join(", ", in.stream().map(place -> "`" + place + "`").toList()))));
    return page.toString();
  }
}
