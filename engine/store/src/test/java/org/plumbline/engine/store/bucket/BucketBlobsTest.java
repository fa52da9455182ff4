// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.content.Blobs;
import org.plumbline.engine.store.content.BlobsContract;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreLayout;

class BucketBlobsTest extends BlobsContract {
  private static final int PART = 5 << 20;

  private static S3Server server;
  private final String prefix = UUID.randomUUID() + "/";
  private final List<AutoCloseable> open = new ArrayList<>();
  @TempDir Path temp;

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private Bucket bucket() {
    Bucket bucket = S3Server.bucket(prefix);
    open.add(bucket);
    return bucket;
  }

  /** As one machine sees them, which has what it has read before. */
  @Override
  protected Blobs blobs() throws IOException {
    return on("machine");
  }

  private Blobs on(String machine) throws IOException {
    Path local = Files.createDirectories(temp.resolve(machine)).toRealPath();
    StoreLayout ground = StoreLayout.of(local, Disk.REAL, problem -> {});
    StagingArea scratch = StagingArea.of(ground);
    open.add(scratch);
    Bucket bucket = bucket();
    return new BucketBlobs(
        bucket,
        new FolderObjects(bucket, new BucketFiles(bucket, PART)),
        new LocalCache(ground, scratch, 1L << 30));
  }

  private String put(String machine, byte[] content) throws IOException {
    Blobs blobs = on(machine);
    Path prepared = blobs.prepare();
    Files.write(prepared.resolve("weights"), content);
    return blobs.put(prepared, "write a blob", manifest -> {});
  }

  private static byte[] read(Blobs blobs, String digest) throws IOException {
    if (blobs.find(digest) instanceof Blobs.State.Whole whole) {
      return Files.readAllBytes(whole.folder().resolve("weights"));
    }
    throw new AssertionError(blobs.find(digest));
  }

  /** In a bucket what is damaged is what its files are there: a local copy is only fetched anew. */
  @Override
  @Test
  protected void aDamagedOneIsSaidAndPutOutOfTheWayWhenItIsPutAgain() throws IOException {
    byte[] content = "one".getBytes(StandardCharsets.UTF_8);
    String digest = put("one", content);
    bucket().put("files/" + Sha256.of("one"), "two".getBytes(StandardCharsets.UTF_8));

    assertThat(on("two").find(digest)).isInstanceOf(Blobs.State.Damaged.class);
    assertThat(on("three").find(digest)).isInstanceOf(Blobs.State.Missing.class);
    assertThat(put("two", content)).isEqualTo(digest);
    assertThat(read(on("three"), digest)).isEqualTo(content);
  }

  @Test
  void aTornObjectIsPutAgain() throws IOException {
    byte[] content = "one".getBytes(StandardCharsets.UTF_8);
    bucket().put("files/" + Sha256.of("one"), new byte[] {'o'});

    String digest = put("one", content);

    assertThat(read(on("two"), digest)).isEqualTo(content);
  }

  @Test
  void largeFilesGoAndComeInParts() throws IOException {
    byte[] content = new byte[2 * PART + 77];
    new Random(3).nextBytes(content);

    String digest = put("one", content);

    assertThat(read(on("two"), digest)).isEqualTo(content);
    assertThat(put("three", content)).isEqualTo(digest);
  }

  @Test
  void aLocalCopyThatIsDamagedIsFetchedAnew() throws IOException {
    byte[] content = "one".getBytes(StandardCharsets.UTF_8);
    String digest = put("one", content);
    if (on("one").find(digest) instanceof Blobs.State.Whole whole) {
      Files.writeString(whole.folder().resolve("weights"), "on");
    }

    assertThat(read(on("one"), digest)).isEqualTo(content);
  }

  @Test
  void whatOnlyThisMachineHasIsNotInTheStore() throws IOException {
    String digest = put("one", new byte[] {1});
    bucket().delete(List.of("artifacts/" + digest + ".json"));

    assertThat(on("one").find(digest)).isInstanceOf(Blobs.State.Missing.class);
    assertThat(on("one").check(digest)).isEqualTo(Blobs.Presence.MISSING);
  }

  @Test
  void theCacheIsTrimmedOfWhatWasNotUsedForLong() throws IOException {
    Path local = Files.createDirectories(temp.resolve("small")).toRealPath();
    StoreLayout ground = StoreLayout.of(local, Disk.REAL, problem -> {});
    StagingArea scratch = StagingArea.of(ground);
    open.add(scratch);
    LocalCache cache = new LocalCache(ground, scratch, 1000);
    List<String> digests = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Path prepared = cache.blobs().prepare();
      Files.write(prepared.resolve("weights"), new byte[400 + i]);
      digests.add(cache.blobs().put(prepared, "write", manifest -> {}));
    }
    for (int i = 0; i < 3; i++) {
      Path folder = local.resolve("artifacts/sha256");
      Path manifest =
          folder
              .resolve(digests.get(i).substring(0, 2))
              .resolve(digests.get(i).substring(2))
              .resolve("manifest.json");
      Files.setLastModifiedTime(manifest, FileTime.fromMillis(1_000_000L * (i + 1)));
    }

    cache.trim();

    assertThat(digests.stream().map(digest -> cache.blobs().check(digest)))
        .containsExactly(
            Blobs.Presence.MISSING,
            Blobs.Presence.MISSING,
            Blobs.Presence.WHOLE,
            Blobs.Presence.WHOLE);
  }
}
