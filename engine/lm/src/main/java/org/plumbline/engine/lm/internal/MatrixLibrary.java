// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import ai.djl.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Which of libtorch's libraries multiplies activations with weights.
 *
 * <p>Libtorch's own linear map goes to MKL, which uses the widest instructions on Intel's
 * processors only; on others oneDNN was measured to be twice as fast. oneDNN is reached, with
 * gradients, through a convolution of size 1 over rows laid out as pixels.
 */
public enum MatrixLibrary {
  /** Whatever libtorch's linear map uses; on every device. */
  BLAS("linear-blas.torchscript"),
  /** oneDNN, for 32-bit floats on a CPU, where the number of rows is a multiple of 16. */
  ONE_DNN("linear-onednn.torchscript");

  private static final String PROPERTY = "plumbline.matrices";

  private final String resource;

  MatrixLibrary(String resource) {
    this.resource = resource;
  }

  /** Returns the resource beside this class that defines {@code affine}. */
  String resource() {
    return resource;
  }

  /** Returns the library that this process uses. */
  public static MatrixLibrary here() {
    return fastest(Torch.get().device());
  }

  /**
   * Returns the faster library here, unless the system property {@code plumbline.matrices} names
   * one: the same on every run of one machine, and with it every bit of a result.
   */
  static MatrixLibrary fastest(Device device) {
    String wanted = System.getProperty(PROPERTY, "");
    if (!wanted.isEmpty()) {
      return valueOf(wanted.toUpperCase(Locale.ROOT));
    }
    String family = System.getProperty("os.arch", "");
    boolean x86 = family.equals("amd64") || family.equals("x86_64");
    return x86 && !device.isGpu() && !processor().contains("Intel") ? ONE_DNN : BLAS;
  }

  /** Returns what the system says about the processor; Intel's where it says nothing. */
  private static String processor() {
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    if (windows != null) {
      return windows;
    }
    try {
      return Files.readString(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1);
    } catch (IOException notLinux) {
      return "Intel";
    }
  }
}
