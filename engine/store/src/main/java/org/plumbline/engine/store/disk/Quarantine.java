// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Where damaged and misplaced things are put out of the way, so that they can be made anew. */
public final class Quarantine {
  private final Path home;
  private final StoreLayout ground;

  private Quarantine(Path home, StoreLayout ground) {
    this.home = home;
    this.ground = ground;
  }

  /** For what lies on the file system of the store itself. */
  public static Quarantine of(StoreLayout ground) {
    return new Quarantine(ground.at(StoreLayout.QUARANTINE), ground);
  }

  /** For a part of the store that may lie on another file system. */
  public static Quarantine of(StoreLayout ground, String part) throws IOException {
    return ground.apart(part)
        ? new Quarantine(ground.at(part + "/" + StoreLayout.QUARANTINE), ground)
        : of(ground);
  }

  /** Moves something there, whatever it is; a link is moved itself. */
  public void take(Path path, String name) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      ground.createFolders(home);
      int count = 0;
      Path free = home.resolve(name + "-0");
      while (Files.exists(free, LinkOption.NOFOLLOW_LINKS)) {
        count++;
        free = home.resolve(name + "-" + count);
      }
      ground.disk().move(path, free);
    }
  }
}
