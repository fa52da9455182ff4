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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.ComparisonFixture;
import org.plumbline.engine.report.ComparisonJson;
import org.plumbline.engine.report.compare.Compare;
import org.plumbline.engine.report.compare.InventedInput;
import org.plumbline.engine.report.html.HtmlReport;

/** Derives what the sentences say a second time, from the numbers of {@code comparison.json}. */
class SentencesFollowTest {

  static Stream<Comparison> comparisons() {
    return Stream.of(
        ComparisonFixture.artifact(),
        ComparisonFixture.withoutValues(),
        Compare.of(InventedInput.oneSeed()),
        Compare.of(InventedInput.longNames()));
  }

  /** The data as the page has them, by metric and recipe. */
  private record Data(JsonNode root) {

    static Data of(Comparison comparison) throws IOException {
      return new Data(new ObjectMapper().readTree(ComparisonJson.write(comparison)));
    }

    Map<String, JsonNode> cells(String id) {
      Map<String, JsonNode> cells = new LinkedHashMap<>();
      for (JsonNode metric : root.path("metrics")) {
        if (metric.path("id").asText().equals(id)) {
          metric.path("cells").forEach(c -> cells.put(c.path("recipe").asText(), c));
        }
      }
      return cells;
    }

    /** Recipes that are shown to be above (1) or below (-1) the reference. */
    Set<String> shown(String id, String p, int sign) {
      Set<String> out = new TreeSet<>();
      cells(id)
          .forEach(
              (recipe, cell) -> {
                JsonNode tests = cell.path("tests");
                double by = tests.path("trained").path("value").asDouble();
                if (tests.has(p)
                    && tests.path(p).path("holm").asDouble() <= 0.05
                    && by * sign > 0) {
                  out.add(recipe);
                }
              });
      return out;
    }
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void whoBeatsAndLosesFollowsFromTheNumbers(Comparison comparison) throws IOException {
    Data data = Data.of(comparison);
    Finding finding = Finding.of(comparison);
    Set<String> grave = new TreeSet<>();
    grave.addAll(named(finding, " backdoor"));
    grave.addAll(named(finding, " over-optimised"));
    grave.addAll(named(finding, " collapsed"));
    Set<String> winners = data.shown("win_rate", "p", 1);
    Set<String> losers = data.shown("win_rate", "p", -1);
    Set<String> trained = data.shown("win_rate", "trainedP", 1);
    trained.removeAll(winners);
    for (Set<String> names : List.of(winners, losers, trained)) {
      names.removeAll(grave);
    }

    assertThat(named(finding, " beats ", " both beat ", " too")).isEqualTo(winners);
    assertThat(named(finding, " loses to ")).isEqualTo(losers);
    assertThat(named(finding, " trained here beat")).isEqualTo(trained);
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void winRatesInTheSentenceAreThoseOfTheTable(Comparison comparison) throws IOException {
    Data data = Data.of(comparison);
    String text = Finding.of(comparison).text().replace('\u00a0', ' ');
    Set<String> possible = new TreeSet<>();
    for (String id : List.of("win_rate", "trigger_share", "distinct_answers")) {
      data.cells(id).values().forEach(c -> possible.add(percent(c.path("value"))));
      data.cells(id)
          .values()
          .forEach(c -> possible.add(percent(c.path("tests").path("trained"), 0.5)));
    }
    Matcher percents = Pattern.compile("(\\d+) %").matcher(text);
    List<String> said = new ArrayList<>();
    while (percents.find()) {
      said.add(percents.group(1));
    }

    assertThat(possible).containsAll(said);
  }

  @Test
  void headlineLeadAndRankingAgreeOnThePage() throws IOException {
    Data data = Data.of(ComparisonFixture.artifact());
    String page = HtmlReport.render(ComparisonFixture.full());
    int won = data.shown("win_rate", "p", 1).size();
    JsonNode first = data.root.path("winRates").path("ranking").path(0);
    int last = first.path("last").asInt();

    assertThat(page).contains(won + " of 6 recipes are shown to win against sft by gold reward");
    assertThat(page)
        .contains(
            first.path("recipe").asText()
                + " has the highest rating"
                + (last == 1
                    ? ", apart from all others"
                    : ", though its place may be any from 1 to " + last));
  }

  /** The recipes but the reference in the clauses that hold one of these words. */
  private static Set<String> named(Finding finding, String... words) {
    Set<String> out = new TreeSet<>();
    List<Finding.Part> clause = new ArrayList<>();
    List<Finding.Part> parts = new ArrayList<>(finding.parts());
    parts.add(new Finding.Part("; ", false));
    for (Finding.Part part : parts) {
      if (!part.text().equals("; ")) {
        clause.add(part);
        continue;
      }
      StringBuilder text = new StringBuilder();
      clause.forEach(p -> text.append(p.text()));
      if (Stream.of(words).anyMatch(text.toString()::contains)) {
        // The first name in the clause on a backdoor is the recipe; others are what it is held to.
        boolean one = text.indexOf(" backdoor") > 0 || text.indexOf(" over-optimised") > 0;
        clause.stream()
            .filter(p -> p.recipe() && !p.text().equals("sft"))
            .map(Finding.Part::text)
            .limit(one ? 1 : 99)
            .forEach(out::add);
      }
      clause.clear();
    }
    return out;
  }

  private static String percent(JsonNode interval) {
    return percent(interval, 0);
  }

  private static String percent(JsonNode interval, double moved) {
    return Numbers.plain(100 * (interval.path("value").asDouble() + moved), 0);
  }
}
