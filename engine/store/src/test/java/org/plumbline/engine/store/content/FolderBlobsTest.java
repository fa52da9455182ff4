// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreLayout;

class FolderBlobsTest extends BlobsContract {
  @TempDir Path temp;
  private final List<StagingArea> open = new ArrayList<>();

  @Override
  protected Blobs blobs() throws IOException {
    StoreLayout ground = StoreLayout.of(temp.toRealPath(), Disk.REAL, problem -> {});
    StagingArea scratch = StagingArea.of(ground);
    open.add(scratch);
    return new FolderBlobs(ground, scratch);
  }

  @AfterEach
  void close() throws IOException {
    for (StagingArea each : open) {
      each.close();
    }
  }
}
