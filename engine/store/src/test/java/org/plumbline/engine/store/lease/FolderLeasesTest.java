// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.StoreLayout;

class FolderLeasesTest extends LeasesContract {
  @TempDir Path temp;

  @Override
  protected Leases leases() throws IOException {
    StoreLayout ground = StoreLayout.of(temp.toRealPath(), Disk.REAL, problem -> {});
    return FolderLeases.timed(ground, StoreLayout.LOCKS, time());
  }

  @Override
  protected void takeAway(String name) throws IOException {
    Files.delete(file(name));
  }

  private Path file(String name) {
    return temp.resolve("locks").resolve(name + ".lock");
  }

  @Test
  void aDamagedCounterBeginsAnew() throws IOException {
    leases().tryAcquire("node").orElseThrow().close();
    for (String damage : new String[] {"null", "", "99999999999999999999999", "-1"}) {
      Files.writeString(file("node"), damage);

      try (Lease lease = leases().tryAcquire("node").orElseThrow()) {
        assertThat(lease.token()).as(damage).isEqualTo(1);
      }
    }
  }
}
