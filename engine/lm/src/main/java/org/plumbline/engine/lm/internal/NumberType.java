package org.plumbline.engine.lm.internal;

/** Number types of libtorch, some of which the engine's own type names must not be used for. */
public enum NumberType {
  UINT8(0),
  INT64(4),
  FLOAT16(5),
  FLOAT32(6),
  BFLOAT16(15);

  private final int code;

  NumberType(int code) {
    this.code = code;
  }

  /** Returns libtorch's number of this type ({@code c10::ScalarType}). */
  public int code() {
    return code;
  }
}
