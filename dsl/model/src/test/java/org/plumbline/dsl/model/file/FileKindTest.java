// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class FileKindTest {

  @TempDir private Path folder;

  @Test
  void filesAndFoldersAreWhatTheyAreThroughLinks() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "1");
    Path one = Files.createSymbolicLink(folder.resolve("one"), Path.of("file"));
    Path two = Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
    Path dir = Files.createSymbolicLink(folder.resolve("dir"), folder);

    assertThat(FileKind.of(file)).isEqualTo(FileKind.FILE);
    assertThat(FileKind.of(two)).isEqualTo(FileKind.FILE);
    assertThat(FileKind.of(dir)).isEqualTo(FileKind.FOLDER);
    assertThat(FileKind.of(dir.resolve("one"))).isEqualTo(FileKind.FILE);
    assertThat(one).isSymbolicLink();
  }

  @Test
  void whatIsNotThereAndLinksThatLeadNowhereAreToldApart() throws IOException {
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("gone"));
    Path circle = Files.createSymbolicLink(folder.resolve("circle"), Path.of("back"));
    Files.createSymbolicLink(folder.resolve("back"), Path.of("circle"));

    assertThat(FileKind.of(folder.resolve("gone"))).isEqualTo(FileKind.MISSING);
    assertThat(FileKind.of(dangling)).isEqualTo(FileKind.DANGLING);
    assertThat(FileKind.of(dangling.resolve("below"))).isEqualTo(FileKind.DANGLING);
    assertThat(FileKind.of(circle)).isEqualTo(FileKind.CIRCLE);
    assertThat(FileKind.of(circle.resolve("below"))).isEqualTo(FileKind.CIRCLE);
  }

  @Test
  void pipesSocketsAndDevicesAreNamedWithoutBeingOpened() throws Exception {
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertThat(made.waitFor(30, TimeUnit.SECONDS)).isTrue();
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("pipe"));

    assertThat(FileKind.of(pipe)).isEqualTo(FileKind.PIPE);
    assertThat(FileKind.of(link)).isEqualTo(FileKind.PIPE);
    assertThat(FileKind.of(Path.of("/dev/zero"))).isEqualTo(FileKind.DEVICE);
    // the names of sockets have to be short, shorter than some temporary folders'
    Path place = Files.createTempDirectory("s");
    Path socket = place.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      assertThat(FileKind.of(socket)).isEqualTo(FileKind.SOCKET);
    } finally {
      Files.deleteIfExists(socket);
      Files.delete(place);
    }
  }

  @Test
  void dotsAfterALinkLeadToTheParentOfWhatItLeadsTo() throws IOException {
    Files.createDirectories(folder.resolve("models/one"));
    Path models = folder.resolve("models");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("models/one"));

    assertThat(PlainPath.of(link.resolve("../two"))).isEqualTo(models.toRealPath().resolve("two"));
    assertThat(PlainPath.of(folder.resolve("a/./b/../c"))).isEqualTo(folder.resolve("a/c"));
    assertThat(PlainPath.of(link)).isEqualTo(link);
    assertThat(PlainPath.of(Path.of("/../x"))).isEqualTo(Path.of("/x"));
  }
}
