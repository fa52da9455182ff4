// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.content.Manifest;

/** The files of folders as objects, named by their content and verified when they come back. */
final class FolderObjects {
  private final Bucket bucket;
  private final BucketFiles files;

  FolderObjects(Bucket bucket, BucketFiles files) {
    this.bucket = bucket;
    this.files = files;
  }

  /** Puts the files of a folder below a name that ends with {@code /}, unless they are there. */
  void store(Manifest manifest, String home, Path folder) throws IOException {
    for (Manifest.Item item : manifest.files()) {
      files.put(home + item.sha256(), folder.resolve(item.name()));
    }
  }

  /** The bytes of a manifest. */
  byte[] manifest(String name) throws IOException {
    return bucket.get(name).orElseThrow(() -> new NoSuchFileException(name)).content();
  }

  /**
   * Brings the files of a folder here.
   *
   * @param folder that is empty
   * @return what is damaged, and deleted, so that it can be put there again
   */
  Optional<String> fetch(Manifest manifest, String home, Path folder) throws IOException {
    for (Manifest.Item item : manifest.files()) {
      Path file = folder.resolve(item.name());
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      if (!files.get(home + item.sha256(), file, item.size())) {
        bucket.delete(List.of(home + item.sha256()));
        return Optional.of(item.name() + " is gone, or not as long as it was");
      }
      if (!Sha256.of(file).equals(item.sha256())) {
        bucket.delete(List.of(home + item.sha256()));
        return Optional.of("the content of " + item.name() + " has changed");
      }
    }
    return Optional.empty();
  }
}
