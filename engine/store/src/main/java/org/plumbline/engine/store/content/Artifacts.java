// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.io.IOException;
import java.nio.file.Path;
import org.plumbline.engine.plan.NodeHistory;
import org.plumbline.engine.store.record.StoreFailure;

/**
 * Finished results, by content. Results of equal content are one artifact. Whoever gets one from
 * here has had its digests verified.
 */
public final class Artifacts {
  private final Blobs blobs;

  /** Artifacts that are kept as these blobs. */
  public Artifacts(Blobs blobs) {
    this.blobs = blobs;
  }

  /**
   * The artifact with this digest, verified.
   *
   * @throws StoreFailure if it is missing or damaged
   */
  public Artifact open(String digest) {
    Blobs.State state = blobs.find(digest);
    if (state instanceof Blobs.State.Whole whole) {
      return new Artifact(digest, whole.folder());
    } else if (state instanceof Blobs.State.Damaged damaged) {
      throw StoreFailure.corrupt(digest, damaged.why());
    }
    throw StoreFailure.missing(digest);
  }

  /** How an artifact is: there, missing or damaged. */
  public NodeHistory.Result check(String run, String digest) {
    return switch (blobs.check(digest)) {
      case WHOLE -> new NodeHistory.Result.Present(run, digest);
      case DAMAGED -> new NodeHistory.Result.Damaged(digest);
      case MISSING -> new NodeHistory.Result.Missing(digest);
    };
  }

  /**
   * Makes sure that an artifact is there, as far as that can be told without fetching it.
   *
   * @throws StoreFailure if it is missing or damaged
   */
  public void require(String digest) {
    if (blobs.check(digest) != Blobs.Presence.WHOLE) {
      open(digest);
    }
  }

  /**
   * Takes over a folder of finished files, which is then no longer where it was.
   *
   * @throws StoreFailure also if a collection, which sees nothing yet that needs the artifact, has
   *     removed it in this very moment
   */
  public Artifact commit(Path folder, String what) {
    String digest = blobs.put(folder, "write the result of " + what, manifest -> {});
    if (blobs.check(digest) == Blobs.Presence.MISSING) {
      throw StoreFailure.collected();
    }
    return open(digest);
  }

  /** Puts a damaged artifact out of the way, so that it can be made anew. */
  public void setAside(String digest) throws IOException {
    blobs.setAside(digest);
  }
}
