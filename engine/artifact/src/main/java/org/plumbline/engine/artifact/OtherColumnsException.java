// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

/**
 * A file of an artifact has not the columns that this version of the program writes: another
 * version wrote it. The message names file, line and column.
 */
public final class OtherColumnsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OtherColumnsException(String message, Throwable cause) {
    super(message, cause);
  }
}
