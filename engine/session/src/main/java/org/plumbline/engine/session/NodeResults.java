// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.io.IOException;
import java.nio.file.Path;
import org.plumbline.engine.artifact.OtherColumnsException;
import org.plumbline.engine.store.record.StoreFailure;

/** Reads what stages left in their artifacts. */
final class NodeResults {
  private NodeResults() {}

  /** Makes something of the files of an artifact. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Path folder) throws IOException;
  }

  /**
   * What the node left.
   *
   * @throws StoreFailure if another version of the program wrote it
   */
  static <T> T read(String node, Path folder, Reader<T> reader) throws IOException {
    try {
      return reader.read(folder);
    } catch (OtherColumnsException e) {
      throw StoreFailure.otherVersion(node, String.valueOf(e.getMessage()));
    }
  }
}
