// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import ai.djl.ndarray.types.DataType;

/** Number types of libtorch. */
public enum NumberType {
  INT64(4, 8, DataType.INT64),
  FLOAT16(5, 2, DataType.FLOAT16),
  FLOAT32(6, 4, DataType.FLOAT32),
  FLOAT64(7, 8, DataType.FLOAT64),
  /** The engine ends the process when it is given or asked for this type; bytes stand in for it. */
  BFLOAT16(15, 2, DataType.UINT8);

  private final int code;
  private final int bytes;
  private final DataType lent;

  NumberType(int code, int bytes, DataType lent) {
    this.code = code;
    this.bytes = bytes;
    this.lent = lent;
  }

  /** Returns libtorch's number of this type ({@code c10::ScalarType}). */
  public int code() {
    return code;
  }

  /** Returns how many bytes a number takes. */
  public int bytes() {
    return bytes;
  }

  /** Returns the type under which memory is lent to and by the engine. */
  DataType lent() {
    return lent;
  }

  boolean isLentAsBytes() {
    return lent == DataType.UINT8;
  }
}
