// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What libraries and dying threads print by themselves: it goes line by line through the console,
 * where secrets are masked, and never between the lines of a result.
 */
final class Stray extends OutputStream {
  private final Console console;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private Stray(Console console) {
    this.console = console;
  }

  /** A stream to print on. */
  static PrintStream to(Console console) {
    return new PrintStream(new Stray(console), true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int b) {
    if (b != '\n') {
      line.write(b);
      return;
    }
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    console.complain(text);
  }

  /** Says the end that has no line end; whatever flushes in the middle of a line does not. */
  @Override
  public synchronized void close() {
    if (line.size() > 0) {
      write('\n');
    }
  }
}
