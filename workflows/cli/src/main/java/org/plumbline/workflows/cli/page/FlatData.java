// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.plan.CanonicalJson;

/** Plain data as paths and texts. */
public final class FlatData {

  private FlatData() {}

  /** Every setting by its path, as in {@code policies.dpo.dpo.beta}. */
  public static Map<String, String> of(Map<String, Object> plain) {
    Map<String, String> leaves = new LinkedHashMap<>();
    collect("", plain, leaves);
    return leaves;
  }

  private static void collect(String path, Object value, Map<String, String> leaves) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach(
          (key, item) -> collect(path.isEmpty() ? "" + key : path + "." + key, item, leaves));
    } else if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      leaves.put(path, text(value));
    } else if (value instanceof List<?> || value instanceof Map<?, ?>) {
      leaves.put(path, CanonicalJson.write(value));
    }
  }

  private static String text(Object value) {
    return value instanceof String words ? words : CanonicalJson.write(value);
  }
}
