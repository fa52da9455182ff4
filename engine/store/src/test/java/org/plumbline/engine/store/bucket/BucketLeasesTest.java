// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.store.lease.Lease;
import org.plumbline.engine.store.lease.Leases;
import org.plumbline.engine.store.lease.LeasesContract;
import org.plumbline.engine.store.lease.Machine;

class BucketLeasesTest extends LeasesContract {
  private static S3Server server;
  private final String prefix = UUID.randomUUID() + "/";
  private final List<Bucket> open = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @AfterEach
  void close() {
    open.forEach(Bucket::close);
  }

  private Bucket bucket() {
    Bucket bucket = S3Server.bucket(prefix);
    open.add(bucket);
    return bucket;
  }

  @Override
  protected Leases leases() {
    return new BucketLeases(bucket(), "leases/", time());
  }

  @Override
  protected void takeAway(String name) {
    bucket().put("leases/" + name + "/000000000000001000", LeaseObject.mine(1000).bytes());
  }

  @Test
  void aHolderWhoseProcessIsGoneIsNotWaitedForOnItsMachine() throws IOException {
    long pid = ProcessHandle.current().pid();
    LeaseObject reused = new LeaseObject(7, 3, Machine.processes(), pid, 1, "dead");
    bucket().put("leases/node/000000000000000007", reused.bytes());

    try (Lease lease = leases().tryAcquire("node").orElseThrow()) {
      assertThat(lease.token()).isEqualTo(8);
    }
  }

  @Test
  void aHolderOnAnotherMachineIsWaitedFor() throws IOException {
    LeaseObject elsewhere = new LeaseObject(7, 3, "another", 1, 1, "alive");
    bucket().put("leases/node/000000000000000007", elsewhere.bytes());

    assertThat(leases().tryAcquire("node")).isEmpty();
  }

  @Test
  void aDamagedRightIsNotTakenAtOnce() throws IOException {
    bucket().put("leases/node/000000000000000007", new byte[] {'?'});

    assertThat(leases().tryAcquire("node")).isEmpty();
  }
}
