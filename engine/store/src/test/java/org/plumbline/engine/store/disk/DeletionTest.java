// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.store.Precious;

class DeletionTest {
  private static final String OURS = "4711-01234567-89ab-cdef-0123-456789abcdef";

  /** With handles of the system, and without. */
  enum Way {
    HELD(HeldFolder::hold),
    NAMED(HeldFolder.Named::of);

    private final Deletion.Opener opener;

    Way(Deletion.Opener opener) {
      this.opener = opener;
    }
  }

  @TempDir Path temp;
  private Precious precious;
  private Path root;

  @BeforeEach
  void prepare() throws IOException {
    temp = temp.toRealPath();
    root = Files.createDirectory(temp.resolve("store"));
    precious = Precious.in(temp.resolve("precious"));
  }

  private Deletion deletion(Way way) throws IOException {
    return new Deletion(root, "", path -> {}, way.opener);
  }

  @ParameterizedTest
  @EnumSource
  void aTreeGoesAndWhatLinksInItLeadToStays(Way way) throws IOException {
    Path ours = Files.createDirectories(root.resolve("tmp/" + OURS + "/1/a/b"));
    Files.writeString(ours.resolve("x"), "x");
    Files.createSymbolicLink(ours.resolve("folder"), precious.folder());
    Files.createSymbolicLink(ours.resolve("file"), precious.file());
    Files.createSymbolicLink(ours.resolve("nowhere"), temp.resolve("nowhere"));

    deletion(way).delete(DeletablePaths.PROCESS_FOLDER, root.resolve("tmp/" + OURS));

    assertThat(root.resolve("tmp")).isEmptyDirectory();
    assertThat(precious.look()).isEqualTo(precious.before());
  }

  @ParameterizedTest
  @EnumSource
  void whatHasOurNameAndIsALinkStays(Way way) throws IOException {
    Files.createDirectory(root.resolve("tmp"));
    Path link = Files.createSymbolicLink(root.resolve("tmp/" + OURS), precious.folder());

    assertThatThrownBy(() -> deletion(way).delete(DeletablePaths.PROCESS_FOLDER, link))
        .isInstanceOf(MisplacedFile.class);

    assertThat(link).isSymbolicLink();
    assertThat(precious.look()).isEqualTo(precious.before());
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsDeletedBehindALinkOnTheWay(Way way) throws IOException {
    Path ours = Files.createDirectories(precious.folder().resolve(OURS));
    Files.writeString(ours.resolve("x"), "x");
    Files.createSymbolicLink(root.resolve("tmp"), precious.folder());

    assertThatThrownBy(
            () -> deletion(way).delete(DeletablePaths.PROCESS_FOLDER, root.resolve("tmp/" + OURS)))
        .isInstanceOf(MisplacedFile.class);

    assertThat(ours.resolve("x")).exists();
  }

  @ParameterizedTest
  @EnumSource
  void aFolderThatWasPutInPlaceOfTheOpenedOneIsLeftAlone(Way way) throws IOException {
    Deletion deletion = deletion(way);
    Files.move(root, temp.resolve("moved"));
    Path other = Files.createDirectories(root.resolve("tmp/" + OURS));

    assertThatThrownBy(() -> deletion.delete(DeletablePaths.PROCESS_FOLDER, other))
        .isInstanceOf(MisplacedFile.class);

    assertThat(other).exists();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotThereIsNoFailure(Way way) throws IOException {
    Deletion deletion = deletion(way);

    deletion.delete(DeletablePaths.PROCESS_FOLDER, root.resolve("tmp/" + OURS));
    Files.move(root, temp.resolve("moved"));
    deletion.delete(DeletablePaths.PROCESS_FOLDER, root.resolve("tmp/" + OURS));

    assertThat(root).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void aFolderWithThingsOfOthersStays(Way way) throws IOException {
    Path folder = Files.createDirectories(root.resolve("checkpoints/" + "ab".repeat(32)));
    Files.writeString(folder.resolve("notes.txt"), "mine");

    deletion(way).delete(DeletablePaths.NO_CHECKPOINTS, folder);

    assertThat(folder.resolve("notes.txt")).hasContent("mine");
  }

  @Test
  void aFolderThatIsSwappedForALinkWhileItIsEmptiedLeadsNowhere() throws IOException {
    Path ours = Files.createDirectories(root.resolve("tmp/" + OURS + "/1"));
    for (int file = 0; file < 10; file++) {
      Files.writeString(ours.resolve("thesis" + file + ".tex"), "x");
      Files.writeString(precious.folder().resolve("thesis" + file + ".tex"), "x");
    }
    Precious all = Precious.in(precious.folder());
    AtomicBoolean swapped = new AtomicBoolean();
    Deletion deletion =
        Deletion.inStore(
            root,
            "",
            path -> {
              if (!swapped.getAndSet(true)) {
                swap(ours);
              }
            });

    assertThatThrownBy(
            () -> deletion.delete(DeletablePaths.PROCESS_FOLDER, root.resolve("tmp/" + OURS)))
        .isInstanceOf(IOException.class);

    assertThat(all.look()).isEqualTo(all.before());
  }

  private void swap(Path folder) {
    try {
      Files.move(folder, temp.resolve("swapped"));
      Files.createSymbolicLink(folder, precious.folder());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tmp",
        "tmp/x",
        "tmp/4711-dead",
        "tmp/../nodes",
        "runs/ab12",
        "runs/ab12/run.json",
        "artifacts",
        "artifacts/sha256",
        "checkpoints/x",
        "",
        ".",
        "../precious",
        "format",
        "../precious/" + OURS,
        "../store/tmp/x"
      })
  void whatHasNoNameOfOursIsNotDeletedAsAnything(String name) throws IOException {
    Deletion deletion = Deletion.below(root);

    for (DeletablePaths what : DeletablePaths.values()) {
      assertThatThrownBy(() -> deletion.delete(what, root.resolve(name)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
