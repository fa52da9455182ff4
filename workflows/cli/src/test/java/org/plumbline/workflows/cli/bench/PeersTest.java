// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PeersTest {

  @Test
  void aCommandLineIsTakenApartAtItsSpaces() {
    assertThat(Peers.of("python3 \"my peers.py\" --x 'a b'").command())
        .containsExactly("python3", "my peers.py", "--x", "a b");
  }

  @Test
  void theLineOfTheFigureIsFoundAmongOtherOutput() {
    String out =
        """
        Loading weights: 100%
        {"what": "hf_train", "system": "other", "runs": [7]}
        {"what": "torch_train", "system": "torch 2.7.1", "unit": "tokens/s", "runs": [10.5, 12]}
        """;

    Peers.Said said = Peers.said("torch_train", out, 0, "");

    assertThat(said.system()).isEqualTo("torch 2.7.1");
    assertThat(said.runs()).containsExactly(10.5, 12.0);
    assertThat(said.error()).isEmpty();
  }

  @Test
  void aPeerThatCannotRunSaysWhy() {
    String out = "{\"what\": \"trl_dpo\", \"error\": \"ModuleNotFoundError: trl\"}\n";

    Peers.Said said = Peers.said("trl_dpo", out, 0, "");

    assertThat(said.runs()).isEmpty();
    assertThat(said.error()).isEqualTo("ModuleNotFoundError: trl");
  }

  @Test
  void aProgramThatFailsIsQuotedWithItsExitCode() {
    Peers.Said said = Peers.said("trl_dpo", "", 2, "peers.py: error: unknown ['trl_dpo']");

    assertThat(said.error()).isEqualTo("peers.py: error: unknown ['trl_dpo'] (exit code 2)");
  }

  @Test
  void ratiosAreOfMediansAndHoldTheirLimits() {
    Figure.Peer peer = Figure.TRAIN.peers().get(0);
    Row.PeerRuns theirs = new Row.PeerRuns(peer, "torch", List.of(90.0, 100.0, 300.0), "");

    assertThat(theirs.ratio(Row.median(List.of(95.0, 96.0)))).isEqualTo(0.955);
    assertThat(peer.holds(0.955)).isTrue();
    assertThat(peer.holds(0.949)).isFalse();
    assertThat(Figure.MEMORY.peers().get(0).holds(1.11)).isFalse();
  }
}
