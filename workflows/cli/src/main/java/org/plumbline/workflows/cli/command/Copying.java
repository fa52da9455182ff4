// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.store.content.Inputs;
import org.plumbline.workflows.cli.console.Console;

/** Tells of files that are copied into the store. */
record Copying(Console console) implements Inputs.CopyListener {

  private static final long MEGABYTE = 1_000_000;

  /** About a second. */
  private static final long WORTH_SAYING = 200 * MEGABYTE;

  @Override
  public void copying(FileRef file, long bytes) {
    if (bytes >= WORTH_SAYING) {
      console.say("copying " + file.written() + " into the store, " + bytes / MEGABYTE + " MB");
    }
  }

  @Override
  public void damaged(String why) {
    console.complain("warning: " + why);
  }
}
