// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

/**
 * Where a store is.
 *
 * @param prefix of the keys of all that is in it: empty, or it ends with {@code /}
 * @param server as people name it: an address, or a region of Amazon's
 */
record BucketPlace(String bucket, String prefix, String server) {

  String key(String name) {
    return prefix + name;
  }

  String name(String key) {
    return key.substring(prefix.length());
  }

  /** As users name it. */
  String address() {
    String below = prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1);
    return "s3://" + bucket + below;
  }
}
