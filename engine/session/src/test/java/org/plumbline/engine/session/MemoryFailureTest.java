// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.plan.KeyParts;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.run.StageFailure;

class MemoryFailureTest {

  @Test
  void whatLibtorchSaysBecomesWhatToLower() {
    RuntimeException cause =
        new IllegalStateException(
            "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate"
                + " memory: you tried to allocate 1572864000 bytes. Error code 12");

    StageFailure failure =
        MemoryFailure.of(new IllegalStateException("in a step", cause), node()).orElseThrow();

    assertThat(failure.code()).isEqualTo("PLB0904");
    assertThat(failure).hasMessage("out of memory: libtorch could not get another 1572.9 MB");
    assertThat(failure.setting()).isEqualTo("batch_size");
    assertThat(failure.help()).contains("lower `batch_size`, now 64").contains("--parallel 1");
  }

  @Test
  void otherDevicesAndJavaAreUnderstoodToo() {
    assertThat(MemoryFailure.of(new IllegalStateException("CUDA out of memory. Tried"), node()))
        .isPresent();
    assertThat(MemoryFailure.of(new OutOfMemoryError("Java heap space"), node()).orElseThrow())
        .hasMessageContaining("Java heap space")
        .satisfies(f -> assertThat(f.help()).contains("-Xmx8g"));
  }

  @Test
  void otherFailuresAreLeftAlone() {
    assertThat(MemoryFailure.of(new IllegalStateException("sizes do not match"), node())).isEmpty();
  }

  private static PlanNode node() {
    Map<String, Object> settings = Map.of("batch_size", 64L, "max_new_tokens", 8L);
    KeyParts parts =
        new KeyParts(KeyParts.FORMAT, "ppo", 1, settings, Map.of(), Map.of(), 1, Map.of());
    return new PlanNode(
        "ppo@1",
        "ppo",
        "policies",
        "ppo",
        "ppo",
        1,
        settings,
        Map.of(),
        Map.of(),
        Map.of(),
        1,
        "",
        "",
        parts,
        List.of("ppo"));
  }
}
