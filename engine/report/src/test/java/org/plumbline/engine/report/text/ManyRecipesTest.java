// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plumbline.engine.report.Better;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.ComparisonFixture;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.MetricGroup;
import org.plumbline.engine.report.Settings;
import org.plumbline.engine.report.Verdict;
import org.plumbline.engine.report.html.HtmlReport;

/** The sentence on forty recipes: groups and those that stand out, wherever it is said. */
class ManyRecipesTest {

  /** What the tests show of a recipe. */
  private enum Shown {
    WINS,
    LOSES,
    EQUAL,
    OPEN,
    TRAINED,
    WITHHELD
  }

  static Stream<Comparison> forty() {
    return Stream.of(
        ComparisonFixture.synthetic(40, 20),
        of(Shown.WINS),
        of(Shown.LOSES),
        of(Shown.EQUAL),
        of(Shown.OPEN),
        of(Shown.TRAINED),
        of(Shown.WITHHELD),
        of(Shown.values()));
  }

  @ParameterizedTest
  @MethodSource("forty")
  void fewAreNamedWhateverIsShown(Comparison comparison) {
    Finding finding = Finding.of(comparison);
    List<String> names =
        finding.parts().stream()
            .filter(p -> p.recipe() && !p.text().equals("sft"))
            .map(Finding.Part::text)
            .distinct()
            .toList();

    assertThat(names).as(finding.text()).hasSizeLessThanOrEqualTo(20);
    assertThat(finding.text().length()).as(finding.text()).isLessThan(1000);
  }

  @ParameterizedTest
  @MethodSource("forty")
  void textPageAndJsonSayTheSame(Comparison comparison) throws Exception {
    String finding = Finding.of(comparison).text().replace('\u00a0', ' ');
    String page = HtmlReport.render(comparison);
    String headline = inside(page, "<p class=\"finding[^>]*id=\"finding\">(.*?)</p>");
    String terminal = TerminalTable.render(comparison, Signs.UNICODE).replaceAll("\\s+", " ");
    String json =
        new ObjectMapper().readTree(MetricsJson.render(comparison)).path("finding").asText();

    assertThat(json).isEqualTo(finding);
    assertThat(headline).startsWith(finding);
    assertThat(terminal.strip()).endsWith(finding);
  }

  @Test
  void groupsAreCountedAndTheForemostNamed() {
    assertThat(plain(of(Shown.WINS)))
        .isEqualTo(
            "39 of 39 recipes beat sft, the three best r39 (70 %), r38 (69 %) and r37 (69 %).");
    assertThat(plain(of(Shown.LOSES)))
        .isEqualTo(
            "No recipe is shown to beat sft with 3 seeds; 39 of 39 recipes lose to sft, the three"
                + " worst r39 (31 %), r38 (31 %) and r37 (32 %).");
    assertThat(plain(of(Shown.EQUAL)))
        .endsWith("; 39 of 39 recipes equal sft within 5 points (win rate 50 %).");
    assertThat(plain(of(Shown.OPEN)))
        .endsWith(
            "; 39 of 39 recipes are not shown to differ from sft with 3 seeds (win rate 51 % to"
                + " 70 %).");
    assertThat(plain(of(Shown.TRAINED)))
        .endsWith(
            "; the policies of 39 of 39 recipes trained here beat those of sft (on new prompts 51 %"
                + " to 70 %), which is not shown for new seeds.");
    assertThat(plain(of(Shown.WITHHELD)))
        .isEqualTo(
            "39 of 39 recipes are not judged: the reward model that scores is not independent of"
                + " what they were trained by (set 1, set 2, set 3 and 7 others).");
  }

  private static String plain(Comparison comparison) {
    return Finding.of(comparison).text().replace('\u00a0', ' ');
  }

  private static String inside(String page, String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1).replaceAll("<[^>]*>", "").replace('\u00a0', ' ');
  }

  /** Forty recipes of which these are shown in turn. */
  private static Comparison of(Shown... kinds) {
    List<ComparedRecipe> recipes = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    recipes.add(new ComparedRecipe("sft", "sft", "", null));
    cells.add(new Cell("sft", Interval.exact(.5), 0, false, List.of(), null, Verdict.NONE, null));
    for (int r = 1; r < 40; r++) {
      recipes.add(new ComparedRecipe("r" + r, "ppo", "", null));
      cells.add(cell(r, kinds[r % kinds.length]));
    }
    Metric win =
        new Metric(
            "win_rate",
            "Win rate",
            "%",
            Better.UP,
            MetricGroup.WANTED,
            0,
            true,
            "",
            "",
            cells,
            null,
            List.of());
    return new Comparison(
        "forty",
        "sft",
        recipes,
        List.of(1L, 2L, 3L),
        200,
        200,
        "gold",
        List.of(win),
        new Settings(List.of(), 0, List.of()),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        null,
        null);
  }

  private static Cell cell(int r, Shown shown) {
    double by =
        switch (shown) {
          case LOSES -> -r / 200.0;
          case EQUAL -> r / 10000.0;
          case WINS, OPEN, TRAINED, WITHHELD -> r / 200.0;
        };
    Interval difference = new Interval(by, by - .01, by + .01);
    boolean ofRecipe = shown == Shown.WINS || shown == Shown.LOSES;
    Verdict verdict = by > 0 ? Verdict.BETTER : Verdict.WORSE;
    Cell.Tests tests =
        new Cell.Tests(
            new Cell.P(.001, ofRecipe ? .001 : .3),
            difference,
            new Cell.P(.001, .001),
            ofRecipe || shown == Shown.TRAINED ? verdict : Verdict.NONE,
            .05,
            new Cell.P(.01, shown == Shown.EQUAL ? .01 : .4),
            shown == Shown.WITHHELD ? "set " + r % 10 : null);
    Interval value = new Interval(.5 + by, .49 + by, .51 + by);
    return new Cell(
        "r" + r,
        value,
        600,
        false,
        List.of(),
        difference,
        ofRecipe ? verdict : Verdict.NONE,
        null,
        tests);
  }
}
