// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import java.io.IOException;

/**
 * A right that this process has. Whoever dies loses it, and who gives no sign of life for long
 * enough loses it to the next who wants it. Safe for use by several threads.
 */
public interface Lease extends AutoCloseable {

  /**
   * The fencing token: each holder's is larger than all before it. What bears a smaller one than
   * the newest was written by somebody who had lost the right.
   */
  long token();

  /** Makes the token larger than another that was seen: the count may have been lost. */
  void exceed(long other) throws IOException;

  /** Whether this process still has the right; if not, it never will have it again. */
  boolean isHeld() throws IOException;

  /**
   * Says that the holder lives.
   *
   * @return whether it still has the right
   */
  boolean renew() throws IOException;

  /** Gives the right back. */
  @Override
  void close() throws IOException;
}
