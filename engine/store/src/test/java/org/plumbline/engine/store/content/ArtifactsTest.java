// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.StoreFailure;

class ArtifactsTest {
  @TempDir Path temp;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(temp.resolve("store"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Artifact commit(String text) throws IOException {
    Path folder = store.blobs().prepare();
    Files.writeString(folder.resolve("a.txt"), text);
    Files.createDirectories(folder.resolve("deep"));
    Files.writeString(folder.resolve("deep/b.txt"), "b");
    return store.artifacts().commit(folder, "test");
  }

  private static StoreFailure.Kind kind(Store store, String digest) {
    return catchThrowableOfType(StoreFailure.class, () -> store.artifacts().open(digest)).kind();
  }

  @Test
  void anArtifactIsFoundByItsDigest() throws IOException {
    Artifact artifact = commit("one");

    Artifact found = store.artifacts().open(artifact.digest());

    assertThat(found).isEqualTo(artifact);
    assertThat(found.file("a.txt")).hasContent("one");
    assertThat(found.file("deep/b.txt")).hasContent("b");
    assertThat(found.folder().toString())
        .endsWith("sha256/" + found.digest().substring(0, 2) + "/" + found.digest().substring(2));
  }

  @Test
  void equalContentIsStoredOnceAndOtherContentHasAnotherDigest() throws IOException {
    Artifact one = commit("one");

    assertThat(commit("one")).isEqualTo(one);
    assertThat(commit("two").digest()).isNotEqualTo(one.digest());
  }

  @Test
  void aDigestDependsOnNamesAndContentsOnly() throws IOException {
    // If it changes, all digests that users have written down are worthless.
    assertThat(commit("one").digest())
        .isEqualTo("d91dcffe73c3626c5a51387dc461aa9577919bb2363fdf00e7df0cb15216e038");
  }

  @Test
  void aMissingArtifactIsMissing() {
    assertThat(kind(store, "ab".repeat(32))).isEqualTo(StoreFailure.Kind.MISSING);
    assertThat(kind(store, "../../etc")).isEqualTo(StoreFailure.Kind.MISSING);
  }

  @Test
  void aFlippedByteIsFoundByAProcessThatHasNotSeenTheFile() throws IOException {
    Artifact artifact = commit("one");
    FileTime time = Files.getLastModifiedTime(artifact.file("a.txt"));
    Files.writeString(artifact.file("a.txt"), "onf");
    Files.setLastModifiedTime(artifact.file("a.txt"), time);

    try (Store other = Store.open(store.root())) {
      assertThatThrownBy(() -> other.artifacts().open(artifact.digest()))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("the content of a.txt has changed");
    }
  }

  @Test
  void aChangedFileIsFoundEvenAfterItWasVerifiedOnce() throws IOException {
    Artifact artifact = commit("one");
    Files.writeString(artifact.file("a.txt"), "onf");
    Files.setLastModifiedTime(artifact.file("a.txt"), FileTime.fromMillis(0));

    assertThat(kind(store, artifact.digest())).isEqualTo(StoreFailure.Kind.CORRUPT);
  }

  @Test
  void aTruncatedFileALostFileAndADamagedManifestAreFound() throws IOException {
    Artifact truncated = commit("one");
    Artifact lost = commit("two");
    Artifact damaged = commit("three");
    Files.writeString(truncated.file("a.txt"), "on");
    Files.delete(lost.file("deep/b.txt"));
    Files.writeString(damaged.file("manifest.json"), "{\"files\":[");

    assertThat(kind(store, truncated.digest())).isEqualTo(StoreFailure.Kind.CORRUPT);
    assertThat(kind(store, lost.digest())).isEqualTo(StoreFailure.Kind.CORRUPT);
    assertThat(kind(store, damaged.digest())).isEqualTo(StoreFailure.Kind.CORRUPT);
  }

  @Test
  void aDamagedArtifactIsSetAsideWhenItsContentIsMadeAgain() throws IOException {
    Artifact artifact = commit("one");
    Files.writeString(artifact.file("a.txt"), "on");

    assertThat(commit("one")).isEqualTo(artifact);
    assertThat(artifact.file("a.txt")).hasContent("one");
    assertThat(store.root().resolve("quarantine").resolve(artifact.digest() + "-0")).exists();
  }

  @Test
  void aLinkIsNoResult() throws IOException {
    Path folder = store.blobs().prepare();
    Files.createSymbolicLink(folder.resolve("link"), temp);

    assertThatThrownBy(() -> store.artifacts().commit(folder, "test"))
        .isInstanceOf(StoreFailure.class);
  }
}
