// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

/** What the numbers of an operation come from, and so what its results depend on. */
public enum Arithmetic {
  /** The engine: its version, the device, the type of number and the threads count for the key. */
  ENGINE,
  /** Nothing but this program: the same bytes with every engine, on every device. */
  PLAIN
}
