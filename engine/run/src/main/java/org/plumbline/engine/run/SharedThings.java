// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** What was opened for all parts of a stage, each once, and is closed with it: the last first. */
public final class SharedThings implements AutoCloseable {
  private final Map<String, AutoCloseable> byName = new HashMap<>();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Opens something, unless it is open. */
  public <T extends AutoCloseable> T get(String name, Class<T> type, StageContext.Opener<T> opener)
      throws IOException {
    String key = type.getName() + " " + name;
    AutoCloseable known = byName.get(key);
    if (known != null) {
      return type.cast(known);
    }
    T opened = opener.open();
    byName.put(key, opened);
    open.push(opened);
    return opened;
  }

  @Override
  public void close() throws IOException {
    byName.clear();
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException("what the stage opened cannot be closed", e);
      }
    }
  }
}
