// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The report of 40 recipes on 1,000 prompts, as one opens it: whole, light, and soon. */
class ReportOpeningIT {

  private static final String NAME = "40x1000";

  @RegisterExtension static final Pages PAGES = new Pages();

  /** Sorts the verdict by its first column, and says whether it is sorted when that is drawn. */
  private static final String SORT =
      "(async () => { await samples.ready; const from = performance.now();"
          + " const button = document.querySelector('.verdict .sort'); button.click();"
          + " await new Promise(r => requestAnimationFrame(() => setTimeout(r)));"
          + " const n = performance.getEntriesByType('navigation')[0];"
          + " return { interactive: n.domInteractive, loaded: n.loadEventEnd, from,"
          + " sorted: performance.now(), aria: !!document.querySelector('.verdict [aria-sort]') };"
          + " })()";

  @Test
  void itOpensWithAllItsPromptsSortsAndWeighsNoMoreThanEightMegabytes() throws Exception {
    Browser browser = PAGES.browser();
    browser.media("screen", "light");
    browser.screen(1440, 900);
    PAGES.open(NAME, "");
    JsonNode opened = browser.run(SORT);

    assertThat(opened.path("aria").asBoolean()).isTrue();
    assertThat(browser.run("samples.count()").asInt()).isEqualTo(1000);
    assertThat(weight()).isLessThanOrEqualTo(8_000_000);
    assertThat(browser.errors()).isEmpty();
  }

  /** How long that takes, five times: no test, since it depends on the machine. */
  @Test
  @EnabledIfSystemProperty(named = "plumb.opening", matches = "true")
  void howLongItTakes() throws Exception {
    Browser browser = PAGES.browser();
    browser.media("screen", "light");
    browser.screen(1440, 900);
    System.out.printf(
        Locale.ROOT, "%nreport of 40 recipes x 1000 prompts: %.1f MB%n", weight() / 1e6);
    double[] sorted = new double[5];
    for (int i = 0; i < sorted.length; i++) {
      PAGES.open(NAME, "");
      JsonNode opened = browser.run(SORT);
      sorted[i] = opened.path("sorted").asDouble();
      System.out.printf(
          Locale.ROOT,
          "interactive %.2f s, loaded %.2f s, samples unpacked %.2f s, verdict sorted %.2f s%n",
          opened.path("interactive").asDouble() / 1000,
          opened.path("loaded").asDouble() / 1000,
          opened.path("from").asDouble() / 1000,
          sorted[i] / 1000);
    }
    Arrays.sort(sorted);
    System.out.printf(Locale.ROOT, "median to the sorted verdict: %.2f s%n", sorted[2] / 1000);
  }

  private static int weight() {
    return Pages.html(NAME).getBytes(StandardCharsets.UTF_8).length;
  }
}
