// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The holders of one right, by their tokens: the last one has it, or had it last.
 *
 * @param folder whose name ends with {@code /}
 */
record LeaseFolder(Bucket bucket, String folder) {

  SortedSet<Long> tokens() {
    SortedSet<Long> tokens = new TreeSet<>();
    for (Bucket.Listed each : bucket.list(folder)) {
      String token = each.name().substring(folder.length());
      if (token.matches("\\d{18}")) {
        tokens.add(Long.parseLong(token));
      }
    }
    return tokens;
  }

  Optional<Bucket.Found> read(long token) {
    return bucket.get(name(token));
  }

  /** Becomes the holder with a token, unless somebody has; says whether it did. */
  boolean create(LeaseObject holder) {
    return bucket.create(name(holder.token()), holder.bytes()).isPresent();
  }

  /** Says something else of a holder, which only itself does. */
  void put(LeaseObject holder) {
    bucket.put(name(holder.token()), holder.bytes());
  }

  void delete(Collection<Long> tokens) {
    List<String> names = tokens.stream().map(this::name).toList();
    bucket.delete(names);
  }

  private String name(long token) {
    return "%s%018d".formatted(folder, token);
  }
}
