// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What numbers depend on besides settings and data; known without loading the engine.
 *
 * @param device {@code cpu}, {@code cuda:0}, {@code mps}
 */
public record NumericRuntime(String device) {

  /** How sums are divided into parts; another number gives other last bits of all results. */
  private static final String DIVISION = "1";

  /** The parts of every key that speak of the engine. */
  public Map<String, String> parts() {
    Map<String, String> runtime = new TreeMap<>();
    runtime.put("engine", engine());
    runtime.put("device", device.replaceFirst(":.*", ""));
    runtime.put("number type", "float32");
    runtime.put("division", DIVISION);
    return runtime;
  }

  /** Name and version of the engine that is bundled. */
  public static String engine() {
    try (InputStream in =
        NumericRuntime.class
            .getClassLoader()
            .getResourceAsStream("native/lib/pytorch.properties")) {
      if (in == null) {
        throw new IllegalStateException("no native library of PyTorch is on the class path");
      }
      Properties properties = new Properties();
      properties.load(in);
      return "PyTorch " + properties.getProperty("version", "?").replaceFirst("-.*", "");
    } catch (IOException e) {
      throw new IllegalStateException("the version of PyTorch cannot be read", e);
    }
  }
}
