// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.StoreAddress;
import org.plumbline.engine.store.gc.CollectedGarbage;
import org.plumbline.engine.store.gc.Garbage;
import org.plumbline.engine.store.gc.GarbageContract;
import org.plumbline.engine.store.gc.GarbageRules;
import org.plumbline.engine.store.home.LocalFolder;

class BucketGarbageIT extends GarbageContract {
  private static S3Server server;
  private final String prefix = UUID.randomUUID().toString();

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  protected Store on(String machine) {
    return Store.open(
        StoreAddress.ofBucket("s3://" + S3Server.BUCKET + "/" + prefix).orElseThrow(),
        new LocalFolder(temp.resolve(machine), 1L << 30),
        problem -> {});
  }

  @Override
  protected void damage(String run) {
    put("runs/" + run + "/run.json", "{");
  }

  private void put(String name, String text) {
    try (Bucket bucket = S3Server.bucket(prefix + "/")) {
      bucket.put(name, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void whatKilledUploadsAndBeginningsLeaveBehindGoesWhenItIsOld() {
    try (Store store = on("one")) {
      put("files/" + "ab".repeat(32), "of an upload that was killed");
      put("runs/abcd/plan.json", "of a run that was never begun");
      put("checkpoints/" + "cd".repeat(32) + "/000000000001-3/files/ef", "of no checkpoint");

      CollectedGarbage young =
          store.garbage().collect(GarbageRules.of(records -> Set.of()), item -> {});
      CollectedGarbage old =
          store
              .garbage()
              .collect(
                  new GarbageRules(
                      runs -> runs, Duration.ofSeconds(-5), false, records -> Set.of()),
                  item -> {});

      assertThat(young.items()).isEmpty();
      assertThat(old.items())
          .extracting(Garbage::kind)
          .containsExactly(Garbage.Kind.REMAINS, Garbage.Kind.CHECKPOINTS, Garbage.Kind.FILE);
      try (Bucket bucket = S3Server.bucket(prefix + "/")) {
        assertThat(bucket.list("files/")).isEmpty();
        assertThat(bucket.list("runs/")).isEmpty();
        assertThat(bucket.list("checkpoints/")).isEmpty();
      }
    }
  }
}
