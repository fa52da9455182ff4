// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.text.Finding;
import org.plumbline.engine.report.text.MetricsJson;

/**
 * Writes a comparison as one self-contained HTML page: no network, no other file, the same bytes
 * for the same comparison.
 */
public final class HtmlReport {

  /** The sections in their order; each returns null if the comparison has nothing for it. */
  private static final List<Function<Page, @Nullable PageSection>> SECTIONS =
      List.of(
          VerdictSection::of,
          SettingsSection::of,
          DriftSection::of,
          CurvesSection::of,
          SweepsSection::of,
          RoundsSection::of,
          SamplesSection::of,
          LabelsSection::of,
          RewardsSection::of,
          ExamplesSection::of,
          WinsSection::of,
          AnalysisSection::of,
          AttacksSection::of,
          MonitorsSection::of,
          ConstraintsSection::of,
          NotesSection::of,
          PlanSection::of,
          ProvenanceSection::of);

  /** In the order in which they need each other. */
  private static final List<String> SCRIPTS =
      List.of(
          "report.js",
          "state.js",
          "single.js",
          "verdict.js",
          "curves.js",
          "words.js",
          "article.js",
          "samples.js",
          "share.js",
          "votes.js");

  /** Nothing is loaded, from anywhere; what is saved goes by way of blobs. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

  /** What a page says of itself, and no other page. */
  private static final String SIGNATURE = "Plumbline, comparison report";

  private static final long LARGEST = 1L << 28;

  private HtmlReport() {}

  /** Whether a file is such a page. */
  public static boolean isReport(Path file) {
    try {
      return Files.size(file) < LARGEST
          && Files.readString(file, StandardCharsets.ISO_8859_1)
              .contains("<footer><p>" + SIGNATURE);
    } catch (IOException e) {
      return false; // what cannot be read is not known to be one
    }
  }

  /**
   * The page. It is well-formed XML but for the contents of its style and script elements.
   *
   * @param comparison with {@link Comparison#run()} if plan and provenance are to be shown
   */
  public static String render(Comparison comparison) {
    Page page = Page.of(comparison);
    List<PageSection> sections =
        SECTIONS.stream().map(s -> s.apply(page)).flatMap(Stream::ofNullable).toList();
    String css =
        resource("tokens.css")
            + resource("report.css")
            + resource("sections.css")
            + page.looks().css()
            + CurvesSection.css(page)
            + resource("screens.css");
    String script = SCRIPTS.stream().map(HtmlReport::resource).collect(Collectors.joining());
    return Html.of(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta http-equiv="Content-Security-Policy" content="{}"/>
            <meta name="description" content="{}"/>
            <title>{}: comparison of {}</title>
            <style>
            {}</style>
            <script>document.documentElement.className = "with-script";</script>
            </head>
            <body>
            <a class="skip" href="#{}">Skip to the first section</a>
            {}{}<nav class="menu" aria-label="Sections">
            {}</nav>
            <main>
            {}</main>
            <footer><p>{}. One file, no network.</p></footer>
            <script type="application/json" id="data">{}</script>
            <script type="application/json" id="metrics-data">{}</script>
            {}\
            <script>
            {}</script>
            </body>
            </html>
            """,
            POLICY,
            Finding.of(comparison).text(),
            comparison.experiment(),
            TextFormat.count(comparison.recipes().size(), "recipe", "recipes"),
            new Html(css),
            sections.isEmpty() ? "finding" : sections.get(0).id(),
            page.looks().sprite(),
            Heading.of(page),
            PageSection.menu(sections),
            PageSection.html(sections),
            SIGNATURE,
            ReportData.of(page),
            new Html(ReportData.safe(MetricsJson.render(comparison))),
            SampleData.of(page),
            new Html(script))
        .markup();
  }

  /** A style sheet or script of this package. */
  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      byte[] bytes =
          Objects.requireNonNull(in, () -> "not on the class path: " + name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
