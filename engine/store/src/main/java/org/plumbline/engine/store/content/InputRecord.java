// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.plumbline.engine.store.record.StoreJson;

/**
 * Which artifact holds the copy of an input.
 *
 * @param digest of the file or folder, as plans have it
 * @param artifact its digest
 */
public record InputRecord(String digest, String artifact) {
  public InputRecord {
    Objects.requireNonNull(digest);
    Objects.requireNonNull(artifact);
  }

  /** The artifact that a record names; none if it cannot be read. */
  public static Set<String> artifacts(byte[] content) {
    try {
      return Set.of(StoreJson.readSealed(content, InputRecord.class).artifact());
    } catch (IOException e) {
      return Set.of(); // nobody can open it: it is copied again
    }
  }
}
