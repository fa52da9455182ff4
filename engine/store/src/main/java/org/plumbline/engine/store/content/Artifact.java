// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.nio.file.Path;

/**
 * A finished result: a folder of files that never change.
 *
 * @param digest SHA-256, in hex, over the names and digests of its files
 * @param folder where the files are
 */
public record Artifact(String digest, Path folder) {

  /** One of its files. */
  public Path file(String name) {
    return folder.resolve(name);
  }
}
