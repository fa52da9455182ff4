package org.plumbline.engine.lm;

/** Libtorch or the device that was asked for cannot be used on this machine. */
public final class TorchUnavailableException extends LanguageModelException {

  private static final long serialVersionUID = 1L;

  TorchUnavailableException(String device, Throwable cause) {
    super(message(device, cause), cause);
  }

  private static String message(String device, Throwable cause) {
    String why = String.valueOf(cause.getMessage());
    String hint =
        why.contains("libcuda.so")
            ? "; libtorch is built for CUDA, but there is no NVIDIA driver: use the CPU build"
            : "";
    return "cannot use libtorch on " + device + ": " + why + hint;
  }
}
