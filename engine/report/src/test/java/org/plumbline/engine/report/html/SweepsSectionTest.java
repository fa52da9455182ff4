// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.report.ComparedRecipe.Point;
import org.plumbline.engine.report.compare.Altered;
import org.plumbline.engine.report.compare.Compare;
import org.plumbline.engine.report.compare.ComparisonInput;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.InventedInput;

class SweepsSectionTest {
  private static final String BETA = "policies.dpo.dpo.beta";

  /** The report of invented recipes that lie somewhere, each by its number from 0 on. */
  private static String report(IntFunction<@Nullable Point> points) throws Exception {
    ComparisonInput full = InventedInput.full();
    List<RecipeResult> recipes = new ArrayList<>();
    for (RecipeResult result : full.recipes()) {
      recipes.add(
          new RecipeResult(result.recipe().at(points.apply(recipes.size())), result.seeds()));
    }
    String html = HtmlReport.render(Compare.of(Altered.recipes(full, recipes)));
    Parsed.of(html); // well-formed
    return html;
  }

  private static String section(String html) {
    int from = html.indexOf("id=\"settings-swept\"");
    return from < 0 ? "" : html.substring(from, html.indexOf("</section>", from));
  }

  private static Point beta(String value) {
    return new Point("dpo", Map.of(BETA, value));
  }

  @Test
  void eachMetricIsDrawnOverTheSetting() throws Exception {
    String section = section(report(i -> i == 0 ? null : beta("0." + i)));
    int recipes = InventedInput.full().recipes().size() - 1;

    assertThat(section.split("<svg class=\"chart panel\"", -1)).hasSize(4);
    assertThat(section.split("class=\"whisker\"", -1)).hasSize(1 + 3 * recipes);
    assertThat(section)
        .contains("along " + BETA, ">0.1</text>", ">beta</text>", "gold reward is highest at 0.");
  }

  @Test
  void valuesOfManySizesLieOnALogarithmicScale() throws Exception {
    assertThat(section(report(i -> beta("1e-" + (i + 1)))))
        .contains(">beta, logarithmic scale</text>", ">1e-4</text>");
  }

  @Test
  void recipesThatDifferElsewhereLieOnOtherLines() throws Exception {
    String other = "policies.dpo.dpo.steps";
    String section =
        section(
            report(
                i -> new Point("dpo", Map.of(BETA, "0." + (1 + i / 2), other, "" + (60 + i % 2)))));

    assertThat(section).contains(">steps 60</text>", ">steps 61</text>");
    assertThat(section).contains("<h3 class=\"small\">" + BETA, "<h3 class=\"small\">" + other);
  }

  @Test
  void oneVariantWordsAndOtherOriginsAreNoSweep() throws Exception {
    assertThat(section(report(i -> i < 2 ? new Point(name(0), Map.of(BETA, "0." + i)) : null)))
        .isEmpty();
    assertThat(section(report(i -> beta(i % 2 == 0 ? "left out" : "word")))).isEmpty();
    assertThat(section(report(i -> new Point("dpo" + i, Map.of(BETA, "0." + i))))).isEmpty();
    assertThat(section(report(i -> null))).isEmpty();
  }

  private static String name(int recipe) {
    return InventedInput.full().recipes().get(recipe).recipe().name();
  }
}
