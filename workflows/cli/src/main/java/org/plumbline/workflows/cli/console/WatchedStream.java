// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Remembers why a stream could not be written, which a {@code PrintStream} keeps to itself. */
final class WatchedStream extends OutputStream {
  private final OutputStream stream;
  private volatile @Nullable IOException failure;

  WatchedStream(OutputStream stream) {
    this.stream = stream;
  }

  /** The first failure; null if there was none, or the reader just wanted no more. */
  @Nullable IOException failure() {
    IOException first = failure;
    boolean enough = first != null && String.valueOf(first.getMessage()).contains("Broken pipe");
    return enough ? null : first;
  }

  private interface Writing {
    void write() throws IOException;
  }

  private void watch(Writing writing) throws IOException {
    try {
      writing.write();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  @Override
  public void write(int b) throws IOException {
    watch(() -> stream.write(b));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    watch(() -> stream.write(bytes, offset, length));
  }

  @Override
  public void flush() throws IOException {
    watch(stream::flush);
  }
}
