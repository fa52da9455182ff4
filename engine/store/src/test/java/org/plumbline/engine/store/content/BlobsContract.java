// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What blobs promise, wherever they are kept. */
public abstract class BlobsContract {

  /** The same blobs as another process sees them, which has verified none of them. */
  protected abstract Blobs blobs() throws IOException;

  private static Path prepared(Blobs blobs, String text) throws IOException {
    Path folder = blobs.prepare();
    Files.writeString(folder.resolve("a.txt"), text);
    Files.createDirectories(folder.resolve("deep"));
    Files.writeString(folder.resolve("deep/b.txt"), "b");
    return folder;
  }

  private String put(String text) throws IOException {
    Blobs blobs = blobs();
    return blobs.put(prepared(blobs, text), "write a blob", manifest -> {});
  }

  private static Path whole(Blobs blobs, String digest) {
    if (blobs.find(digest) instanceof Blobs.State.Whole whole) {
      return whole.folder();
    }
    throw new AssertionError(blobs.find(digest));
  }

  @Test
  void whatIsPutIsFoundByAll() throws IOException {
    String digest = put("one");

    Path folder = whole(blobs(), digest);

    assertThat(folder.resolve("a.txt")).hasContent("one");
    assertThat(folder.resolve("deep/b.txt")).hasContent("b");
  }

  @Test
  void theDigestDependsOnNamesAndContentsOnly() throws IOException {
    // If it changes, all digests that users have written down are worthless.
    assertThat(put("one"))
        .isEqualTo("d91dcffe73c3626c5a51387dc461aa9577919bb2363fdf00e7df0cb15216e038");
    assertThat(put("one")).isEqualTo(put("one"));
    assertThat(put("two")).isNotEqualTo(put("one"));
  }

  @Test
  void whatIsPreparedIsTakenOver() throws IOException {
    Blobs blobs = blobs();
    Path first = prepared(blobs, "one");
    Path second = prepared(blobs, "one");
    blobs.put(first, "write a blob", manifest -> {});
    blobs.put(second, "write a blob", manifest -> {});
    Path third = prepared(blobs, "two");
    blobs.discard(third);

    assertThat(first).doesNotExist();
    assertThat(second).doesNotExist();
    assertThat(third).doesNotExist();
  }

  @Test
  void nothingIsKeptOfWhatIsRefused() throws IOException {
    Blobs blobs = blobs();
    Path folder = prepared(blobs, "one");

    assertThatThrownBy(
            () ->
                blobs.put(
                    folder,
                    "write a blob",
                    manifest -> {
                      throw new IllegalStateException("refused");
                    }))
        .hasMessage("refused");

    assertThat(blobs().find("d91dcffe73c3626c5a51387dc461aa9577919bb2363fdf00e7df0cb15216e038"))
        .isInstanceOf(Blobs.State.Missing.class);
  }

  @Test
  void whatIsNotThereOrNoDigestIsMissing() throws IOException {
    assertThat(blobs().find("ab".repeat(32))).isInstanceOf(Blobs.State.Missing.class);
    assertThat(blobs().find("../../etc")).isInstanceOf(Blobs.State.Missing.class);
  }

  @Test
  void aFileHasASecondNameInWhatIsPrepared() throws IOException {
    Blobs blobs = blobs();
    Path file = whole(blobs, put("one")).resolve("a.txt");
    Path folder = blobs.prepare();
    blobs.link(file, folder.resolve("again.txt"));

    String digest = blobs.put(folder, "write a blob", manifest -> {});

    assertThat(whole(blobs(), digest).resolve("again.txt")).hasContent("one");
    Path other = Files.createTempFile("other", ".txt");
    assertThatThrownBy(() -> blobs.link(other, blobs.prepare().resolve("x")))
        .isInstanceOf(IllegalArgumentException.class);
    Files.delete(other);
  }

  @Test
  protected void aDamagedOneIsSaidAndPutOutOfTheWayWhenItIsPutAgain() throws IOException {
    String digest = put("one");
    Files.writeString(whole(blobs(), digest).resolve("a.txt"), "on");

    assertThat(blobs().find(digest)).isInstanceOf(Blobs.State.Damaged.class);
    assertThat(put("one")).isEqualTo(digest);
    assertThat(whole(blobs(), digest).resolve("a.txt")).hasContent("one");
    blobs().setAside(digest);
    assertThat(blobs().find(digest)).isInstanceOf(Blobs.State.Missing.class);
  }
}
