// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
  @TempDir Path temp;

  @Test
  void aFolderThatCanBeWrittenOrMadeHasNoFault() throws IOException {
    assertThat(NativeCache.fault(temp)).isEmpty();
    assertThat(NativeCache.fault(temp.resolve("not/yet"))).isEmpty();
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aFileIsNoFolderNorCanOneBeMadeBelowIt() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");

    assertThat(NativeCache.fault(file)).contains("is no folder");
    assertThat(NativeCache.fault(file.resolve("below")))
        .contains("cannot be made: " + file + " is no folder");
  }
}
