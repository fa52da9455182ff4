package org.plumbline.engine.lm;

import java.nio.ByteBuffer;

/** Widens 16-bit floats to 32 bits; the native library would abort the process on some of them. */
final class HalfPrecision {

  private HalfPrecision() {}

  static float[] widen(String type, ByteBuffer bytes) {
    float[] values = new float[bytes.remaining() / Short.BYTES];
    for (int i = 0; i < values.length; i++) {
      short bits = bytes.getShort();
      values[i] = type.equals("BF16") ? Float.intBitsToFloat(bits << 16) : half(bits);
    }
    return values;
  }

  /** IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits. */
  private static float half(short bits) {
    float sign = bits < 0 ? -1f : 1f;
    int exponent = (bits >> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    if (exponent == 0) {
      return sign * fraction * 0x1.0p-24f;
    }
    if (exponent == 0x1F) {
      return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
    }
    return sign * (float) Math.scalb(1 + fraction / 1024.0, exponent - 15);
  }
}
