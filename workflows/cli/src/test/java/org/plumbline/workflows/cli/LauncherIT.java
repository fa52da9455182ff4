// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of loaded classes that the launcher makes. */
class LauncherIT {
  private static final Path BUILT = Path.of("target/plumb").toAbsolutePath();

  @TempDir private Path folder;
  private Path lib;

  @BeforeEach
  void install() throws IOException {
    lib = Files.createDirectory(folder.resolve("lib"));
    Files.createDirectory(folder.resolve("bin"));
    Files.copy(BUILT.resolve("bin/plumb"), folder.resolve("bin/plumb"));
    try (Stream<Path> files = Files.list(BUILT.resolve("lib"))) {
      for (Path file : files.filter(f -> !f.toString().endsWith(".jsa")).toList()) {
        Files.createSymbolicLink(lib.resolve(file.getFileName()), file);
      }
    }
  }

  @AfterEach
  void removeLinks() throws IOException {
    try (Stream<Path> files = Files.list(lib)) {
      for (Path file : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(file);
      }
    }
  }

  private int version() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", folder.resolve("bin/plumb").toString(), "--version")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.txt").toFile());
    builder.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home")));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private Path archive() {
    return lib.resolve("classes-" + System.getProperty("java.version") + ".jsa");
  }

  @Test
  void itIsMadeWhereNothingIs() throws Exception {
    assertThat(version()).isZero();

    assertThat(archive()).isRegularFile();
  }

  @Test
  void nothingIsWrittenThroughALinkThatHasItsName() throws Exception {
    Path thesis = Files.writeString(folder.resolve("thesis.tex"), "years of work");
    Files.createSymbolicLink(archive(), thesis);

    assertThat(version()).isZero();

    assertThat(archive()).isSymbolicLink();
    assertThat(thesis).hasContent("years of work");
  }

  @Test
  void aFolderThatHasItsNameStaysAsItIs() throws Exception {
    Files.createDirectory(archive());

    assertThat(version()).isZero();

    assertThat(archive()).isEmptyDirectory();
  }
}
