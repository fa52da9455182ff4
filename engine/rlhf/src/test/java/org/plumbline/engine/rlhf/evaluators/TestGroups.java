// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.shape.Shape;

/** Evaluators as a spec declares them, of the few keys that a test is about. */
public final class TestGroups {
  private TestGroups() {}

  /** A group of these keys; the others have their defaults. */
  public static Group group(Map<String, Object> keys) {
    Map<String, Object> all =
        new HashMap<>(
            Map.of(
                "count", 1,
                "rationality", 1.0,
                "mistakes", 0.0,
                "skips", 0.0,
                "length_bias", 0.0,
                "position_bias", 0.0));
    if (keys.containsKey("share")) {
      all.put("count", 0);
    }
    all.putAll(keys);
    return (Group) Shape.of(Group.class).construct(all);
  }

  /** Evaluators of these keys, who want {@code good}. */
  public static EvaluatorsSpec people(Map<String, Object> keys) {
    Map<String, Object> all = new HashMap<>(Map.of("values", "good", "cost", 0.0));
    all.putAll(keys);
    return (EvaluatorsSpec) Shape.of(EvaluatorsSpec.class).construct(all);
  }

  /** Evaluators of one group, {@code all}, of these keys. */
  public static EvaluatorsSpec people(Group group) {
    return people(Map.of("groups", new LinkedHashMap<>(Map.of("all", group))));
  }
}
