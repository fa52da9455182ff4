// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import org.jspecify.annotations.Nullable;

/**
 * What is read in a reply.
 *
 * @param said null if it says nothing that counts
 * @param problem why it does not, where that is not plain from its text; else empty
 */
record ReadReply<T>(@Nullable T said, String problem) {
  static <T> ReadReply<T> of(T said) {
    return new ReadReply<>(said, "");
  }

  static <T> ReadReply<T> none(String problem) {
    return new ReadReply<>(null, problem);
  }
}
