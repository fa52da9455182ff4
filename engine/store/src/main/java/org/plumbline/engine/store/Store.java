// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.plumbline.engine.plan.NodeHistory;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.content.Artifacts;
import org.plumbline.engine.store.content.Blobs;
import org.plumbline.engine.store.content.Checkpoints;
import org.plumbline.engine.store.content.FolderBlobs;
import org.plumbline.engine.store.content.Inputs;
import org.plumbline.engine.store.disk.DeletablePaths;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreFile;
import org.plumbline.engine.store.disk.StoreLayout;
import org.plumbline.engine.store.lease.FolderLeases;
import org.plumbline.engine.store.lease.LeaseTime;
import org.plumbline.engine.store.lease.Leases;
import org.plumbline.engine.store.record.FolderRecords;
import org.plumbline.engine.store.record.NodeRecords;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.runs.Runs;

/**
 * A folder in which everything lasts. Any number of processes and threads may use it at once.
 *
 * <p>Everything is prepared aside, forced to the device and then renamed into its place, so nothing
 * is ever seen half-written, whenever a process dies.
 */
public final class Store implements AutoCloseable {
  /** The name of the folder in a project. */
  public static final String FOLDER = ".plumb";

  /** The format that this version writes. */
  public static final int FORMAT = 1;

  private final Path root;
  private final StagingArea scratch;
  private final FolderBlobs blobs;
  private final Leases leases;
  private final Artifacts artifacts;
  private final NodeRecords nodes;
  private final Checkpoints checkpoints;
  private final Inputs inputs;
  private final Runs runs;

  private Store(StoreLayout ground) throws IOException {
    this.root = ground.root();
    this.scratch = StagingArea.of(ground);
    this.blobs = new FolderBlobs(ground, scratch);
    this.artifacts = new Artifacts(blobs);
    this.inputs =
        new Inputs(
            blobs,
            new FolderRecords(ground, scratch, StoreLayout.INPUTS, DeletablePaths.INPUT_RECORD),
            ground.disk(),
            root);
    this.nodes =
        new NodeRecords(new FolderRecords(ground, scratch, "nodes", DeletablePaths.NODE_RECORD));
    this.leases = FolderLeases.timed(ground, StoreLayout.CHECKPOINTS, LeaseTime.configured());
    this.checkpoints = new Checkpoints(ground, scratch);
    this.runs = new Runs(ground, scratch);
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
    return open(folder, Disk.REAL, problems);
  }

  public static Store open(Path folder, Disk disk) {
    return open(folder, disk, problem -> {});
  }

  private static Store open(Path folder, Disk disk, Consumer<String> problems) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      root = real(root);
      disk.createFolders(root);
      StoreLayout ground = StoreLayout.of(root, disk, problems);
      checkFormat(root);
      return new Store(ground).prepared();
    } catch (IOException e) {
      throw StoreFailure.io("open the store", root, 0, e);
    }
  }

  /** The path without links, as far as it is there: the user may name a store by a link. */
  private static Path real(Path folder) throws IOException {
    Path there = folder;
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there.toRealPath().resolve(there.relativize(folder));
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

  private static void checkFormat(Path root) throws IOException {
    Path file = root.resolve(StoreLayout.FORMAT);
    if (!MisplacedFile.isFile(file)) {
      Optional<String> foreign = foreign(root);
      // Another process may have made the store since the first look.
      if (foreign.isEmpty()) {
        return;
      }
      if (!MisplacedFile.isFile(file)) {
        if (looksLikeAStore(root)) {
          throw StoreFailure.noFormat(root, "it has no file `format`", FORMAT);
        }
        throw StoreFailure.notAStore(root, "it holds other files, such as " + foreign.get());
      }
    }
    String text = new String(StoreFile.read(file), StandardCharsets.ISO_8859_1).strip();
    if (!text.matches("[1-9]\\d{0,8}")) {
      String why = "its file `format` holds no number";
      throw looksLikeAStore(root)
          ? StoreFailure.noFormat(root, why, FORMAT)
          : StoreFailure.notAStore(root, why);
    }
    int found = Integer.parseInt(text);
    if (found > FORMAT) {
      throw StoreFailure.newerFormat(root, found, FORMAT);
    }
  }

  private static boolean looksLikeAStore(Path root) {
    return Files.isDirectory(root.resolve("runs"))
        && Files.isDirectory(root.resolve(StoreLayout.ARTIFACTS).resolve("sha256"));
  }

  /** The first thing in a folder that a store without a format cannot hold. */
  private static Optional<String> foreign(Path root) throws IOException {
    return StagingArea.list(root).stream()
        .map(other -> String.valueOf(other.getFileName()))
        .filter(name -> !name.equals(StoreLayout.TMP) && !name.equals(StoreLayout.LOCKS))
        .findFirst();
  }

  private Store prepared() throws IOException {
    boolean prepared = false;
    try {
      prepare();
      prepared = true;
      return this;
    } finally {
      if (!prepared) {
        release();
      }
    }
  }

  /** Gives back what says that this process lives, and cleans nothing. */
  void release() throws IOException {
    for (StagingArea each : scratches()) {
      each.release();
    }
  }

  private void prepare() throws IOException {
    if (!MisplacedFile.isFile(root.resolve(StoreLayout.FORMAT))) {
      scratch.replace(
          root.resolve(StoreLayout.FORMAT), (FORMAT + "\n").getBytes(StandardCharsets.UTF_8));
    }
    try {
      for (StagingArea each : scratches()) {
        each.clean();
      }
    } catch (AccessDeniedException e) {
      // A store that may only be read is still good for reading; whoever may write will clean it.
      return;
    }
  }

  private Set<StagingArea> scratches() {
    return new LinkedHashSet<>(List.of(scratch, blobs.scratch(), checkpoints.scratch()));
  }

  /** Where it is. */
  public Path root() {
    return root;
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
    return blobs;
  }

  Checkpoints checkpoints() {
    return checkpoints;
  }

  public StagingArea scratch() {
    return scratch;
  }

  /** Rights to work on nodes, by key. */
  Leases leases() {
    return leases;
  }

  /** Deletes what this process has prepared and not finished. */
  @Override
  public void close() {
    try {
      for (StagingArea each : scratches()) {
        each.close();
      }
    } catch (IOException e) {
      throw StoreFailure.io("clean up", root, 0, e);
    }
  }
}
