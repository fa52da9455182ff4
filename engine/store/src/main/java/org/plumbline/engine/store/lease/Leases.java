// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import java.io.IOException;
import java.util.Optional;

/** Rights that of all processes and threads which share a store one has at a time, by name. */
public interface Leases {

  /**
   * The right of this name, unless somebody has it.
   *
   * @param name of letters, digits and hyphens
   */
  Optional<Lease> tryAcquire(String name) throws IOException;
}
