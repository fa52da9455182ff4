// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.plumbline.engine.store.home.StoreHome;
import org.plumbline.engine.store.record.StoreFailure;

/** Whether what is in a bucket is a store that this version understands. */
final class BucketFormat {
  private static final String NAME = "format";
  private static final byte[] OWN = (StoreHome.FORMAT + "\n").getBytes(StandardCharsets.UTF_8);

  private BucketFormat() {}

  /**
   * Looks at what is there, and says that it is a store if nothing is.
   *
   * @throws StoreFailure if it is something else, or of a newer version
   */
  static void check(Bucket bucket) {
    Optional<Bucket.Found> found = bucket.get(NAME);
    if (found.isEmpty()) {
      if (bucket.first().stream().anyMatch(other -> !other.equals(NAME))) {
        throw StoreFailure.notAStore(
            bucket.place().address(), "it holds other objects and none that is named `format`");
      }
      bucket.create(NAME, OWN.clone());
      requireConditions(bucket);
      return;
    }
    String text = new String(found.get().content(), StandardCharsets.UTF_8).strip();
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw StoreFailure.notAStore(bucket.place().address(), "its object `format` holds no number");
    }
    if (Integer.parseInt(text) > StoreHome.FORMAT) {
      throw StoreFailure.newerFormat(
          bucket.place().address(), Integer.parseInt(text), StoreHome.FORMAT);
    }
  }

  /** Some servers take no notice of conditions: there, two would work on the same. */
  private static void requireConditions(Bucket bucket) {
    byte[] other = "0\n".getBytes(StandardCharsets.UTF_8);
    if (bucket.create(NAME, other).isPresent()) {
      bucket.put(NAME, OWN.clone());
      throw StoreFailure.bucket(
          bucket.place().server()
              + " writes over objects though it is asked not to (If-None-Match)",
          "use a server that keeps to conditions: Amazon S3, versitygw, MinIO, Ceph",
          null);
    }
  }
}
