// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.util.Objects;

/**
 * A file that a node reads. Only its digest is part of the node's key.
 *
 * @param written the path as it stands in the spec
 * @param path where the file is on this machine
 * @param digest SHA-256 of its content, in hex, when the plan was made
 */
public record FileRef(String written, String path, String digest) {

  public FileRef {
    Objects.requireNonNull(written);
    Objects.requireNonNull(path);
    Objects.requireNonNull(digest);
  }
}
