// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.content.Blobs;
import org.plumbline.engine.store.content.Checkpoints;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreCounts;
import org.plumbline.engine.store.disk.StoreLayout;
import org.plumbline.engine.store.home.LocalFolder;
import org.plumbline.engine.store.home.StoreHome;
import org.plumbline.engine.store.lease.LeaseTime;
import org.plumbline.engine.store.lease.Leases;
import org.plumbline.engine.store.record.Records;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.runs.RunHome;

/** A store in a bucket, with a folder of this machine in which things are prepared and read. */
public final class BucketHome implements StoreHome {
  private static final int PART = 16 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Bucket bucket;
  private final StagingArea scratch;
  private final Path local;
  private final LocalCache cache;
  private final Blobs blobs;
  private final Checkpoints checkpoints;
  private final Records inputs;
  private final Records nodes;
  private final Leases leases;
  private final RunHome runs;

  private BucketHome(Bucket bucket, StoreLayout ground, long limit, Consumer<String> problems)
      throws IOException {
    this.bucket = bucket;
    this.local = ground.root();
    this.scratch = StagingArea.of(ground);
    FolderObjects objects = new FolderObjects(bucket, new BucketFiles(bucket, PART));
    LeaseTime time = LeaseTime.configured();
    this.cache = new LocalCache(ground, scratch, limit);
    this.blobs = new BucketBlobs(bucket, objects, cache);
    this.checkpoints = new BucketCheckpoints(bucket, objects, scratch);
    this.inputs = new BucketRecords(bucket, "inputs/");
    this.nodes = new BucketRecords(bucket, "nodes/");
    this.leases = new BucketLeases(bucket, "leases/", time);
    this.runs = new BucketRuns(bucket, local, time, problems);
  }

  /**
   * Opens the store in a bucket; makes one if nothing is there.
   *
   * @param name of the bucket
   * @param below the beginning of the names of all objects of the store; may be empty
   * @param local where this machine keeps what it reads
   * @param problems is told once of each thing that is damaged and that it can do without
   * @throws StoreFailure if there is no such bucket, or no right to it, or a store of a newer
   *     version
   */
  public static BucketHome open(
      String name, String below, LocalFolder local, Consumer<String> problems) {
    String prefix = below.isEmpty() ? "" : below + "/";
    BucketPlace place = new BucketPlace(name, prefix, BucketClient.server());
    Bucket bucket =
        new Bucket(
            new BucketAttempts(place, PATIENCE).run("open", BucketClient::open), place, PATIENCE);
    boolean opened = false;
    Path home =
        local
            .caches()
            .resolve("stores")
            .resolve(Sha256.of(place.address() + "\n" + place.server()).substring(0, 16));
    try {
      BucketFormat.check(bucket);
      Disk.REAL.createFolders(home);
      StoreLayout ground = StoreLayout.of(home.toRealPath(), Disk.REAL, problems);
      BucketHome made = new BucketHome(bucket, ground, local.limit(), problems);
      made.scratch.clean();
      opened = true;
      return made;
    } catch (IOException e) {
      throw StoreFailure.io(
          "prepare the folder for what is read of " + place.address(), home, 0, e);
    } finally {
      if (!opened) {
        bucket.close();
      }
    }
  }

  @Override
  public String name() {
    return bucket.place().address();
  }

  @Override
  public Path local() {
    return local;
  }

  @Override
  public Blobs blobs() {
    return blobs;
  }

  @Override
  public Checkpoints checkpoints() {
    return checkpoints;
  }

  @Override
  public Records inputs() {
    return inputs;
  }

  @Override
  public Records nodes() {
    return nodes;
  }

  @Override
  public Leases leases() {
    return leases;
  }

  @Override
  public RunHome runs() {
    return runs;
  }

  @Override
  public StoreCounts counts() {
    return bucket.counts();
  }

  @Override
  public void release() throws IOException {
    scratch.release();
    bucket.close();
  }

  @Override
  public void close() throws IOException {
    try {
      cache.trim();
      scratch.close();
    } finally {
      bucket.close();
    }
  }
}
