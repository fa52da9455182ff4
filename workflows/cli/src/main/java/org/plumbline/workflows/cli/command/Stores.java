// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.plumbline.engine.store.Store;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.console.Style;

/** Opens the store that a command works on. */
final class Stores {

  private Stores() {}

  /** The store, which must be there. */
  static Store existing(Plumb plumb) {
    Path folder = plumb.storeFolder();
    if (!Files.isDirectory(folder)) {
      throw Refusal.mistake(
          "there is no store here: " + folder,
          "go to the folder that you ran in, use `-C DIR`, or name the store with `--store DIR`");
    }
    return open(plumb, folder);
  }

  /** The store in a folder; what is damaged in it and can be done without is said. */
  static Store open(Plumb plumb, Path folder) {
    return Store.open(
        folder,
        problem ->
            plumb
                .console()
                .complain(
                    Style.WARNING.of("warning", plumb.console().colourErr()) + ": " + problem));
  }
}
