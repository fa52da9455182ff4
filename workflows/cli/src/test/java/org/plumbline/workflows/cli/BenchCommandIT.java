// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;

class BenchCommandIT {

  @TempDir Path folder;

  @Test
  void everyFigureHasANumberForEachRepeat() throws Exception {
    JsonNode json =
        PlumbProcess.run(
                folder,
                "bench",
                "lm",
                "--threads=1",
                "--seconds=0.1",
                "--repeats=2",
                "--format=json",
                "train",
                "sample",
                "sft",
                "dpo",
                "dpo-precomputed",
                "reward",
                "kto",
                "orpo",
                "simpo",
                "cpo",
                "online-dpo",
                "grpo",
                "rloo",
                "ppo",
                "groups",
                "memory")
            .json();

    assertThat(json.path("setting").path("width").asInt()).isEqualTo(128);
    assertThat(json.path("figures")).hasSize(16);
    for (JsonNode figure : json.path("figures")) {
      assertThat(figure.path("runs")).as(figure.toString()).hasSize(2);
      assertThat(figure.path("median").asDouble()).as(figure.toString()).isPositive();
    }
  }

  @Test
  void ratiosToAnotherProgramAreShownWithTheirLimits() throws Exception {
    Path script = folder.resolve("peers.sh");
    Files.writeString(
        script,
        """
        for name in "$@"; do :; done
        case $name in
          torch_sample) echo '{"what": "torch_sample", "system": "torch 9", "runs": [100]}' ;;
          *) echo "no such measure" >&2; exit 3 ;;
        esac
        """);

    PlumbProcess.Ended ended = bench("sample", "--peers=false", "--peers=sh " + script);

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).containsPattern("torch_sample +100.0 +\\d+\\.\\d\\d +≥ 1.0 +✔");
    assertThat(ended.out()).contains("(torch 9)").containsPattern("hf_sample +n/a");
    assertThat(ended.err()).contains("hf_sample: no such measure (exit code 3)");
  }

  @Test
  void aLlamaIsMeasuredInTheSameSizes() throws Exception {
    assertThat(bench("train", "--family=llama").out()).contains("nano: llama, 4 layers");
  }

  private PlumbProcess.Ended bench(String name, String... options)
      throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of("bench", "lm", name, "--threads=1", "--seconds=0.1", "--repeats=1"));
    line.addAll(List.of(options));
    return PlumbProcess.run(folder, line.toArray(String[]::new));
  }
}
