// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a store is, as users name it. */
public sealed interface StoreAddress {

  /** A folder of this machine, or one that it shares with others. */
  record Folder(Path path) implements StoreAddress {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * A bucket.
   *
   * @param prefix of the names of all objects of the store, without a slash at its end; may be
   *     empty
   */
  record InBucket(String name, String prefix) implements StoreAddress {
    static final String SCHEME = "s3://";

    private static final Pattern ADDRESS =
        Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9._=-]+)*)/?");

    static Optional<StoreAddress> parse(String text) {
      Matcher matcher = ADDRESS.matcher(text);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String below = matcher.group(2);
      return Optional.of(new InBucket(matcher.group(1), below.isEmpty() ? "" : below.substring(1)));
    }

    @Override
    public String toString() {
      return SCHEME + name + (prefix.isEmpty() ? "" : "/" + prefix);
    }
  }

  /** Whether a text means a bucket, be it written well or not. */
  static boolean isOfBucket(String text) {
    return text.startsWith(InBucket.SCHEME);
  }

  /** A bucket as {@code s3://BUCKET/PREFIX}; empty if it is written otherwise. */
  static Optional<StoreAddress> ofBucket(String text) {
    return InBucket.parse(text);
  }
}
