// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.failure;

/** Libtorch or the device that was asked for cannot be used on this machine. */
public final class TorchUnavailableException extends LanguageModelException {

  private static final long serialVersionUID = 1L;

  public TorchUnavailableException(String device, Throwable cause) {
    super(message(device, cause), cause);
  }

  private static String message(String device, Throwable cause) {
    String why = innermost(cause);
    String hint =
        why.contains("libcuda.so")
            ? "; this libtorch is built for CUDA, but there is no NVIDIA driver"
            : "";
    return "cannot use libtorch on "
        + device
        + ": "
        + why
        + hint
        + LibraryUnavailableException.note();
  }

  /** What really happened: DJL says only that loading failed. */
  static String innermost(Throwable failure) {
    Throwable last = failure;
    for (Throwable at = failure.getCause(); at != null; at = at.getCause()) {
      last = at;
    }
    return String.valueOf(last.getMessage());
  }
}
