// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.NodeHistory;
import org.plumbline.engine.store.bucket.BucketHome;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.content.Artifacts;
import org.plumbline.engine.store.content.Blobs;
import org.plumbline.engine.store.content.Checkpoints;
import org.plumbline.engine.store.content.Inputs;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.StoreCounts;
import org.plumbline.engine.store.gc.GarbageCollector;
import org.plumbline.engine.store.home.FolderHome;
import org.plumbline.engine.store.home.LocalFolder;
import org.plumbline.engine.store.home.StoreHome;
import org.plumbline.engine.store.lease.CollectorSign;
import org.plumbline.engine.store.lease.Leases;
import org.plumbline.engine.store.record.NodeRecords;
import org.plumbline.engine.store.record.Records;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.record.StoreJson;
import org.plumbline.engine.store.runs.Runs;

/** In which everything lasts. Any number of processes and threads may use it at once. */
public final class Store implements AutoCloseable {
  /** The name of the folder in a project. */
  public static final String FOLDER = ".plumb";

  private static final String IDENTITY = "identity.json";

  private final StoreHome home;
  private final CollectorSign collectors;
  private final Artifacts artifacts;
  private final NodeRecords nodes;
  private final Inputs inputs;
  private final Runs runs;

  private Store(StoreHome home, Disk disk) {
    this.home = home;
    this.artifacts = new Artifacts(home.blobs());
    this.collectors = new CollectorSign(home.runs().conducting(), home.runs().owners());
    this.inputs = new Inputs(home.blobs(), home.inputs(), collectors, disk, home.local());
    this.nodes = new NodeRecords(home.nodes());
    this.runs = new Runs(home.runs());
  }

  /**
   * Opens the store in a folder; makes one if the folder is empty or not there.
   *
   * @throws StoreFailure if there is something else, or a store of a newer version; nothing is
   *     touched then
   */
  public static Store open(Path folder) {
    return open(folder, problem -> {});
  }

  /**
   * Opens the store in a folder.
   *
   * @param problems is told once of each thing in it that is damaged and that it can do without
   */
  public static Store open(Path folder, Consumer<String> problems) {
    return new Store(FolderHome.open(folder, Disk.REAL, problems), Disk.REAL);
  }

  /**
   * Opens the store at an address; makes one if nothing is there.
   *
   * @param local where this machine keeps what it reads of a bucket
   * @param problems is told once of each thing in it that is damaged and that it can do without
   * @throws StoreFailure if there is something else, or it cannot be reached
   */
  public static Store open(StoreAddress address, LocalFolder local, Consumer<String> problems) {
    if (address instanceof StoreAddress.InBucket bucket) {
      return new Store(BucketHome.open(bucket.name(), bucket.prefix(), local, problems), Disk.REAL);
    } else if (address instanceof StoreAddress.Folder folder) {
      return open(folder.path(), problems);
    }
    throw new AssertionError(address);
  }

  public static Store open(Path folder, Disk disk) {
    return new Store(FolderHome.open(folder, disk, problem -> {}), disk);
  }

  /** The nearest folder named {@link #FOLDER}, in this folder or one above it. */
  public static Optional<Path> locate(Path folder) {
    for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(FOLDER))) {
        return Optional.of(at.resolve(FOLDER));
      }
    }
    return Optional.empty();
  }

  /** Where it is, as users name it. */
  public String name() {
    return home.name();
  }

  /**
   * The folder on this machine in which things are prepared: of the store itself if that is one.
   */
  public Path root() {
    return home.local();
  }

  /**
   * What tells this store from others, wherever it is seen from: twelve hex digits, made up when
   * first asked for.
   */
  public String identity() {
    Records records = home.runs().owners();
    try {
      if (records.read(IDENTITY).isEmpty()) {
        records.create(IDENTITY, StoreJson.pretty(Map.of("identity", newIdentity())));
      }
      byte[] found = records.read(IDENTITY).orElseThrow().content();
      return String.valueOf(StoreJson.read(found, Map.class).get("identity"));
    } catch (IOException e) {
      throw StoreFailure.io("tell the store from others", root(), 0, e);
    }
  }

  private static String newIdentity() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 12);
  }

  /** Finished results, by content. */
  public Artifacts artifacts() {
    return artifacts;
  }

  /** Copies of the files that plans name. */
  public Inputs inputs() {
    return inputs;
  }

  /** Which nodes have finished, by key. */
  public NodeRecords nodes() {
    return nodes;
  }

  /** What was run. */
  public Runs runs() {
    return runs;
  }

  /** Removes what no run needs. */
  public GarbageCollector garbage() {
    return new GarbageCollector(home, runs, collectors);
  }

  /** That what no run needs is being removed. */
  CollectorSign collectors() {
    return collectors;
  }

  /** What {@link org.plumbline.engine.plan.Decisions} are made from. Results are verified. */
  public NodeHistory history() {
    return new StoreHistory(this);
  }

  /** The verified result of the node with this key, if it has finished. */
  public Optional<Artifact> result(String key) {
    return nodes.find(key).map(record -> artifacts.open(record.artifact()));
  }

  /**
   * The right to work on a node, as soon as nobody else has it.
   *
   * @param stop says true from when on there is no more use in waiting
   * @param waiting is called once if somebody else works on the node
   * @return empty if it was told to stop
   */
  public Optional<NodeLease> lease(String key, BooleanSupplier stop, Runnable waiting)
      throws IOException {
    return NodeLease.await(this, key, stop, waiting);
  }

  /** What artifacts and copies of inputs are kept as. */
  public Blobs blobs() {
    return home.blobs();
  }

  Checkpoints checkpoints() {
    return home.checkpoints();
  }

  /** What this process has done with it since it was opened. */
  public StoreCounts counts() {
    return home.counts();
  }

  /**
   * What can be told of a node that somebody works on, or has worked on and not finished; nothing
   * is touched.
   *
   * @param checkpoint its newest one, if there is one
   * @param sign of life of who works on it, if somebody does
   */
  public record NodeSigns(Checkpoints.@Nullable Mark checkpoint, @Nullable Instant sign) {}

  /** Looks at a node from outside. */
  public NodeSigns look(String key) {
    try {
      return new NodeSigns(
          home.checkpoints().look(key).orElse(null), home.leases().sign(key).orElse(null));
    } catch (IOException e) {
      throw StoreFailure.io("look at a node", root(), 0, e);
    }
  }

  /** Rights to work on nodes, by key. */
  Leases leases() {
    return home.leases();
  }

  /** Gives back what says that this process lives, and cleans nothing. */
  void release() throws IOException {
    home.release();
  }

  /** Deletes what this process has prepared and not finished. */
  @Override
  public void close() {
    try {
      home.close();
    } catch (IOException e) {
      throw StoreFailure.io("clean up", root(), 0, e);
    }
  }
}
