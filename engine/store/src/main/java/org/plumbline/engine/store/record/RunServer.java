// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

/**
 * The Temporal server that conducts a run, whichever processes compute it.
 *
 * @param address host and port
 * @param priority of the run among others, 1 to 5, 1 is first; 0 in records of older versions is
 *     the usual one
 */
public record RunServer(String address, String namespace, int priority) {

  /** Of a run that is neither to go before others nor after them. */
  public static final int USUAL = 3;

  /** Of a run that goes after all others. */
  public static final int LAST = 5;

  public RunServer {
    RecordChecks.require(address, namespace);
    priority = priority == 0 ? USUAL : priority;
  }

  /** Whether both are the same server. */
  public boolean isSameAs(RunServer other) {
    return address.equals(other.address) && namespace.equals(other.namespace);
  }
}
