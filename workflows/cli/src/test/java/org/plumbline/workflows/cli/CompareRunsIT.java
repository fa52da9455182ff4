// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;

/** Recipes of several runs in one comparison, and what is left of a run in one. */
class CompareRunsIT {

  @TempDir private Path folder;

  @Test
  void recipesOfSeveralRunsAreComparedWhereTheMeasureAgrees() throws Exception {
    TinySpec.write(folder);
    String spec = Files.readString(folder.resolve(TinySpec.NAME));
    spec(
        "longer",
        spec.replace(
            "feedback: prefs, steps: 40, batch_size: 4 } }\ncompare",
            "feedback: prefs, steps: 20, batch_size: 4 } }\ncompare"));
    spec("brief", spec.replace("words: -0.02", "words: -0.2"));
    String first = run(TinySpec.NAME);
    String second = run("longer.plumb.yaml");
    String third = run("brief.plumb.yaml");

    PlumbProcess.Ended compared =
        PlumbProcess.run(
            folder, "compare", first, second, third, "--format", "json", "-o", "all.html");

    assertThat(compared.code()).as(compared.err()).isZero();
    // sft and ppo of the second run are those of the first; its dpo is another
    assertThat(recipes(compared.json()))
        .containsExactlyInAnyOrder("sft", "ppo", "dpo", "dpo@" + second);
    assertThat(compared.err())
        .contains("left out  ppo of run " + third + ": other values")
        .contains("left out  dpo of run " + third + ": other values");
    // What both were trained by is counted once.
    assertThat(folder.resolve("all.html"))
        .content()
        .contains("dpo@" + second, "Not compared: ")
        .doesNotContain("prefs@" + second, "rm@" + second);
  }

  @Test
  void seedsThatNotAllRunsHaveAreNamedWhicheverRunComesFirst() throws Exception {
    TinySpec.write(folder);
    String one = run(TinySpec.NAME);
    String two = run(TinySpec.NAME, "-D", "seeds=[1,2]");

    for (String[] order : new String[][] {{one, two}, {two, one}}) {
      PlumbProcess.Ended compared = PlumbProcess.run(folder, "compare", order[0], order[1]);

      assertThat(compared.code()).as(compared.err()).isZero();
      assertThat(compared.err()).contains("left out  seed 2: run " + one + " does not have it");
    }
  }

  @Test
  void whatARunHasLeftIsComparedAndTheRestNamed() throws Exception {
    TinySpec.write(folder);
    String run = run(TinySpec.NAME);
    Path runs = folder.resolve(".plumb/runs/" + run);
    JsonNode plan = new ObjectMapper().readTree(runs.resolve("plan.json").toFile());
    for (JsonNode node : plan.path("nodes")) {
      if (node.path("id").asText().equals("evaluate.ppo@1")) {
        Files.delete(folder.resolve(".plumb/nodes/" + node.path("key").asText() + ".json"));
      }
    }
    Files.delete(runs.resolve("comparison.json"));
    Files.deleteIfExists(runs.resolve("comparison.json.sha256"));

    PlumbProcess.Ended compared =
        PlumbProcess.run(folder, "compare", run, "--format", "json", "-o", "part.html");

    assertThat(compared.code()).as(compared.err()).isZero();
    assertThat(recipes(compared.json())).containsExactly("dpo", "sft");
    assertThat(compared.err()).contains("left out  ppo: ");
    assertThat(folder.resolve("part.html")).content().contains("Not compared: <b>ppo</b>");
  }

  private void spec(String name, String text) throws IOException {
    Files.writeString(
        folder.resolve(name + ".plumb.yaml"), text.replace("name: tiny", "name: " + name));
  }

  private String run(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("run"));
    command.addAll(List.of(words));
    PlumbProcess.Ended ended = PlumbProcess.run(folder, command.toArray(String[]::new));
    assertThat(ended.code()).as(ended.err()).isZero();
    PlumbProcess.Ended listed = PlumbProcess.run(folder, "runs", "--format", "json");
    return listed.json().path("runs").path(0).path("run").asText();
  }

  private static Set<String> recipes(JsonNode compared) {
    Set<String> out = new TreeSet<>();
    compared.path("metrics").forEach(m -> out.add(m.path("recipe").asText()));
    return out;
  }
}
