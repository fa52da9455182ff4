// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

/**
 * The Temporal server that conducts a run, whichever processes compute it.
 *
 * @param address host and port
 */
public record RunServer(String address, String namespace) {

  public RunServer {
    RecordChecks.require(address, namespace);
  }
}
