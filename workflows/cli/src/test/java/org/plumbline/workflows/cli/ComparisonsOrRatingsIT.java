// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;

/**
 * The example of Casper et al. 2023, section 3.1.4, in one seed of the shipped spec: what is kept
 * is worth 1, and what is risked 10 with a probability of 0.4 and else nothing. Six of ten
 * comparisons prefer keeping, ratings of what is risked are 4 on average; the former teach to keep,
 * the latter to risk.
 */
class ComparisonsOrRatingsIT {
  private static final Path EXAMPLE = Path.of("../../examples/comparisons-or-ratings");

  @TempDir private Path folder;

  @Test
  void comparisonsChooseWhatIsKeptAndRatingsWhatIsRisked() throws Exception {
    for (String file : List.of("corpus.txt", "prompts.jsonl", "test-prompts.jsonl")) {
      Files.copy(EXAMPLE.resolve(file), folder.resolve(file));
    }
    Files.writeString(
        folder.resolve("example.plumb.yaml"),
        Files.readString(EXAMPLE.resolve("example.plumb.yaml"))
            .replace("seeds: [1, 2, 3, 4, 5]", "seeds: [1]"));

    assertThat(PlumbProcess.run(folder, "run", "example.plumb.yaml").code()).isZero();

    List<JsonNode> compared = labels("compared@1");
    int both = 0;
    int kept = 0;
    for (JsonNode row : compared) {
      boolean keeps = row.path("chosen").asText().contains("keep");
      if (keeps != row.path("rejected").asText().contains("keep")) {
        both++;
        kept += keeps ? 1 : 0;
      }
    }
    assertThat(both).isGreaterThan(400);
    assertThat(kept / (double) both).isCloseTo(0.6, within(4 * Math.sqrt(0.24 / both)));
    int risked = 0;
    double sum = 0;
    for (JsonNode row : labels("rated@1")) {
      double rating = row.path("rating").asDouble();
      if (row.path("completion").asText().contains("risk")) {
        risked++;
        sum += rating;
      } else if (row.path("completion").asText().contains("keep")) {
        assertThat(rating).isEqualTo(1);
      }
    }
    assertThat(risked).isGreaterThan(300);
    assertThat(sum / risked).isCloseTo(4, within(4 * Math.sqrt(24.0 / risked)));
    JsonNode metrics =
        PlumbProcess.run(folder, "compare", "latest", "--format", "json", "-o", "report.html")
            .json();
    assertThat(gold(metrics, "comparisons")).isBetween(0.8, 2.0);
    assertThat(gold(metrics, "ratings")).isBetween(3.5, 4.1);
  }

  private List<JsonNode> labels(String node) throws IOException, InterruptedException {
    String file = node + ".jsonl";
    PlumbProcess.Ended ended =
        PlumbProcess.run(folder, "export", "latest:" + node, "--labels", "-o", file);
    assertThat(ended.code()).as(ended.err()).isZero();
    ObjectMapper mapper = new ObjectMapper();
    try (var lines = Files.lines(folder.resolve(file))) {
      return lines.map(line -> read(mapper, line)).toList();
    }
  }

  private static JsonNode read(ObjectMapper mapper, String line) {
    try {
      return mapper.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  private static double gold(JsonNode compared, String recipe) {
    for (JsonNode row : compared.path("metrics")) {
      if (row.path("metric").asText().equals("gold")
          && row.path("recipe").asText().equals(recipe)
          && row.path("seed").isNull()) {
        return row.path("value").asDouble();
      }
    }
    throw new AssertionError("no gold reward of " + recipe);
  }
}
