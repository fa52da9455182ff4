// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.compare.Altered;
import org.plumbline.engine.report.compare.Compare;
import org.plumbline.engine.report.compare.ComparisonInput;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.InventedInput;

class RoundsSectionTest {

  /** The recipes after the reference are rounds, the last one given first. */
  private static Comparison rounds(int count) {
    ComparisonInput full = InventedInput.full();
    List<RecipeResult> recipes = new ArrayList<>();
    for (RecipeResult result : full.recipes()) {
      int number = count - recipes.size() + 1;
      boolean round = !recipes.isEmpty() && number > 0;
      recipes.add(
          round
              ? new RecipeResult(result.recipe().inRound("iterated", number), result.seeds())
              : result);
    }
    return Compare.of(Altered.recipes(full, recipes));
  }

  @Test
  void eachQuantityIsDrawnByRoundWithAMarkForEach() throws Exception {
    Comparison three = rounds(3);

    String html = HtmlReport.render(three);
    Parsed.of(html); // well-formed
    String section = html.substring(html.indexOf("id=\"rounds\""), html.indexOf("Gold that falls"));

    assertThat(section.split("<svg class=\"chart panel\"", -1)).hasSize(4);
    assertThat(section.split("class=\"whisker\"", -1)).hasSize(1 + 3 * 3);
    assertThat(section).contains("by round: iterated").contains("after round 1 to");
  }

  @Test
  void withoutRoundsOrWithOneThereIsNothingToDraw() {
    assertThat(HtmlReport.render(rounds(0))).doesNotContain("id=\"rounds\"");
    assertThat(HtmlReport.render(rounds(1))).doesNotContain("id=\"rounds\"");
  }
}
