// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
  @TempDir Path temp;

  @Test
  void namesOfNewFoldersAreForcedToTheDeviceAllTheWayUp() throws IOException {
    List<Path> synced = new ArrayList<>();
    Disk disk =
        new Disk() {
          @Override
          public void syncFolder(Path folder) {
            synced.add(folder);
          }
        };
    Path deep = temp.resolve("a").resolve("b");

    disk.createFolders(deep);
    disk.createFolders(deep);

    assertThat(deep).isDirectory();
    assertThat(synced).containsExactly(temp.resolve("a"), temp);
  }
}
