// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Where the parts of a store really are, as found when it is opened.
 *
 * <p>{@code tmp}, {@code artifacts} and {@code checkpoints} may each be a link as a whole: people
 * lay these on another disk. The folder that such a link leads to must be empty or hold nothing but
 * what this program puts there; it is then used under its own path, also if the link is changed
 * meanwhile. Every other part that is a link is refused.
 */
public final class StoreLayout {
  public static final String TMP = "tmp";
  public static final String LOCKS = "locks";
  public static final String ARTIFACTS = "artifacts";
  public static final String CHECKPOINTS = "checkpoints";
  public static final String INPUTS = "inputs";
  static final String QUARANTINE = "quarantine";
  public static final String FORMAT = "format";

  private static final String SHARDS = "artifacts/sha256";
  private static final String PROCESS = "\\d+-[0-9a-f-]{36}";

  /** The parts that may be links, and what may lie in the folders that they lead to. */
  private static final Map<String, Pattern> MAY_BE_LINKS =
      Map.of(
          TMP, Pattern.compile(PROCESS + "|tmp(-" + PROCESS + ")?\\.lock"),
          ARTIFACTS, Pattern.compile("sha256|tmp|quarantine"),
          CHECKPOINTS,
              Pattern.compile("[0-9a-f]{64}(\\.lock)?|takeover\\.(lock|new)|tmp|quarantine"));

  private static final List<String> FOLDERS =
      List.of(LOCKS, "nodes", INPUTS, "runs", QUARANTINE, SHARDS);

  private final Path root;
  private final Disk disk;
  private final StoreCounts counts = new StoreCounts();
  private final Deletion deletion;
  private final Consumer<String> problems;
  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private final Map<String, Path> linked = new HashMap<>();
  private final Map<String, Deletion> deletions = new HashMap<>();

  private StoreLayout(Path root, Disk disk, Consumer<String> problems) throws IOException {
    this.root = root;
    this.disk = disk;
    this.problems = problems;
    this.deletion = Deletion.inStore(root, "", disk::deleting);
  }

  /**
   * Looks at a folder.
   *
   * @param root its real path
   * @param problems is told of what is damaged
   * @throws MisplacedFile if something else is where a part of a store should be
   */
  public static StoreLayout of(Path root, Disk disk, Consumer<String> problems) throws IOException {
    StoreLayout ground = new StoreLayout(root, disk, problems);
    MisplacedFile.isFile(root.resolve(FORMAT));
    for (Map.Entry<String, Pattern> part : MAY_BE_LINKS.entrySet()) {
      ground.look(part.getKey(), part.getValue());
    }
    for (String name : FOLDERS) {
      MisplacedFile.isFolder(ground.at(name));
    }
    // Before anything is computed: else its result could not be put there.
    for (Path shard : StagingArea.list(ground.at(SHARDS))) {
      if (String.valueOf(shard.getFileName()).matches("[0-9a-f]{2}")) {
        MisplacedFile.isFolder(shard);
      }
    }
    return ground;
  }

  private void look(String name, Pattern inside) throws IOException {
    Path path = root.resolve(name);
    if (!Files.isSymbolicLink(path)) {
      MisplacedFile.isFolder(path);
      return;
    }
    Path target = target(path);
    for (Path found : StagingArea.list(target)) {
      if (!inside.matcher(String.valueOf(found.getFileName())).matches()) {
        throw MisplacedFile.foreign(path, found);
      }
    }
    linked.put(name, target);
    deletions.put(name, Deletion.inStore(target, name + "/", disk::deleting));
    if (name.equals(TMP) && !deletion.sameFileSystem(target)) {
      throw MisplacedFile.apart(path);
    }
  }

  private Path target(Path link) throws IOException {
    try {
      Path target = link.toRealPath();
      if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS) && !root.startsWith(target)) {
        return target;
      }
    } catch (NoSuchFileException e) {
      throw MisplacedFile.dangling(link);
    } catch (AccessDeniedException e) {
      throw e;
    } catch (FileSystemException e) {
      throw MisplacedFile.circular(link);
    }
    throw MisplacedFile.of(link, MisplacedFile.at(link));
  }

  public Path root() {
    return root;
  }

  /** Where something of the store is. */
  public Path at(String name) {
    int end = name.indexOf('/');
    Path part = linked.get(end < 0 ? name : name.substring(0, end));
    if (part == null) {
      return root.resolve(name);
    }
    return end < 0 ? part : part.resolve(name.substring(end + 1));
  }

  /** Where the locks of a part are: beside what they protect, for other stores may share it. */
  public Path locksOf(String part) {
    return linked.getOrDefault(part, root.resolve(LOCKS));
  }

  /** Whether a part is on another file system than the store, so that nothing can be renamed. */
  public boolean apart(String part) throws IOException {
    Path target = linked.get(part);
    return target != null && !deletion.sameFileSystem(target);
  }

  /** Deletes something of ours if it is there. */
  public void delete(DeletablePaths what, Path path) throws IOException {
    for (Deletion within : deletions.values()) {
      if (within.covers(what, path)) {
        within.delete(what, path);
        return;
      }
    }
    deletion.delete(what, path);
  }

  /** Creates a folder of the store; not the store itself if that has gone meanwhile. */
  public void createFolders(Path folder) throws IOException {
    mustBeThere();
    disk.createFolders(folder);
  }

  /** Whether the store is still where it was opened. */
  public void mustBeThere() throws IOException {
    if (!deletion.isThere()) {
      throw MisplacedFile.gone(root);
    }
  }

  public Disk disk() {
    return disk;
  }

  /** What this process does with the store. */
  public StoreCounts counts() {
    return counts;
  }

  /** Says once that something of the store is damaged, and what is done about it. */
  public void problem(String text) {
    if (said.add(text)) {
      problems.accept(text);
    }
  }

  /** Where something is, as it is said to people. */
  public String shown(Path path) {
    return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
  }
}
