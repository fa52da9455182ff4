// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Folders of files that never change, by the digest of their content. For use by any number of
 * processes and threads at once; wherever they are kept, they are read by local paths.
 */
public interface Blobs {

  /** What is known of a blob. */
  sealed interface State {

    /** It is there, and verified. */
    record Whole(Path folder) implements State {}

    /** It is not there. */
    record Missing() implements State {}

    /** It is there, and not what was put there. */
    record Damaged(String why) implements State {}
  }

  /** Looks at what is about to become a blob, and may refuse it by a failure. */
  @FunctionalInterface
  interface Inspection {
    void of(Manifest manifest);
  }

  /** A new empty folder in which one is prepared. */
  Path prepare() throws IOException;

  /** Deletes what was prepared, now or when it can be done. */
  void discard(Path prepared);

  /**
   * Gives a file of a blob a second name in a folder that is prepared; a copy where that cannot be.
   *
   * @throws IllegalArgumentException if it is not the file of a blob
   */
  void link(Path file, Path prepared) throws IOException;

  /**
   * Takes over a folder that was prepared, which is then no longer where it was. One of equal
   * content that is there already is kept; a damaged one is put out of the way.
   *
   * @param doing for the message of a failure: {@code write the result of ppo@1}
   * @return its digest
   * @throws org.plumbline.engine.store.record.StoreFailure if it cannot be written
   */
  String put(Path prepared, String doing, Inspection inspection);

  /** Looks for a blob and verifies it. */
  State find(String digest);

  /** How a blob is. */
  enum Presence {
    WHOLE,
    MISSING,
    DAMAGED
  }

  /** Looks whether a blob is there, as far as that can be told without fetching its files. */
  Presence check(String digest);

  /** Puts a damaged blob out of the way, so that it can be put there anew. */
  void setAside(String digest) throws IOException;

  /**
   * A blob in a list.
   *
   * @param time when it was put there, in milliseconds since 1970
   * @param bytes that go with it alone
   */
  record Listed(String digest, long time, long bytes) {}

  /** All blobs, whole or not. */
  List<Listed> list() throws IOException;

  /** Deletes blobs, each of which is at once not there any more. */
  void delete(Collection<String> digests) throws IOException;

  /**
   * A file that is kept by itself.
   *
   * @param name where it is kept
   */
  record Loose(String name, long bytes) {}

  /**
   * The files that no blob has, where blobs share their files.
   *
   * @param going blobs that count as deleted
   * @param before what was written later, in milliseconds since 1970, and is of none of these is
   *     left out: its blob may be on its way
   */
  List<Loose> loose(Set<String> going, long before) throws IOException;

  /** Deletes files that no blob has. */
  void deleteLoose(Collection<Loose> files) throws IOException;

  /**
   * Makes sure that a blob which this process has put there still is, with all its files.
   *
   * @return false if it is gone, and cannot be put there again from here
   */
  boolean restore(String digest) throws IOException;
}
