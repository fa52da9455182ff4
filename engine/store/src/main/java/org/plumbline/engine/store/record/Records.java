// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Small records of one kind by name, each of which is there as a whole or not at all, whenever a
 * process dies. For use by any number of processes and threads at once.
 *
 * <p>A name is a file name: letters, digits, points, hyphens and {@code @}, and no point first.
 */
public interface Records {

  /** What a record may be called. */
  Pattern NAME = Pattern.compile("[A-Za-z0-9-][A-Za-z0-9.@-]*");

  /**
   * A record as it was found.
   *
   * @param version changes whenever the content does
   */
  record Found(byte[] content, String version) {}

  /**
   * The name of a record.
   *
   * @param time when it was written last, in milliseconds since 1970
   */
  record Listed(String name, long time, long bytes) {}

  /**
   * The record of this name, if there is one.
   *
   * @throws IOException if it cannot be read, or something else is in its place
   */
  Optional<Found> read(String name) throws IOException;

  /** The contents of many records, in their order; nothing for one that is gone. */
  default List<byte[]> readAll(List<String> names) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (String name : names) {
      contents.add(read(name).map(Found::content).orElse(new byte[0]));
    }
    return contents;
  }

  /** Writes a record unless there is one; says whether it did. Of several at once one does. */
  boolean create(String name, byte[] content) throws IOException;

  /**
   * Writes a record in the place of one that was read, unless that has changed or gone meanwhile;
   * says whether it did.
   */
  boolean replace(String name, String version, byte[] content) throws IOException;

  /** Writes a record, in place of another if there is one. */
  void put(String name, byte[] content) throws IOException;

  /** Removes a record if it is there; what is no record is put out of the way. */
  void remove(String name) throws IOException;

  /** Removes many records as {@link #remove(String)} does one. */
  default void removeAll(Collection<String> names) throws IOException {
    for (String name : names) {
      remove(name);
    }
  }

  /** The names of all records, sorted. */
  List<Listed> list() throws IOException;
}
