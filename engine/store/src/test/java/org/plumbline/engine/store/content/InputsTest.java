// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.plan.ContentDigest;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.StoreFailure;

class InputsTest {
  @TempDir Path temp;
  private Store store;
  private final List<String> copied = new ArrayList<>();

  @BeforeEach
  void open() {
    store = Store.open(temp.resolve("store"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private FileRef file(String name, String content) throws IOException {
    return ref(Files.writeString(temp.resolve(name), content));
  }

  private FileRef folder() throws IOException {
    Path model = Files.createDirectories(temp.resolve("model"));
    Files.writeString(model.resolve("config.json"), "{}");
    Files.writeString(model.resolve("manifest.json"), "[]");
    Files.writeString(Files.createDirectories(model.resolve("deep")).resolve("a b"), "");
    Files.writeString(model.resolve("deep.txt"), "sorted before what is in deep");
    Files.writeString(Files.createDirectories(model.resolve(".git")).resolve("HEAD"), "hidden");
    return ref(model);
  }

  private FileRef ref(Path path) throws IOException {
    return new FileRef(String.valueOf(path.getFileName()), path.toString(), ContentDigest.of(path));
  }

  private void put(FileRef file) {
    store.inputs().put(file, (copy, bytes) -> copied.add(copy.written() + " " + bytes));
  }

  private StoreFailure failure(FileRef file) {
    return catchThrowableOfType(StoreFailure.class, () -> put(file));
  }

  @Test
  void theCopyIsWhatTheOriginalWas() throws IOException {
    FileRef file = file("corpus.txt", "old");
    put(file);
    Files.writeString(Path.of(file.path()), "new");

    assertThat(store.inputs().open(file)).hasContent("old");
    assertThat(copied).containsExactly("corpus.txt 3");
  }

  @Test
  void ofAFolderWhatCountsIsCopiedAndLinksAsWhatTheyLeadTo() throws IOException {
    FileRef folder = folder();
    Path link = Path.of(folder.path()).resolve("linked");
    Files.createSymbolicLink(link, Path.of("deep"));
    FileRef linked = ref(Path.of(folder.path()));

    put(linked);

    Path copy = store.inputs().open(linked);
    assertThat(ContentDigest.of(copy)).isEqualTo(linked.digest()).isNotEqualTo(folder.digest());
    try (Stream<Path> files = Files.walk(copy)) {
      assertThat(files.filter(Files::isRegularFile).map(at -> copy.relativize(at).toString()))
          .containsExactlyInAnyOrder(
              "config.json", "manifest.json", "deep/a b", "deep.txt", "linked/a b");
    }
    assertThat(copy.resolve("linked")).isDirectory();
    assertThat(Files.isSymbolicLink(copy.resolve("linked"))).isFalse();
  }

  @Test
  void equalContentIsCopiedOnceUnderWhateverName() throws IOException {
    FileRef one = file("one.txt", "same");
    put(one);
    put(one);
    put(file("two.txt", "same"));

    assertThat(copied).containsExactly("one.txt 4");
  }

  @Test
  void whatHasChangedSinceThePlanIsNamedAndNotKept() throws IOException {
    FileRef file = file("corpus.txt", "old");
    Files.writeString(Path.of(file.path()), "new");
    FileRef folder = folder();
    Files.delete(Path.of(folder.path()).resolve("deep.txt"));

    assertThat(failure(file).kind()).isEqualTo(StoreFailure.Kind.FILE_CHANGED);
    assertThat(failure(file)).hasMessageContaining("corpus.txt changed since the plan was made");
    assertThat(failure(folder)).hasMessageContaining("model changed since the plan was made");
    assertThat(store.inputs().find(file)).isEmpty();
    assertThat(store.root().resolve("artifacts")).doesNotExist();
    try (Stream<Path> left = Files.walk(store.root().resolve("tmp"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatHasGoneOrIsNoFileAnyMoreIsNamedAndNotWaitedFor() throws Exception {
    FileRef gone = file("gone.txt", "old");
    Files.delete(Path.of(gone.path()));
    FileRef pipe = file("pipe.txt", "old");
    Files.delete(Path.of(pipe.path()));
    assertThat(new ProcessBuilder("mkfifo", pipe.path()).start().waitFor()).isZero();

    assertThat(failure(gone)).hasMessageContaining("gone.txt cannot be read any more");
    assertThat(failure(pipe)).hasMessageContaining("pipe.txt cannot be read any more");
    assertThat(failure(pipe).kind()).isEqualTo(StoreFailure.Kind.FILE_CHANGED);
  }

  @Test
  void aDamagedCopyIsSaidAndMadeAnewFromTheOriginal() throws IOException {
    FileRef file = file("corpus.txt", "old");
    put(file);
    Files.writeString(store.inputs().open(file), "odd!");

    StoreFailure damaged =
        catchThrowableOfType(StoreFailure.class, () -> store.inputs().open(file));
    put(file);

    assertThat(damaged.kind()).isEqualTo(StoreFailure.Kind.CORRUPT);
    assertThat(damaged).hasMessageContaining("the copy of corpus.txt in the store is damaged");
    assertThat(damaged.help()).contains("resume the run where the file is, unchanged");
    assertThat(store.inputs().open(file)).hasContent("old");
    assertThat(store.root().resolve("quarantine")).isNotEmptyDirectory();
  }

  @Test
  void aRecordThatIsDamagedOrOfAnotherIsNotBelieved() throws IOException {
    FileRef file = file("corpus.txt", "old");
    FileRef other = file("other.txt", "other");
    put(file);
    put(other);
    Path record = store.root().resolve("inputs").resolve(file.digest() + ".json");
    Path others = store.root().resolve("inputs").resolve(other.digest() + ".json");

    Files.writeString(record, Files.readString(others));
    StoreFailure swapped =
        catchThrowableOfType(StoreFailure.class, () -> store.inputs().open(file));
    put(file);
    assertThat(store.inputs().open(file)).hasContent("old");
    Files.delete(record);
    Files.createDirectories(record.resolve("in-it"));
    StoreFailure misplaced =
        catchThrowableOfType(StoreFailure.class, () -> store.inputs().open(file));
    put(file);

    assertThat(swapped).hasMessageContaining("it is the record of another");
    assertThat(misplaced).hasMessageContaining("a folder");
    assertThat(store.inputs().open(file)).hasContent("old");
  }
}
