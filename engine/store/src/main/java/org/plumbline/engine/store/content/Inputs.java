// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.plumbline.dsl.model.file.FileKind;
import org.plumbline.engine.plan.ContentDigest;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.Trouble;
import org.plumbline.engine.store.lease.CollectorSign;
import org.plumbline.engine.store.record.Records;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.record.StoreJson;

/**
 * Copies of the files and folders that plans name, by the digests that plans name them with. Nodes
 * read these: what becomes of the originals after a run was begun does not matter, nor on which
 * machine they are.
 *
 * <p>A copy is an artifact, whose digest is made otherwise; a record says which. What two names
 * lead to is copied once if it is equal.
 */
public final class Inputs {
  private static final String CONTENT = "content";

  private final Blobs blobs;
  private final Records records;
  private final CollectorSign collectors;
  private final Disk disk;
  private final Path store;

  /**
   * Copies that are kept as these blobs.
   *
   * @param records that say which is which
   * @param collectors of whom one may remove a copy that was there before
   * @param store for messages
   */
  public Inputs(Blobs blobs, Records records, CollectorSign collectors, Disk disk, Path store) {
    this.collectors = collectors;
    this.store = store;
    this.blobs = blobs;
    this.records = records;
    this.disk = disk;
  }

  /** Is told of a copy that is about to be made. */
  @FunctionalInterface
  public interface CopyListener {
    void copying(FileRef file, long bytes);

    /** Is told of a copy that is damaged, and made anew. */
    default void damaged(String why) {}
  }

  /**
   * The copy of an input, verified.
   *
   * @throws StoreFailure if it is missing or damaged
   */
  public Path open(FileRef file) {
    return find(file).orElseThrow(() -> StoreFailure.inputMissing(file.written()));
  }

  /**
   * The copy of an input, verified, if there is one.
   *
   * @throws StoreFailure if it is damaged
   */
  public Optional<Path> find(FileRef file) {
    try {
      Records.Found found = records.read(name(file)).orElse(null);
      if (found == null) {
        return Optional.empty();
      }
      InputRecord record = StoreJson.readSealed(found.content(), InputRecord.class);
      Artifact artifact = new Artifacts(blobs).open(record.artifact());
      if (!digest(Manifest.read(artifact.folder())).equals(file.digest())) {
        throw new IOException("it is the record of another");
      }
      return Optional.of(artifact.file(CONTENT));
    } catch (StoreFailure failure) {
      throw StoreFailure.inputDamaged(file.written(), String.valueOf(failure.getMessage()));
    } catch (IOException e) {
      throw StoreFailure.inputDamaged(
          file.written(), "its record cannot be read: " + Trouble.of(e));
    }
  }

  /**
   * Copies an input, unless there is a good copy of it.
   *
   * @throws StoreFailure if the original has gone or has another content than when the plan was
   *     made, or nothing can be written
   */
  public void put(FileRef file, CopyListener listener) {
    if (isThere(file, listener)) {
      return;
    }
    Path original = Path.of(file.path());
    long bytes = 0;
    try {
      String before = collectors.state();
      Map<String, Path> files = files(original);
      for (Path each : files.values()) {
        bytes += Files.size(each);
      }
      listener.copying(file, bytes);
      Path prepared = blobs.prepare();
      try {
        copy(files, prepared);
        String blob = blobs.put(prepared, copying(file), is -> same(file, is));
        records.put(name(file), StoreJson.sealed(new InputRecord(file.digest(), blob)));
        if (collectors.awaitEnd(before, text -> {}) && !blobs.restore(blob)) {
          put(file, listener); // one of equal content was there before, and has just been removed
        }
      } finally {
        blobs.discard(prepared);
      }
    } catch (IOException | UncheckedIOException e) {
      mustBeSame(file); // perhaps it is not the store that fails
      throw StoreFailure.io(copying(file), store, bytes, e);
    }
  }

  private static String copying(FileRef file) {
    return "copy " + file.written() + " into the store";
  }

  private boolean isThere(FileRef file, CopyListener listener) {
    try {
      return find(file).isPresent();
    } catch (StoreFailure damaged) {
      listener.damaged(String.valueOf(damaged.getMessage())); // set aside when it is copied again
      return false;
    }
  }

  /** What is copied, by its name in the artifact. */
  private static Map<String, Path> files(Path original) throws IOException {
    Map<String, Path> files = new LinkedHashMap<>();
    if (FileKind.of(original) == FileKind.FOLDER) {
      for (Path file : ContentDigest.files(original)) {
        files.put(CONTENT + "/" + original.relativize(file), file);
      }
    } else {
      ContentDigest.require(original, FileKind.FILE);
      files.put(CONTENT, original);
    }
    return files;
  }

  private void copy(Map<String, Path> files, Path prepared) throws IOException {
    for (Map.Entry<String, Path> file : files.entrySet()) {
      Path copy = prepared.resolve(file.getKey());
      Path parent = copy.getParent();
      if (parent != null && !Files.exists(parent)) {
        disk.createFolders(parent);
      }
      disk.copy(file.getValue(), copy);
    }
  }

  private static void same(FileRef file, Manifest copied) {
    String digest = digest(copied);
    if (!digest.equals(file.digest())) {
      throw StoreFailure.fileChanged(file.written(), file.digest(), digest);
    }
  }

  /** What plans call the input of which this is the copy. */
  private static String digest(Manifest copy) {
    Map<String, String> digests = new HashMap<>();
    for (Manifest.Item item : copy.files()) {
      if (item.name().equals(CONTENT)) {
        return item.sha256();
      }
      digests.put(item.name().substring(CONTENT.length() + 1), item.sha256());
    }
    return ContentDigest.ofFolder(digests);
  }

  private static void mustBeSame(FileRef file) {
    String digest;
    try {
      digest = ContentDigest.of(Path.of(file.path()));
    } catch (IOException e) {
      throw StoreFailure.fileGone(file.written(), e);
    }
    if (!digest.equals(file.digest())) {
      throw StoreFailure.fileChanged(file.written(), file.digest(), digest);
    }
  }

  private static String name(FileRef file) {
    return file.digest() + ".json";
  }
}
