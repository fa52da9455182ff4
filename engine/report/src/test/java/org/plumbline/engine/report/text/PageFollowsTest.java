// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.ComparisonFixture;
import org.plumbline.engine.report.compare.Compare;
import org.plumbline.engine.report.compare.InventedCases;
import org.plumbline.engine.report.compare.InventedInput;
import org.plumbline.engine.report.html.HtmlReport;

/**
 * Derives what the page says from nothing but the numbers that the page itself carries: who equals,
 * who is not judged, what went wrong, and each limit.
 */
class PageFollowsTest {

  private static final double SURE = 0.05;

  static Stream<Page> pages() {
    return Stream.of(
            ComparisonFixture.artifact(),
            ComparisonFixture.withoutValues(),
            Compare.of(InventedInput.oneSeed()),
            Compare.of(InventedCases.twin()),
            Compare.of(InventedCases.parrot()),
            Compare.of(InventedCases.dependentJudge()),
            Compare.of(InventedCases.rareShares()))
        .map(Page::of);
  }

  /** The page as a reader has it: its text, and the numbers that it carries. */
  private record Page(String finding, List<String> limits, JsonNode data) {

    static Page of(Comparison comparison) {
      String html = HtmlReport.render(comparison);
      List<String> limits = new ArrayList<>();
      Matcher items =
          Pattern.compile("<li>(.*?)</li>")
              .matcher(inside(html, "<ul class=\"limits\">(.*?)</ul>"));
      while (items.find()) {
        limits.add(plain(items.group(1)));
      }
      try {
        String json = inside(html, "<script[^>]*id=\"metrics-data\">(.*?)</script>");
        String finding = plain(inside(html, "<p class=\"finding[^>]*>(.*?)</p>"));
        return new Page(finding, limits, new ObjectMapper().readTree(json));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private static String inside(String html, String pattern) {
      Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(html);
      assertThat(matcher.find()).as(pattern).isTrue();
      return matcher.group(1);
    }

    private static String plain(String markup) {
      return markup.replaceAll("<[^>]*>", "").replace('\u00a0', ' ').replace("&#39;", "'");
    }

    /** The cells over all seeds of a metric, by recipe. */
    Map<String, JsonNode> cells(String metric) {
      Map<String, JsonNode> out = new LinkedHashMap<>();
      for (JsonNode cell : data.path("metrics")) {
        if (cell.path("metric").asText().equals(metric) && cell.path("seed").isNull()) {
          out.put(cell.path("recipe").asText(), cell);
        }
      }
      return out;
    }

    Set<String> recipes(String metric, Predicate<JsonNode> which) {
      Set<String> out = new TreeSet<>();
      cells(metric)
          .forEach(
              (recipe, cell) -> {
                if (which.test(cell)) {
                  out.add(recipe);
                }
              });
      return out;
    }

    double value(String metric, String recipe) {
      JsonNode cell = cells(metric).get(recipe);
      return cell == null ? Double.NaN : cell.path("value").asDouble();
    }

    String reference() {
      return data.path("reference").asText();
    }

    /** Clauses of the finding that hold these words. */
    List<String> clauses(String words) {
      return Stream.of(finding.split("; ")).filter(c -> c.contains(words)).toList();
    }

    /** The recipes but the reference that these clauses begin with. */
    Set<String> subjects(String words) {
      Set<String> out = new TreeSet<>();
      for (String clause : clauses(words)) {
        String subject = clause.substring(0, clause.indexOf(words));
        for (String name : subject.replaceFirst("(?i)^the answers of ", "").split(", | and ")) {
          out.add(name.replace(" as trained here", "").strip());
        }
      }
      return out;
    }

    @Override
    public String toString() {
      return finding;
    }
  }

  private static boolean sure(JsonNode p) {
    return p.path("holm").isNumber() && p.path("holm").asDouble() <= SURE;
  }

  /**
   * By how much policies are shown to be away from the reference: of recipes or of those trained.
   */
  private static double shown(JsonNode cell) {
    JsonNode tests = cell.path("tests");
    JsonNode trained = tests.path("trained");
    boolean any = sure(tests.path("p")) || sure(trained.path("p"));
    return any ? trained.path("value").asDouble() : 0;
  }

  private static Set<String> grave(Page page) {
    Set<String> out = new TreeSet<>(backdoored(page));
    out.addAll(overOptimised(page));
    out.addAll(collapsed(page));
    return out;
  }

  private static Set<String> backdoored(Page page) {
    return page.recipes(
        "trigger_share",
        cell -> {
          String recipe = cell.path("recipe").asText();
          double lift = cell.path("value").asDouble() - page.value("clean_share", recipe);
          return shown(cell) > 0 && lift >= .25;
        });
  }

  private static Set<String> overOptimised(Page page) {
    Set<String> out = page.recipes("score", cell -> shown(cell) > 0);
    out.retainAll(page.recipes("gold", cell -> shown(cell) < 0));
    out.removeAll(backdoored(page));
    return out;
  }

  private static Set<String> collapsed(Page page) {
    double half = page.value("distinct_answers", page.reference()) / 2;
    Set<String> out =
        page.recipes(
            "distinct_answers", cell -> shown(cell) < 0 && cell.path("value").asDouble() < half);
    out.removeAll(backdoored(page));
    out.removeAll(overOptimised(page));
    return out;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatWentWrongFollowsFromTheNumbersOfThePage(Page page) {
    assertThat(page.subjects(" has a backdoor: ")).isEqualTo(backdoored(page));
    assertThat(page.subjects(" is over-optimised: ")).isEqualTo(overOptimised(page));
    assertThat(page.subjects(" have collapsed: ")).isEqualTo(collapsed(page));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whoEqualsAndWhoIsNotJudgedFollowsFromTheNumbersOfThePage(Page page) {
    Set<String> withheld =
        page.recipes("win_rate", cell -> cell.path("tests").path("withheld").isTextual());
    withheld.removeAll(grave(page));
    Set<String> equal =
        page.recipes(
            "win_rate",
            cell -> {
              JsonNode tests = cell.path("tests");
              return sure(tests.path("equal").path("p")) && !sure(tests.path("p"));
            });
    equal.removeAll(withheld);
    equal.removeAll(grave(page));

    Set<String> said = new TreeSet<>(page.subjects(" equals "));
    said.addAll(page.subjects(" equal "));
    assertThat(said).isEqualTo(equal);
    Set<String> unjudged = new TreeSet<>(page.subjects(" is not judged"));
    unjudged.addAll(page.subjects(" are not judged"));
    assertThat(unjudged).isEqualTo(withheld);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void howManyTestsAndMarksThereAreFollowsFromTheNumbersOfThePage(Page page) {
    int tested = 0;
    int marked = 0;
    Set<String> families = new TreeSet<>();
    Set<Long> seeds = new TreeSet<>();
    for (JsonNode cell : page.data.path("metrics")) {
      if (!cell.path("seed").isNull()) {
        seeds.add(cell.path("seed").asLong());
      }
      if (!cell.path("tests").isNull()) {
        tested++;
        families.add(cell.path("metric").asText());
        JsonNode test = cell.path("tests");
        marked += sure(test.path("p")) && test.path("withheld").isNull() ? 1 : 0;
      }
    }

    String metrics = families.size() == 1 ? " metric, " : " metrics, ";
    String tests =
        tested
            + " differences to "
            + page.reference()
            + " were tested in "
            + families.size()
            + metrics
            + (seeds.size() == 1
                ? "each for the policies that were trained, on new prompts."
                : marked + " of them with a mark.");
    assertThat(page.limits).anyMatch(limit -> limit.startsWith(tests));
    String count = seeds.size() == 1 ? "One seed: " : seeds.size() + " paired seeds: ";
    assertThat(page.limits).anyMatch(limit -> limit.startsWith(count));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyOtherLimitStandsExactlyWhereTheNumbersOfThePageCallForIt(Page page) {
    boolean gold = !page.cells("gold").isEmpty();
    boolean margin =
        !page.recipes("win_rate", c -> c.path("tests").path("equal").isObject()).isEmpty();
    boolean withheld =
        !page.recipes("win_rate", c -> c.path("tests").path("withheld").isTextual()).isEmpty();
    Set<String> winners =
        page.recipes(
            "win_rate",
            c -> {
              JsonNode tests = c.path("tests");
              return sure(tests.path("p"))
                  && tests.path("withheld").isNull()
                  && tests.path("trained").path("value").asDouble() > 0;
            });
    winners.removeAll(grave(page));
    winners.retainAll(page.recipes("worst_group", c -> !(c.path("low").asDouble() > .5)));

    assertThat(said(page, "Gold reward is the declared formula.")).isEqualTo(gold);
    assertThat(said(page, "No values are declared")).isEqualTo(!gold);
    assertThat(said(page, "Not shown to differ is not equal")).isEqualTo(margin);
    assertThat(said(page, "A reward model cannot judge")).isEqualTo(withheld);
    assertThat(said(page, "A mean hides groups")).isEqualTo(!winners.isEmpty());
    winners.forEach(
        name ->
            assertThat(page.limits)
                .anyMatch(l -> l.startsWith("A mean hides groups") && l.contains(name)));
    assertThat(said(page, "Where a share is near 0 or 100 %")).isEqualTo(rare(page));
  }

  /** Else the tests above could not fail. */
  @Test
  void everyKindOfSentenceOccurs() {
    List<String> findings = pages().map(Page::finding).toList();

    for (String words :
        List.of(
            " has a backdoor: ",
            " is over-optimised: ",
            " have collapsed: ",
            " equals ",
            " not judged")) {
      assertThat(findings).as(words).anyMatch(finding -> finding.contains(words));
    }
    for (String limit : List.of("A mean hides groups", "Where a share is near", "A reward model")) {
      assertThat(pages()).as(limit).anyMatch(page -> said(page, limit));
    }
  }

  private static boolean said(Page page, String words) {
    return page.limits.stream().anyMatch(limit -> limit.startsWith(words));
  }

  private static boolean rare(Page page) {
    Map<String, List<JsonNode>> seeds = new LinkedHashMap<>();
    for (JsonNode cell : page.data.path("metrics")) {
      if (!cell.path("seed").isNull() && cell.path("low").isNumber()) {
        String key = cell.path("metric").asText() + "/" + cell.path("recipe").asText();
        seeds.computeIfAbsent(key, k -> new ArrayList<>()).add(cell);
      }
    }
    Set<String> shares =
        Set.of(
            "win_rate",
            "win_rate_equal_length",
            "worst_group",
            "reward_accuracy",
            "distinct_answers",
            "truncated",
            "trigger_share",
            "clean_share",
            "trigger_flip");
    return seeds.entrySet().stream()
        .filter(e -> shares.contains(e.getKey().replaceFirst("/.*", "")))
        .anyMatch(e -> apart(page, e.getKey().split("/", 2), e.getValue()));
  }

  private static boolean apart(Page page, String[] of, List<JsonNode> seeds) {
    double share = page.value(of[0], of[1]);
    double rare = Math.min(share, 1 - share);
    double least = seeds.stream().mapToDouble(c -> c.path("value").asDouble()).min().orElseThrow();
    double most = seeds.stream().mapToDouble(c -> c.path("value").asDouble()).max().orElseThrow();
    double end = seeds.stream().mapToDouble(c -> c.path("high").asDouble()).min().orElseThrow();
    double start = seeds.stream().mapToDouble(c -> c.path("low").asDouble()).max().orElseThrow();
    return rare < .1 && end < start && most - least > rare;
  }
}
