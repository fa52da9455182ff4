// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import java.io.IOException;

/** A right that this process has. Whoever dies loses it. Safe for use by several threads. */
public interface Lease extends AutoCloseable {

  /**
   * The fencing token: each holder's is larger than all before it. What bears a smaller one than
   * the newest was written by somebody who had lost the right.
   */
  long token();

  /**
   * Says that the holder lives.
   *
   * @return whether it still has the right; if not, it never will have it again
   */
  boolean renew() throws IOException;

  /** Gives the right back. */
  @Override
  void close() throws IOException;
}
