// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.failure;

/**
 * A failure of this module that is not a bug: the numbers diverged, or a file is not what it should
 * be.
 */
public abstract sealed class LanguageModelException extends RuntimeException
    permits NonFiniteException,
        ModelFormatException,
        PromptException,
        LibraryUnavailableException,
        TorchUnavailableException {

  private static final long serialVersionUID = 1L;

  LanguageModelException(String message, Throwable cause) {
    super(message, cause);
  }

  LanguageModelException(String message) {
    super(message);
  }
}
