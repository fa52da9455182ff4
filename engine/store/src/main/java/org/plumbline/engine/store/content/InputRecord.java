// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.util.Objects;

/**
 * Which artifact holds the copy of an input.
 *
 * @param digest of the file or folder, as plans have it
 * @param artifact its digest
 */
record InputRecord(String digest, String artifact) {
  InputRecord {
    Objects.requireNonNull(digest);
    Objects.requireNonNull(artifact);
  }
}
