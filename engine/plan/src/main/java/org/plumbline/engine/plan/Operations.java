// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

/** What is known of the operations that a plan is made of. */
@FunctionalInterface
public interface Operations {

  /** The version of an operation; raised whenever a change alters its results. */
  int version(String operation);

  /** Whether an operation's numbers come from the engine, and so depend on it and the device. */
  default boolean computesWithEngine(String operation) {
    return true;
  }
}
