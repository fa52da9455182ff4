// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.store.disk.DeletablePaths;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreLayout;

class FolderRecordsTest extends RecordsContract {
  @TempDir Path temp;
  private final List<StagingArea> open = new ArrayList<>();

  @Override
  protected Records records() throws IOException {
    StoreLayout ground = StoreLayout.of(temp.toRealPath(), Disk.REAL, problem -> {});
    StagingArea scratch = StagingArea.of(ground);
    open.add(scratch);
    return new FolderRecords(ground, scratch, "nodes", DeletablePaths.NODE_RECORD);
  }

  @AfterEach
  void close() throws IOException {
    for (StagingArea each : open) {
      each.close();
    }
  }

  @Test
  void whatIsNoRecordIsSaidAndPutOutOfTheWay() throws IOException {
    String name = "cd".repeat(32) + ".json";
    Path precious = Files.writeString(temp.resolve("precious"), "years of work");
    Files.createDirectories(temp.resolve("nodes"));
    Files.createSymbolicLink(temp.resolve("nodes").resolve(name), precious);

    assertThatThrownBy(() -> records().read(name)).isInstanceOf(MisplacedFile.class);
    records().put(name, "one".getBytes(StandardCharsets.UTF_8));

    assertThat(temp.resolve("nodes").resolve(name)).hasContent("one").isRegularFile();
    assertThat(precious).hasContent("years of work");
    assertThat(temp.resolve("quarantine")).isNotEmptyDirectory();
  }
}
