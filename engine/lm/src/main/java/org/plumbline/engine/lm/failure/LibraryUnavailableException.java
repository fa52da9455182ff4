// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.failure;

import org.plumbline.engine.lm.internal.NativeCache;

/** A native library cannot be loaded on this machine; no model or data are at fault. */
public final class LibraryUnavailableException extends LanguageModelException {

  private static final long serialVersionUID = 1L;

  public LibraryUnavailableException(String library, Throwable cause) {
    super(
        "cannot load " + library + ": " + TorchUnavailableException.innermost(cause) + note(),
        cause);
  }

  /** What is wrong with the folder that the libraries are unpacked into, if it is to blame. */
  static String note() {
    return NativeCache.fault()
        .map(
            fault ->
                "; native libraries are unpacked into %s, which %s; name another folder in the environment variable DJL_CACHE_DIR"
                    .formatted(NativeCache.folder(), fault))
        .orElse("");
  }
}
