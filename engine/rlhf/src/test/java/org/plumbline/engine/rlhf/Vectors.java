// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The reference numbers of {@code vectors.json}, by key. */
public final class Vectors {
  private static final JsonNode ALL = read();

  private Vectors() {}

  /** One entry: {@code 4.dpo}. */
  public static JsonNode of(String key) {
    JsonNode entry = ALL.get(key);
    if (entry == null) {
      throw new IllegalArgumentException("no vector " + key);
    }
    return entry;
  }

  /** A list of numbers within an entry; an empty name means the entry itself. */
  public static double[] list(String key, String name) {
    JsonNode entry = name.isEmpty() ? of(key) : of(key).get(name);
    double[] values = new double[entry.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = entry.get(i).asDouble();
    }
    return values;
  }

  /** One number within an entry. */
  public static double number(String key, String name) {
    return of(key).get(name).asDouble();
  }

  private static JsonNode read() {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
