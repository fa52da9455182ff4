// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.ComparisonFixture;
import org.plumbline.engine.report.ComparisonJson;
import org.plumbline.engine.report.Curve;
import org.plumbline.engine.report.Golden;
import org.plumbline.engine.report.RewardModelSummary;
import org.plumbline.engine.report.Sample;
import org.plumbline.engine.report.Verdict;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class HtmlReportTest {

  private static final String HOSTILE =
      "</style></script><script>alert(1)</script><img src=x onerror='alert(2)'> \"q\" &"
          + " \u0000\u001b\u202e \\";

  /** As it is read: what acts on whoever shows it is spelled out. */
  private static final String HOSTILE_READ =
      HOSTILE.replace("\u0000\u001b\u202e", "\\u0000\\u001b\\u202e");

  private static final Comparison FULL = ComparisonFixture.full();
  private static final Comparison ARTIFACT = ComparisonFixture.artifact();
  private static final Comparison WITHOUT_VALUES = ComparisonFixture.withoutValues();

  static List<Comparison> comparisons() {
    return List.of(
        FULL,
        ARTIFACT,
        WITHOUT_VALUES,
        Variations.bare(1, i -> "only"),
        Variations.full(1, i -> "only", "a prompt", ""),
        Variations.full(12, i -> "recipe-" + i, "a prompt", "an answer"),
        Variations.full(4, i -> "a-very-long-name-of-a-recipe-".repeat(4) + i, "p", "a"),
        Variations.full(3, i -> HOSTILE + i, HOSTILE, HOSTILE));
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void everyPageIsWellFormedAndItsReferencesResolve(Comparison comparison) throws Exception {
    Parsed page = Parsed.of(HtmlReport.render(comparison));

    Set<String> ids = new HashSet<>();
    for (String id : page.values("id")) {
      assertThat(ids.add(id)).as("id %s is used once", id).isTrue();
    }
    for (String href : page.values("href")) {
      assertThat(ids).contains(href.substring(1));
    }
    for (String attribute : List.of("aria-labelledby", "aria-describedby")) {
      assertThat(ids).containsAll(page.values(attribute));
    }
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void nothingIsLoadedFromElsewhere(Comparison comparison) throws Exception {
    String html = HtmlReport.render(comparison);
    Parsed page = Parsed.of(html);

    assertThat(page.values("src")).isEmpty();
    assertThat(page.values("href")).allMatch(h -> h.startsWith("#"));
    assertThat(page.elements("link")).isEmpty();
    int samples = comparison.samples().isEmpty() ? 0 : 1;
    assertThat(page.elements("script")).hasSize(4 + samples);
    assertThat(html).doesNotContain("http:", "https:", "@import", "url(", "fetch(");
    assertThat(html).contains("default-src 'none'".replace("'", "&#39;"));
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void tablesAndPicturesCanBeReadAloud(Comparison comparison) throws Exception {
    Parsed page = Parsed.of(HtmlReport.render(comparison));

    assertThat(page.elements("th")).allMatch(th -> th.hasAttribute("scope"));
    assertThat(page.elements("svg"))
        .allMatch(
            svg ->
                svg.getAttribute("aria-hidden").equals("true")
                    || (svg.getAttribute("role").equals("img")
                        && !svg.getAttribute("aria-label").isBlank()));
    assertThat(page.elements("input"))
        .allMatch(i -> i.getParentNode().getNodeName().equals("label"));
    assertThat(page.elements("button")).noneMatch(b -> b.getTextContent().isBlank());
  }

  @Test
  void everyHeadingHasAMarkToLinkToIt() throws Exception {
    Parsed page = Parsed.of(HtmlReport.render(FULL));

    for (String tag : List.of("h2", "h3", "h4")) {
      assertThat(page.elements(tag)).isNotEmpty();
      for (Element heading : page.elements(tag)) {
        Element at = (Element) heading.getParentNode();
        boolean beside = at.getNodeName().equals("header"); // of a sample, with its number
        NodeList links = (beside ? at : heading).getElementsByTagName("a");
        assertThat(links.getLength()).as(heading.getTextContent()).isEqualTo(1);
        assertThat(((Element) links.item(0)).getAttribute("class")).isEqualTo("mark");
      }
    }
  }

  @Test
  void theDriftOfAChoiceAmongSamplesIsABoundInSamplesToo() throws Exception {
    Parsed page = Parsed.of(HtmlReport.render(FULL));

    for (Element li : page.elements("li")) {
      if (li.getParentNode().getParentNode().getNodeName().equals("article")) {
        String name = li.getElementsByTagName("h4").item(0).getTextContent();
        assertThat(li.getElementsByTagName("dl").item(0).getTextContent().contains("KL ≤"))
            .as(name)
            .isEqualTo(name.equals("best-of-16"));
      }
    }
  }

  @Test
  void curvesSayWhatTheyStartFromAndOnWhosePromptsTheyAre() {
    assertThat(HtmlReport.render(FULL))
        .contains(
            "Where each starts, and of which set its prompts are: ppo,"
                + " ppo-without-kl and ppo-poisoned from sft (prompts); dpo from sft (prefs);"
                + " constitutional from revised (prompts).")
        .contains("<td>revised (prompts)</td>");
  }

  @Test
  void timeIsPerSeedAsLabelsAre() {
    double all = Objects.requireNonNull(FULL.run()).times().get(1).seconds();

    assertThat(Objects.requireNonNull(FULL.cell("time", "ppo")).value().value())
        .isCloseTo(all / 60 / 3, within(1e-9));
  }

  @Test
  void equalComparisonsGiveEqualBytes() throws Exception {
    Comparison one = FULL;
    Comparison same = ComparisonJson.read(ComparisonJson.write(one));

    assertThat(HtmlReport.render(same)).isEqualTo(HtmlReport.render(one));
  }

  @Test
  void theBodyOfASmallPageIsAsReviewed() throws Exception {
    String page =
        HtmlReport.render(
            Variations.full(
                3, i -> List.of("sft", "ppo", "dpo").get(i), "where is it ?", "it is late"));

    Golden.check(
        "html/small.html",
        Pattern.compile("(?s)<style>.*?</style>|<script>.*?</script>")
            .matcher(page)
            .replaceAll(""));
  }

  @Test
  void allSectionsAreThereInOrder() throws Exception {
    assertThat(Parsed.of(HtmlReport.render(FULL)).headings())
        .containsExactly(
            "1Verdict",
            "2What differs",
            "3Reward against drift",
            "4Learning curves",
            "5Samples side by side",
            "6Evaluators and labels",
            "7Reward models",
            "8What was said",
            "9Win rates and ranking",
            "10Over-optimisation and spread",
            "11Attacks",
            "12Monitors and warnings",
            "13Constraints",
            "14What stages noted",
            "15The plan",
            "16Provenance");
  }

  @Test
  void labelsAreShownInWordsWithWhoGaveThemAndHow() throws Exception {
    Parsed page = Parsed.of(HtmlReport.render(FULL));

    assertThat(page.text())
        .contains("How do I fix the <tea>?", "the first is better", "careful-1")
        .contains("“Go away.” kind: bad", "(saw only “Go”; 12 since their last break)");
  }

  @Test
  void rewardModelsStandAgainstEachOtherWithCurvesThatAreAlsoATable() throws Exception {
    Parsed page = Parsed.of(HtmlReport.render(FULL));

    assertThat(page.text())
        .contains("What choosing the best of 16 answers by a reward loses is not shown to differ.")
        .contains("shorter preferred", "lured: kind", "best of 16", "likert, 4\u202f000");
    List<String> pictures =
        page.elements("svg").stream()
            .map(svg -> svg.getAttribute("aria-label"))
            .filter(label -> label.startsWith("Reliability curve of"))
            .toList();
    assertThat(pictures).hasSize(3).allMatch(label -> label.contains("too sure"));
    for (RewardModelSummary model : FULL.rewards()) {
      RewardModelSummary.Calibration calibration = Objects.requireNonNull(model.calibration());
      assertThat(calibration.curve().stream().mapToInt(RewardModelSummary.Point::n).sum())
          .isEqualTo(calibration.n());
    }
  }

  @Test
  void whatHasNoDataIsAbsentAndTheRestIsNumberedWithoutGaps() throws Exception {
    assertThat(Parsed.of(HtmlReport.render(Variations.bare(2, i -> "r" + i))).headings())
        .containsExactly("1Verdict", "2Win rates and ranking");
    Parsed noRun = Parsed.of(HtmlReport.render(ARTIFACT));
    assertThat(noRun.headings()).hasSize(12).doesNotContain("13The plan", "14Provenance");
  }

  @Test
  void withoutGoldRewardThePageDoesNotSpeakOfOneThatItHas() throws Exception {
    Parsed page = Parsed.of(HtmlReport.render(WITHOUT_VALUES));

    assertThat(page.headings()).noneMatch(h -> h.contains("drift"));
    assertThat(page.values("data-metric")).doesNotContain("gold", "gap", "worst_group");
    assertThat(page.elements("dt").stream().map(Element::getTextContent))
        .contains("score")
        .doesNotContain("gold");
    assertThat(page.text()).contains("the reward model’s score").doesNotContain("with the trigger");
  }

  @Test
  void textOfPeopleAndModelsIsShownAndNeverRun() throws Exception {
    String html = HtmlReport.render(Variations.full(3, i -> HOSTILE + i, HOSTILE, HOSTILE));
    Parsed page = Parsed.of(html);

    assertThat(page.elements("img")).isEmpty();
    assertThat(page.elements("script")).hasSize(5);
    assertThat(html.split("</style>", -1)).hasSize(2);
    assertThat(html.split("</script>", -1)).hasSize(6);
    assertThat(page.elements("h3").stream().map(Element::getTextContent)).contains(HOSTILE_READ);
    List<String> answers = page.elements("ins").stream().map(Element::getTextContent).toList();
    assertThat(answers).hasSize(2).allMatch(a -> a.startsWith("</style></script>"));
  }

  @Test
  void aMarkStandsOnlyWhereTheVerdictSaysSo() throws Exception {
    Comparison comparison = ARTIFACT;
    Parsed page = Parsed.of(HtmlReport.render(comparison));

    for (Verdict verdict : Verdict.values()) {
      if (verdict != Verdict.NONE) {
        long marks =
            page.elements("em").stream()
                .filter(e -> e.getTextContent().equals(verdict.word()))
                .filter(e -> ((Element) e.getParentNode()).getAttribute("class").equals("line"))
                .count();
        long cells =
            comparison.metrics().stream()
                .flatMap(m -> m.cells().stream())
                .filter(c -> c.verdict() == verdict)
                .count();
        // once beside the value, once beside the difference
        assertThat(marks).as(verdict.word()).isEqualTo(2 * cells);
      }
    }
  }

  @Test
  void everyValueOfTheCurvesCanBeReadWithoutScript() throws Exception {
    Comparison comparison = FULL;
    Parsed page = Parsed.of(HtmlReport.render(comparison));

    long readings =
        page.elements("table").stream()
            .filter(t -> t.getAttribute("class").contains("readings"))
            .count();
    assertThat(readings).isEqualTo(comparison.curves().size());
    for (Curve curve : comparison.curves()) {
      for (Curve.Line line : curve.lines()) {
        for (Curve.Point point : line.points()) {
          assertThat(page.text()).contains(TextFormat.number(point.mean(), curve.decimals()));
        }
      }
    }
    assertThat(page.elements("summary").stream().map(Element::getTextContent))
        .contains("The same in numbers", "How each number is made", "The nodes as a table");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 12, 40})
  void aPageOfAnyNumberOfRecipesIsWellFormed(int recipes) throws Exception {
    Parsed page = Parsed.of(HtmlReport.render(ComparisonFixture.synthetic(recipes, 30)));

    assertThat(page.elements("th")).allMatch(th -> th.hasAttribute("scope"));
    assertThat(page.headings()).contains("1Verdict");
    assertThat(page.elements("article")).hasSize(recipes > 10 ? 3 : 12);
    boolean rows =
        page.elements("table").stream()
            .anyMatch(t -> t.getAttribute("class").equals("verdict by-recipe"));
    assertThat(rows).as("recipes are rows").isEqualTo(recipes > 10);
  }

  @Test
  void whatTiesIsBestTogether() {
    List<Sample.Answer> answers =
        List.of(
            new Sample.Answer("a", "x", .5, 1.0, null, 1),
            new Sample.Answer("b", "y", .5, .2, null, 1),
            new Sample.Answer("c", "z", .1, 1.0, null, 1));
    SampleFacts facts = SampleFacts.of(new Sample(0, "clean", 1, "p", answers), "a");

    assertThat(facts.bestByGold()).containsExactly("a", "b");
    assertThat(facts.bestByScore()).containsExactly("a", "c");
    assertThat(facts.differently()).as("both would choose a").isFalse();
    assertThat(facts.wrong()).isCloseTo(.2, within(1e-12));
  }

  @Test
  void theSameClausesAreInTheFindingAndInWhatItRestsOn() throws Exception {
    Parsed page = Parsed.of(HtmlReport.render(FULL));

    List<String> links =
        page.elements("a").stream()
            .filter(a -> a.getAttribute("class").equals("to"))
            .map(a -> a.getAttribute("href"))
            .toList();
    assertThat(links).contains("#m-win_rate", "#curve-gold").anyMatch(h -> h.startsWith("#s-"));
  }
}
