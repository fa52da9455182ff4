// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page on screens of three widths and on paper, at every number of recipes. */
class ReportLayoutIT {

  private static final int[] WIDTHS = {390, 1024, 1440};

  @RegisterExtension static final Pages PAGES = new Pages();

  @ParameterizedTest
  @ValueSource(strings = {"everything", "1x30", "2x30", "7x30", "12x30", "40x1000"})
  void noPageScrollsSideways(String name) throws Exception {
    Browser browser = PAGES.browser();
    browser.media("screen", "light");
    for (int width : WIDTHS) {
      browser.screen(width, 900);
      PAGES.open(name, "");

      assertThat(browser.run("document.documentElement.scrollWidth").asInt())
          .as("width of %s on %d", name, width)
          .isLessThanOrEqualTo(width);
    }
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void noWordOfTheVerdictIsCutOnAPhone() throws Exception {
    Browser browser = PAGES.browser();
    browser.media("screen", "light");
    browser.screen(390, 900);
    PAGES.open("everything", "");

    assertThat(
            browser.run(
                "[...document.querySelectorAll('.verdict td .range, .verdict td em')].filter(e =>"
                    + " e.offsetParent && e.scrollWidth > e.clientWidth + 1 &&"
                    + " getComputedStyle(e).overflow === 'hidden').map(e => e.textContent)"))
        .isEmpty();
  }

  @Test
  void fortyRecipesOnAThousandPromptsWeighLittleAndDrawLittleAtFirst() throws Exception {
    Browser browser = PAGES.browser();
    browser.screen(1440, 900);
    PAGES.open("40x1000", "");

    assertThat(Pages.html("40x1000").getBytes(StandardCharsets.UTF_8).length).isLessThan(8_000_000);
    assertThat(browser.run("samples.count()").asInt()).isEqualTo(1000);
    assertThat(browser.run("document.querySelectorAll('*').length").asInt()).isLessThan(40_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything", "12x30", "40x1000"})
  void aPageFitsOnElevenSheetsOfPaperAndNoTableIsCut(String name) throws Exception {
    Browser browser = PAGES.browser();
    browser.screen(1440, 900);
    browser.media("print", "light");
    PAGES.open(name, "");
    String pdf =
        browser.send("Page.printToPDF", Map.of("preferCSSPageSize", true)).path("data").asText();

    long pages =
        Pattern.compile("/Type /Page\\b")
            .matcher(new String(Base64.getDecoder().decode(pdf), StandardCharsets.ISO_8859_1))
            .results()
            .count();
    assertThat(pages).as("sheets of %s", name).isBetween(1L, 11L);
    // A sheet at 65 % of the size of a screen: 277 mm wide.
    browser.screen(1047, 900);
    assertThat(
            browser
                .run(
                    "[...document.querySelectorAll('table')].filter(t =>"
                        + " t.getBoundingClientRect().right > 1048).length")
                .asInt())
        .as("tables of %s that are wider than the paper", name)
        .isZero();
    browser.media("screen", "light");
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 1440})
  void theHeadOfTheVerdictStaysInSight(int width) throws Exception {
    Browser browser = PAGES.browser();
    browser.media("screen", "light");
    browser.screen(width, 700);
    PAGES.open("everything", "");
    JsonNode top =
        browser.run(
            "(() => { document.documentElement.style.scrollBehavior = 'auto'; const t ="
                + " document.querySelector('.verdict'); scrollTo(0, t.getBoundingClientRect().top +"
                + " scrollY + 500); return t.querySelector('thead th').getBoundingClientRect().top;"
                + " })()");

    assertThat(top.asDouble()).isBetween(0.0, 60.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything", "12x30"})
  void axeFindsNoViolation(String name) throws Exception {
    Browser browser = PAGES.browser();
    List<String> found = new ArrayList<>();
    boolean everything = name.equals("everything");
    for (int width : everything ? WIDTHS : new int[] {390}) {
      // Colours are the same on every page and at every width.
      for (String scheme :
          everything && width == 1440 ? List.of("light", "dark") : List.of("light")) {
        browser.screen(width, 900);
        browser.media("screen", scheme);
        PAGES.open(name, "");
        browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; }); 0");
        browser.run(axe());
        JsonNode violations =
            browser.run(
                "axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.map(v =>"
                    + " v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' +"
                    + " (n.any[0]?.message ?? n.all[0]?.message ?? '')).join(' | ')))");
        violations.forEach(v -> found.add(width + " " + scheme + " " + v.asText()));
      }
    }

    assertThat(found).isEmpty();
  }

  private static String axe() throws Exception {
    String name = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    try (InputStream in = ReportLayoutIT.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
          + ";0";
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1440})
  void whatOneClicksIsLargeEnough(int width) throws Exception {
    Browser browser = PAGES.browser();
    browser.media("screen", "light");
    browser.screen(width, 900);
    PAGES.open("everything", "");

    assertThat(
            browser.run(
                "[...document.querySelectorAll('button, select, summary, .menu a, .choice label,"
                    + " label.tick')].filter(e => e.offsetParent).map(e => [e,"
                    + " e.getBoundingClientRect()]).filter(([, b]) => b.height < 23.5 || b.width <"
                    + " 23.5).map(([e, b]) => e.outerHTML.slice(0, 90) + Math.round(b.width) + 'x'"
                    + " + Math.round(b.height))"))
        .isEmpty();
  }

  @Test
  void forcedColoursShowWhatIsChosen() throws Exception {
    Browser browser = PAGES.browser();
    browser.screen(1440, 900);
    PAGES.open("everything", "");
    browser.send(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "forced-colors", "value", "active"))));
    JsonNode colours =
        browser.run(
            "['#show-absolute', '#show-difference'].map(id =>"
                + " getComputedStyle(document.querySelector(id).nextElementSibling).borderBottomColor)");
    browser.media("screen", "light");

    assertThat(colours.get(0)).isNotEqualTo(colours.get(1));
  }
}
