// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.parquet;

/** Thrown when values and schema of a file do not say the same of their structure. */
final class UnknownLayoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownLayoutException(String what) {
    super(what);
  }
}
