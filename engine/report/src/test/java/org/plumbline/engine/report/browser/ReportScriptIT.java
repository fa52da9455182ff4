// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts of the page do. */
class ReportScriptIT {

  private static final Pattern ARTICLE = Pattern.compile("<article .*?</article>", Pattern.DOTALL);

  @RegisterExtension static final Pages PAGES = new Pages();

  @BeforeEach
  void onALaptop() throws Exception {
    PAGES.browser().media("screen", "light");
    PAGES.browser().screen(1440, 900);
  }

  private static String text(String expression) throws Exception {
    return PAGES.browser().run(expression).asText();
  }

  private static int count(String expression) throws Exception {
    return PAGES.browser().run(expression).asInt();
  }

  private static String opened() throws Exception {
    return text("location.hash");
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything", "12x60", "40x1000"})
  void whatTheScriptShowsIsWhatThePageHolds(String name) throws Exception {
    PAGES.open(name, "");
    Matcher article = ARTICLE.matcher(Pages.html(name));
    int n = 0;
    while (article.find()) {
      String markup = JsonMapper.builder().build().writeValueAsString(article.group());
      n++;
      assertThat(
              text(
                  "(() => { const t = document.createElement('template'); t.innerHTML = "
                      + markup
                      + "; const a = t.content.firstElementChild, b = sampleArticle(samples.row({"
                      + " id: a.id }), +a.id.slice(2)); return a.isEqualNode(b) ? 'the same' :"
                      + " a.outerHTML + '\\n"
                      + "' + b.outerHTML; })()"))
          .isEqualTo("the same");
    }
    assertThat(n).isPositive();
  }

  @Test
  void samplesAreSearchedFilteredAndOrdered() throws Exception {
    PAGES.open("12x60", "#samples&search=number+59");

    assertThat(count("samples.shown().length")).isEqualTo(1);
    PAGES.open("12x60", "#samples&order=wrong");
    assertThat(
            PAGES
                .browser()
                .run(
                    "(() => { const w = samples.shown().map(a => samples.row(a)[6]); return"
                        + " w.every((x, i) => i === 0 || w[i - 1] >= x) && w[0] > 0; })()")
                .asBoolean())
        .isTrue();
    assertThat(count("samples.next() ? samples.shown().length : 0")).isGreaterThan(5);
  }

  @Test
  void whatIsChosenStandsInTheAddressAndIsThereAgain() throws Exception {
    PAGES.open("everything", "");
    PAGES
        .browser()
        .run(
            "document.querySelector('[data-metric=gold] .sort').click();"
                + " document.querySelector('#show-difference').click();"
                + " document.querySelectorAll('.pick-button')[2].click();"
                + " document.querySelector('#filter').value = 'triggered';"
                + " document.querySelector('#filter').dispatchEvent(new Event('change')); 0");
    String address = opened();
    assertThat(address).contains("sort=gold", "show=difference", "recipe=dpo", "filter=triggered");
    int shown = count("samples.shown().length");

    PAGES.open("everything", address);

    assertThat(text("document.documentElement.dataset.focus")).isEqualTo("2");
    assertThat(count("samples.shown().length")).isEqualTo(shown);
    assertThat(text("document.querySelector('[name=show]:checked').value")).isEqualTo("difference");
    assertThat(text("document.querySelector('[data-metric=gold] th').getAttribute('aria-sort')"))
        .isEqualTo("descending");
  }

  @Test
  void blindVotesAreThereAgainInTheSameColumnsAndATieIsOne() throws Exception {
    PAGES.open("everything", "");
    PAGES
        .browser()
        .run(
            "document.querySelector('#blind').click(); document.querySelector('#s-1 li"
                + " .vote').click(); document.querySelector('#s-2 header .vote').click(); 0");
    String order = "[...document.querySelectorAll('#s-1 li')].map(l => l.dataset.r).join()";
    String before = text(order);
    assertThat(text("document.querySelector('#s-1 h4').textContent")).isEqualTo("answer 1");

    PAGES.open("everything", opened());

    assertThat(text(order)).isEqualTo(before);
    PAGES.browser().run("document.querySelector('#blind').click(); 0");
    assertThat(text("document.querySelector('#tally').textContent"))
        .contains("a tie 1")
        .contains("of 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything", "12x60"})
  void theVerdictIsOrderedBothWays(String name) throws Exception {
    PAGES.open(name, "#verdict&sort=gold");
    String values =
        name.equals("everything")
            ? "[...document.querySelectorAll('[data-metric=gold] td[data-v]')].map(c =>"
                + " +c.dataset.v)"
            : "[...document.querySelectorAll('.verdict tbody tr')].map(t =>"
                + " +t.cells[document.querySelector('[data-metric=gold]').cellIndex].dataset.v)";
    String falling = "(v => v.every((x, i) => i === 0 || v[i - 1] >= x))(" + values + ")";

    assertThat(PAGES.browser().run(falling).asBoolean()).isTrue();
    PAGES.browser().run("document.querySelector('[data-metric=gold] .sort').click(); 0");
    assertThat(PAGES.browser().run(falling).asBoolean()).isFalse();
    assertThat(text("document.querySelector('[aria-sort]').getAttribute('aria-sort')"))
        .isEqualTo("ascending");
  }

  @Test
  void aCurveSaysNothingOfWhatComesAfterItsTraining() throws Exception {
    PAGES.open("7x30", "");
    PAGES
        .browser()
        .run(
            "document.querySelector('svg.curve').dispatchEvent(new KeyboardEvent('keydown', { key:"
                + " 'End' })); 0");

    String said = text("document.querySelector('#readout').textContent");
    assertThat(said).contains("update 160").contains("ended at 80").contains("ended at 120");
  }

  @Test
  void singleLettersCanBeSwitchedOff() throws Exception {
    PAGES.open("everything", "");
    String j = "document.dispatchEvent(new KeyboardEvent('keydown', { key: 'j' }));";
    String where = "document.activeElement.id";
    PAGES.browser().run("document.querySelector('#keys').checked = true; " + j + " 0");
    assertThat(text(where)).isEqualTo("s-1");

    PAGES
        .browser()
        .run("document.activeElement.blur(); document.querySelector('#keys').click(); " + j + " 0");

    assertThat(text(where)).isNotEqualTo("s-1");
    PAGES.browser().run("document.querySelector('#keys').click(); 0");
  }

  @Test
  void longAnswersAreFoldedAndKeepTheirLines() throws Exception {
    PAGES.open("12x60", "#s-12");

    assertThat(count("document.querySelectorAll('#s-12 .folded').length")).isEqualTo(12);
    assertThat(count("document.querySelectorAll('#s-12 .unfold').length")).isEqualTo(12);
    assertThat(text("document.querySelector('#s-12 li p').textContent")).contains("\n1. ");
    assertThat(text("getComputedStyle(document.querySelector('#s-12 li p')).whiteSpace"))
        .startsWith("pre-wrap");
    PAGES.browser().run("document.querySelector('#s-12 .unfold').click(); 0");
    assertThat(count("document.querySelectorAll('#s-12 .folded').length")).isEqualTo(11);
  }

  @Test
  void everyTableAndChartCanBeSaved() throws Exception {
    PAGES.open("everything", "");

    assertThat(
            count(
                "[...document.querySelectorAll('main table')].filter(t => !(t.closest('.scroll') ??"
                    + " t).nextElementSibling.matches('.saves')).length"))
        .isZero();
    assertThat(
            count(
                "[...document.querySelectorAll('main svg.chart')].filter(s =>"
                    + " !s.parentElement.querySelector('.save')).length"))
        .isZero();
    String svg = text("pictures.svg(document.querySelector('svg.plane'))");
    assertThat(svg)
        .startsWith("<svg")
        .contains("xmlns=")
        .doesNotContain("var(", "<use", "class=", "light-dark");
    assertThat(text("tables.csv(tables.metrics())"))
        .startsWith("recipe,metric,seed,value")
        .contains("ppo,gold,all,");
    assertThat(text("tables.markdown(tables.grid(document.querySelector('.settings')))"))
        .startsWith("| Setting |")
        .contains("| --- |");
    assertThat(text("tables.csv([['a\"b', 'c,d', 'e']])")).isEqualTo("\"a\"\"b\",\"c,d\",e\r\n");
  }

  @Test
  void scriptsOfOtherDirectionsAreSetAsTheyAreWritten() throws Exception {
    PAGES.open("7x60", "#s-8");

    assertThat(text("getComputedStyle(document.querySelector('#s-8 li p')).direction"))
        .isEqualTo("rtl");
  }

  @Test
  void nothingFails() throws Exception {
    for (String name : new String[] {"1x30", "everything", "12x60"}) {
      PAGES.open(name, "");
      PAGES.browser().send("Runtime.evaluate", Map.of("expression", "0"));
    }
    assertThat(PAGES.browser().errors()).isEmpty();
  }
}
