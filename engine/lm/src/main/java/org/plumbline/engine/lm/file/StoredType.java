// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.file;

import java.util.Arrays;
import java.util.Optional;
import org.plumbline.engine.lm.internal.NumberType;

/** The type of the numbers in weight files. */
public enum StoredType {
  FLOAT32("float32", "F32", NumberType.FLOAT32),
  FLOAT16("float16", "F16", NumberType.FLOAT16),
  BFLOAT16("bfloat16", "BF16", NumberType.BFLOAT16);

  private final String label;
  private final String code;
  private final NumberType type;

  StoredType(String label, String code, NumberType type) {
    this.label = label;
    this.code = code;
    this.type = type;
  }

  /** Returns the name in {@code config.json}, for example {@code bfloat16}. */
  public String label() {
    return label;
  }

  /** Returns the name in safetensors files, for example {@code BF16}. */
  String code() {
    return code;
  }

  NumberType type() {
    return type;
  }

  /** Finds a type by its name in {@code config.json}. */
  public static Optional<StoredType> of(String label) {
    return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
  }
}
