// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceTest {

  @TempDir Path folder;

  @Test
  void anUnknownDeviceIsRefusedByName() throws IOException {
    TinySpec.write(folder);
    for (List<String> command :
        List.of(
            List.of("run", TinySpec.NAME),
            List.of("resume", "latest"),
            List.of("bench", "lm"),
            List.of("model", "m", "--ids", "1"),
            List.of("plan", TinySpec.NAME))) {
      String[] line = new String[command.size() + 1];
      command.toArray(line);
      line[command.size()] = "--device=gpu";

      Said said = Said.by(folder, line);

      assertThat(said.code()).as(said.err()).isEqualTo(2);
      assertThat(said.err()).contains("unknown device `gpu`").contains("`cuda:0`");
    }
  }

  @Test
  void doctorSaysWhatTheProcessHas() throws IOException {
    JsonNode findings = Said.by(folder, "doctor", "--format", "json").json().path("findings");

    assertThat(found(findings, "engine")).contains("libtorch").contains("device cpu");
    assertThat(found(findings, "process")).contains("OMP_WAIT_POLICY").contains("malloc");
    assertThat(Path.of(found(findings, "natives"))).isDirectory();
    assertThat(found(findings, "machine")).contains("GB of memory");
    assertThat(found(findings, "GPU")).isNotEmpty();
  }

  private static String found(JsonNode findings, String what) {
    for (JsonNode finding : findings) {
      if (finding.path("what").asText().equals(what)) {
        return finding.path("found").asText();
      }
    }
    return "";
  }
}
