// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;
import org.plumbline.workflows.cli.command.PlumbProcess.Ended;

/** What is said of real runs: why nodes ran, and in what runs differ; and a kept plan that runs. */
class ReasonsIT {

  @TempDir Path folder;

  @Test
  void reasonsAndDifferencesOfTwoRunsAreWhatWasChanged() throws Exception {
    TinySpec.write(folder);
    assertThat(plumb("run", TinySpec.NAME).code()).isZero();
    String first = latest();

    String reused = plumb("why", TinySpec.NAME + ":ppo").out();
    assertThat(reused)
        .startsWith("`ppo` (ppo, seed 1) is reused from run " + first + ".\n")
        .contains("parts of its key are equal; its result is there and verified");

    Path spec = folder.resolve(TinySpec.NAME);
    Files.writeString(spec, Files.readString(spec).replace("updates: 30", "updates: 31"));
    String own = plumb("why", TinySpec.NAME + ":ppo").out();
    assertThat(own)
        .contains("will run. Compared with `ppo@1` of run " + first)
        .contains("1. updates 30 → 31   tiny.plumb.yaml:21:")
        .contains("Same as before: ");
    assertThat(plumb("why", TinySpec.NAME + ":evaluate.ppo").out())
        .contains("input `ppo@1` will run, because")
        .contains("`ppo@1`: updates 30 → 31");
    assertThat(own).doesNotContain("run " + first + " of ");

    String copy = "copy.plumb.yaml";
    Files.writeString(folder.resolve(copy), Files.readString(spec));
    assertThat(plumb("why", copy + ":ppo").out())
        .contains(
            "Compared with `ppo@1` of run " + first + " of " + TinySpec.NAME + ", the newest");
    assertThat(plumb("plan", copy).out())
        .contains("compared with run " + first + " of " + TinySpec.NAME + "\n");

    Ended plan = plumb("plan", TinySpec.NAME, "-o", "plan.json");
    assertThat(plan.out()).contains("Plan: 9 reused, 2 to run: 31 steps.", ", by run " + first);
    assertThat(plumb("run", "plan.json").code()).isZero();
    String second = latest();
    assertThat(second).isNotEqualTo(first);
    assertThat(plumb("plan", TinySpec.NAME, "--exit-code").code()).isZero();

    assertThat(plumb("why", second + ":ppo").out())
        .contains("`ppo` (ppo, seed 1) ran. Compared with `ppo@1` of run " + first);
    assertThat(plumb("why", second + ":dpo").out()).contains("was reused from run " + first);
    assertThat(plumb("why", first + ":dpo").out()).contains("ran.", "never ran");

    String difference = plumb("diff", first, second).out();
    assertThat(difference)
        .containsPattern("policies\\.ppo\\.ppo\\.updates +30 +31")
        .containsPattern("metric ppo\\.\\w+ ")
        .doesNotContain("policies.dpo");
    assertThat(plumb("diff", first, TinySpec.NAME).out())
        .containsPattern("policies\\.ppo\\.ppo\\.updates +30 +31");
  }

  private Ended plumb(String... arguments) throws IOException, InterruptedException {
    return PlumbProcess.run(folder, arguments);
  }

  private String latest() throws IOException, InterruptedException {
    Ended runs = plumb("runs", "--format", "json");
    return runs.json().path("runs").get(0).path("run").asText();
  }
}
