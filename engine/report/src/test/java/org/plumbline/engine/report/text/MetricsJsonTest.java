// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.report.ComparisonFixture;
import org.plumbline.engine.report.Golden;

class MetricsJsonTest {

  @Test
  void everyEntryHasExactlyTheDocumentedFields() throws Exception {
    JsonNode document = new ObjectMapper().readTree(MetricsJson.render(ComparisonFixture.full()));

    assertThat(names(document)).containsExactly("reference", "finding", "metrics");
    for (JsonNode entry : document.get("metrics")) {
      assertThat(names(entry))
          .containsExactly(
              "recipe", "metric", "seed", "value", "low", "high", "n", "difference", "tests");
      if (!entry.get("difference").isNull()) {
        assertThat(names(entry.get("difference"))).containsExactly("value", "low", "high");
      }
    }
  }

  @Test
  void theNumbersAreThoseOfTheComparison() throws Exception {
    Golden.check(
        "text/metrics.json",
        MetricsJson.render(ComparisonFixture.withoutValues())
            .replaceAll("(\\d\\.\\d{9})\\d+", "$1"));
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
