// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.store.record.StoreFailure;

class NodeResultsTest {

  @Test
  void whatAnotherVersionWroteIsNoFaultOfThisOne(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("summary.json"), "{\"labels\": \"many\"}");

    assertThatThrownBy(() -> NodeResults.read("prefs@1", folder, FeedbackSummary::read))
        .isInstanceOf(StoreFailure.class)
        .hasMessageStartingWith(
            "the result of prefs@1 was written by another version of plumb: summary.json: `labels`");
  }
}
