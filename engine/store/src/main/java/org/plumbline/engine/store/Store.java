package org.plumbline.engine.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.plumbline.engine.plan.NodeHistory;

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
  private final Disk disk;
  private final Scratch scratch;
  private final Artifacts artifacts;
  private final NodeRecords nodes;
  private final Checkpoints checkpoints;
  private final Runs runs;

  private Store(Path root, Disk disk) {
    this.root = root;
    this.disk = disk;
    this.scratch = new Scratch(root, disk);
    this.artifacts = new Artifacts(root, scratch, disk);
    this.nodes = new NodeRecords(root, scratch, disk);
    this.checkpoints = new Checkpoints(root, scratch, disk);
    this.runs = new Runs(root, scratch, disk);
  }

  /**
   * Opens the store in a folder; makes one if the folder is empty or not there.
   *
   * @throws StoreFailure if there is something else, or a store of a newer version; nothing is
   *     touched then
   */
  public static Store open(Path folder) {
    return open(folder, Disk.REAL);
  }

  static Store open(Path folder, Disk disk) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      disk.createFolders(root);
      checkFormat(root);
      return new Store(root, disk).prepared();
    } catch (IOException e) {
      throw StoreFailure.io("open the store", root, 0, e);
    }
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
    Path file = root.resolve("format");
    if (!Files.exists(file)) {
      Optional<String> foreign = foreign(root);
      // Another process may have made the store since the first look.
      if (foreign.isEmpty()) {
        return;
      }
      if (!Files.exists(file)) {
        throw StoreFailure.notAStore(root, "it holds other files, such as " + foreign.get());
      }
    }
    String text = Files.readString(file).strip();
    if (!text.matches("\\d{1,9}")) {
      throw StoreFailure.notAStore(root, "its file `format` holds no number");
    }
    int found = Integer.parseInt(text);
    if (found > FORMAT) {
      throw StoreFailure.newerFormat(root, found, FORMAT);
    }
  }

  /** The first thing in a folder that a store without a format cannot hold. */
  private static Optional<String> foreign(Path root) throws IOException {
    return Scratch.list(root).stream()
        .map(other -> String.valueOf(other.getFileName()))
        .filter(name -> !name.equals("tmp") && !name.equals("locks"))
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
        scratch.release();
      }
    }
  }

  private void prepare() throws IOException {
    if (!Files.exists(root.resolve("format"))) {
      scratch.replace(root.resolve("format"), (FORMAT + "\n").getBytes(StandardCharsets.UTF_8));
    }
    try {
      scratch.clean();
    } catch (AccessDeniedException e) {
      // A store that may only be read is still good for reading; whoever may write will clean it.
      return;
    }
  }

  /** Where it is. */
  public Path root() {
    return root;
  }

  /** Finished results, by content. */
  public Artifacts artifacts() {
    return artifacts;
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

  Checkpoints checkpoints() {
    return checkpoints;
  }

  Scratch scratch() {
    return scratch;
  }

  Disk disk() {
    return disk;
  }

  Optional<FileMutex> tryLockNode(String key) throws IOException {
    return FileMutex.tryAcquire(root.resolve("locks").resolve(key + ".lock"));
  }

  /** Deletes what this process has prepared and not finished. */
  @Override
  public void close() {
    try {
      scratch.close();
    } catch (IOException e) {
      throw StoreFailure.io("clean up", root, 0, e);
    }
  }
}
