// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.runs;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Lines in the order in which they were added, as one process conducts a run at a time. */
public interface Journal {

  /** Adds a line, which ends with a line break. */
  void append(byte[] line) throws IOException;

  /** All whole lines; what is damaged is passed over and said. */
  List<String> lines() throws IOException;

  /**
   * The lines after those that were seen before.
   *
   * @param seen how many there are by now, damaged ones among them
   */
  record Tail(List<String> lines, int seen) {}

  /** The lines that were added since so many were seen. */
  Tail after(int seen) throws IOException;

  /** When the last line was added, if one was; ISO 8601. */
  Optional<String> lastTime() throws IOException;

  /** Ends a line that a process died in the middle of, so that the next is not lost with it. */
  void mend() throws IOException;
}
