// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.StoreAddress;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.console.Style;

/** Opens the store that a command works on. */
final class Stores {

  private Stores() {}

  /** The store, which must be there. */
  static Store existing(Plumb plumb) {
    StoreAddress address = plumb.storeAddress();
    if (!isThere(address)) {
      throw Refusal.mistake(
          "there is no store here: " + address,
          "go to the folder that you ran in, use `-C DIR`, or name the store with `--store`");
    }
    return open(plumb, address);
  }

  /** Whether a store is there, as far as it can be told without asking a server. */
  static boolean isThere(StoreAddress address) {
    return !(address instanceof StoreAddress.Folder folder) || Files.isDirectory(folder.path());
  }

  /** Whether something that is to be written would lie in the store. */
  static boolean holds(StoreAddress address, Path path) {
    return address instanceof StoreAddress.Folder folder && NewFile.within(path, folder.path());
  }

  /** The store at an address; what is damaged in it and can be done without is said. */
  static Store open(Plumb plumb, StoreAddress address) {
    return Store.open(
        address,
        LocalCaches.of(plumb.environment()),
        problem ->
            plumb
                .console()
                .complain(
                    Style.WARNING.of("warning", plumb.console().colourErr()) + ": " + problem));
  }
}
