// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.failure.TorchUnavailableException;

class TorchRuntimeTest {

  @Test
  void itStartsOnTheCpu() {
    TorchRuntime runtime = TorchRuntime.start();

    assertThat(runtime.device()).isEqualTo("cpu");
    assertThat(runtime.engine()).matches("libtorch \\d+\\.\\d+\\.\\d+");
  }

  @Test
  void theLastSettingsSayHowManyThreadsCompute() {
    int before = TorchRuntime.start().threads();
    try {
      TorchRuntime.start(new TorchRuntime.Settings("cpu", 7));

      assertThat(TorchRuntime.start().threads()).isEqualTo(7);
    } finally {
      TorchRuntime.start(new TorchRuntime.Settings("cpu", before));
    }
  }

  @Test
  void nothingIsDownloaded() {
    TorchRuntime.start();

    assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
    assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> new TorchRuntime.Settings("tpu", 1)).hasMessageContaining("tpu");
    assertThatThrownBy(() -> new TorchRuntime.Settings("cpu", 0)).hasMessageContaining("0");
  }

  @Test
  void devicesAreKnownByTheirNames() {
    assertThat(TorchRuntime.isDevice("cpu")).isTrue();
    assertThat(TorchRuntime.isDevice("cuda:0")).isTrue();
    assertThat(TorchRuntime.isDevice("mps")).isTrue();
    assertThat(TorchRuntime.isDevice("cuda")).isFalse();
    assertThat(TorchRuntime.isDevice("cuda:99999999999")).isFalse();
  }

  @Test
  void aProcessHasOneDevice() {
    TorchRuntime.start();

    assertThatThrownBy(() -> TorchRuntime.start(new TorchRuntime.Settings("cuda:0", 1)))
        .isInstanceOf(TorchUnavailableException.class)
        .hasMessageContaining("cuda:0")
        .hasMessageContaining("on cpu already");
  }
}
