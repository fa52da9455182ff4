// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ContentDigestTest {

  @TempDir private Path folder;

  @BeforeEach
  void aModel() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{}");
    Files.createDirectories(folder.resolve("onnx"));
    Files.writeString(folder.resolve("onnx/weights"), "123");
  }

  @Test
  void aFolderChangesWithTheContentOfAnyFile() throws IOException {
    String before = ContentDigest.of(folder);

    Files.writeString(folder.resolve("onnx/weights"), "124");

    assertThat(ContentDigest.of(folder)).isNotEqualTo(before);
  }

  @Test
  void aFolderChangesWithTheNameOfAFile() throws IOException {
    String before = ContentDigest.of(folder);

    Files.move(folder.resolve("config.json"), folder.resolve("other.json"));

    assertThat(ContentDigest.of(folder)).isNotEqualTo(before);
  }

  @Test
  void whatIsHiddenDoesNotCount() throws IOException {
    String before = ContentDigest.of(folder);

    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve(".git/HEAD"), "main");
    Files.writeString(folder.resolve(".gitattributes"), "");

    assertThat(ContentDigest.of(folder)).isEqualTo(before);
  }

  @Test
  void aLinkToAFileCountsAsTheFile() throws IOException {
    String before = ContentDigest.of(folder);
    Path blob = Files.createTempFile("blob", "");
    Files.writeString(blob, "{}");
    Files.delete(folder.resolve("config.json"));

    Files.createSymbolicLink(folder.resolve("config.json"), blob);

    assertThat(ContentDigest.of(folder)).isEqualTo(before);
    Files.delete(blob);
  }

  @Test
  void theDigestOfAFolderIsThatOfEarlierVersions() throws IOException {
    // sha256sum over lines `sha256sum name`
    assertThat(ContentDigest.of(folder))
        .isEqualTo("0db9e82d03b51087149e30429791f798f7fa2bdb141423c1aaa5492458007e12");
  }

  @Test
  void aFolderThatIsALinkIsWhatItLeadsTo(@TempDir Path elsewhere) throws IOException {
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), folder);
    Path again = Files.createSymbolicLink(elsewhere.resolve("again"), Path.of("link"));

    assertThat(ContentDigest.of(link)).isEqualTo(ContentDigest.of(folder));
    assertThat(ContentDigest.of(again)).isEqualTo(ContentDigest.of(folder));
  }

  @Test
  void linksToDifferentFoldersDifferAndALinkThatIsPointedElsewhereChanges(@TempDir Path elsewhere)
      throws IOException {
    Path other = Files.createDirectory(elsewhere.resolve("other"));
    Files.writeString(other.resolve("config.json"), "{}");
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), folder);
    String before = ContentDigest.of(link);

    Files.delete(link);
    Files.createSymbolicLink(link, other);

    assertThat(ContentDigest.of(link)).isNotEqualTo(before).isEqualTo(ContentDigest.of(other));
  }

  @Test
  void aLinkedFolderBelowCountsAsTheFolder(@TempDir Path elsewhere) throws IOException {
    String before = ContentDigest.of(folder);
    Path moved = elsewhere.resolve("onnx");
    Files.move(folder.resolve("onnx"), moved);
    String without = ContentDigest.of(folder);
    Files.createSymbolicLink(folder.resolve("onnx"), moved);

    assertThat(ContentDigest.of(folder)).isEqualTo(before).isNotEqualTo(without);
    Files.writeString(moved.resolve("weights"), "124");
    assertThat(ContentDigest.of(folder)).isNotEqualTo(before);
  }

  /** Files of a snapshot are links into a folder beside it, under names that are digests. */
  @Test
  void aModelInTheLayoutOfADownloadCacheIsThatModel(@TempDir Path cache) throws IOException {
    Path blobs = Files.createDirectory(cache.resolve("blobs"));
    Path snapshot = Files.createDirectories(cache.resolve("snapshots/5d0f2e8a"));
    Files.writeString(blobs.resolve("44136fa3"), "{}");
    Files.writeString(blobs.resolve("a665a459"), "123");
    Files.createSymbolicLink(snapshot.resolve("config.json"), Path.of("../../blobs/44136fa3"));
    Files.createDirectory(snapshot.resolve("onnx"));
    Files.createSymbolicLink(snapshot.resolve("onnx/weights"), Path.of("../../../blobs/a665a459"));

    assertThat(ContentDigest.of(snapshot)).isEqualTo(ContentDigest.of(folder));
  }

  @Test
  void hiddenLinksDoNotCountWhateverTheyLeadTo() throws IOException {
    String before = ContentDigest.of(folder);

    Files.createSymbolicLink(folder.resolve(".gone"), Path.of("gone"));
    Files.createSymbolicLink(folder.resolve(".here"), folder);
    Files.createSymbolicLink(folder.resolve(".onnx"), Path.of("onnx"));

    assertThat(ContentDigest.of(folder)).isEqualTo(before);
  }

  @Test
  void aLinkToAFolderAroundItIsRefusedByName() throws IOException {
    Files.createSymbolicLink(folder.resolve("onnx/up"), Path.of(".."));

    refuses(folder, "onnx/up", InputFault.Kind.BROKEN_LINK, "a folder that it lies in");
  }

  @Test
  void linksThatLeadNowhereOrInACircleAreRefusedByName() throws IOException {
    Path gone = Files.createSymbolicLink(folder.resolve("onnx/gone"), Path.of("nothing"));
    refuses(folder, "onnx/gone", InputFault.Kind.BROKEN_LINK, "a symbolic link to nothing");
    Files.delete(gone);

    Files.createSymbolicLink(folder.resolve("one"), Path.of("two"));
    Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
    refuses(folder, "one", InputFault.Kind.BROKEN_LINK, "leads back to itself");
    refuses(folder.resolve("two"), "", InputFault.Kind.BROKEN_LINK, "leads back to itself");
    refuses(folder.resolve("three"), "", InputFault.Kind.MISSING, "is not there");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(60)
  void pipesAreRefusedByNameAndNotOpened() throws Exception {
    Path pipe = folder.resolve("onnx/pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    refuses(folder, "onnx/pipe", InputFault.Kind.NOT_A_FILE, "is a named pipe, not a file");
    refuses(pipe, "", InputFault.Kind.NOT_A_FILE, "is a named pipe, not a file");

    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("onnx/pipe"));
    refuses(link, "", InputFault.Kind.NOT_A_FILE, "is a named pipe, not a file");
  }

  /** 17 levels with two links each are more than a hundred thousand ways, and no circle. */
  @Test
  void linksThatMakeManyFoldersOfFewEnd(@TempDir Path elsewhere) throws IOException {
    for (int level = 0; level < 17; level++) {
      Path at = Files.createDirectory(elsewhere.resolve("level" + level));
      Files.createSymbolicLink(at.resolve("a"), elsewhere.resolve("level" + (level + 1)));
      Files.createSymbolicLink(at.resolve("b"), elsewhere.resolve("level" + (level + 1)));
    }
    Files.createDirectory(elsewhere.resolve("level17"));

    refuses(elsewhere.resolve("level0"), "", InputFault.Kind.UNREADABLE, "more than 100000 files");
  }

  private static void refuses(Path path, String at, InputFault.Kind kind, String why) {
    assertThatThrownBy(() -> ContentDigest.of(path))
        .isInstanceOfSatisfying(
            InputFault.class,
            fault -> {
              assertThat(fault.at()).isEqualTo(at.isEmpty() ? path : path.resolve(at));
              assertThat(fault.kind()).isEqualTo(kind);
              assertThat(fault.what()).contains(why);
            });
  }
}
