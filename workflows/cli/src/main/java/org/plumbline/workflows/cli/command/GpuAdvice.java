// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.util.List;

/**
 * What to install for a GPU.
 *
 * <p>DJL's natives for CUDA are not on Maven Central for this version of libtorch, but the JNI
 * library that goes with them is in {@code pytorch-jni}, and PyTorch's own package brings a
 * libtorch that it loads with.
 */
final class GpuAdvice {

  /** The version that the JNI library was made for; no other loads. */
  private static final String LIBTORCH = "2.7.1";

  private GpuAdvice() {}

  /** Returns the steps, one line each. */
  static List<String> lines() {
    if (System.getProperty("os.name", "").startsWith("Mac")) {
      return List.of("on Apple silicon, `--device mps` uses the GPU; this has not been tried");
    }
    return List.of(
        "for an NVIDIA GPU (Linux or Windows on x86-64, driver for CUDA 12; not tried on a GPU):",
        "1. pip install torch==" + LIBTORCH,
        "2. PYTORCH_LIBRARY_PATH=…/site-packages/torch/lib PYTORCH_VERSION=" + LIBTORCH,
        "   PYTORCH_FLAVOR=cu128 DJL_CACHE_DIR=~/.cache/plumbline-cuda   in the environment",
        "3. plumb run --device cuda:0 …");
  }
}
