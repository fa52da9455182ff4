// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;

/** In processes of their own: the first device that a process starts with stays. */
class AbsentDeviceIT {

  @TempDir Path folder;

  @Test
  void aGpuThatIsNotThereIsRefusedBeforeAnythingIsBegun() throws Exception {
    TinySpec.write(folder);

    PlumbProcess.Ended ended = PlumbProcess.run(folder, "run", TinySpec.NAME, "--device=cuda:99");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("there is no cuda:99").contains("plumb doctor");
    assertThat(folder.resolve(".plumb")).doesNotExist();
  }
}
