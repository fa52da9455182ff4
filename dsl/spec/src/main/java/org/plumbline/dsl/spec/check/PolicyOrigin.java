// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shape;

/**
 * Everything that a policy is computed from, as a value: equal values mean the same computation,
 * whatever the names in between are.
 */
public final class PolicyOrigin {
  private final Map<Object, Integer> contents = new HashMap<>();

  /** The content of a policy in an experiment; comparable with others of this object. */
  public Object of(Experiment experiment, String policy) {
    return new Walk(experiment).entry("policies", policy);
  }

  /** What a policy is computed from, as {@code section.name}. */
  Set<String> names(Experiment experiment, String policy) {
    return names(experiment, "policies", policy);
  }

  private Set<String> names(Experiment experiment, String section, String entry) {
    Walk walk = new Walk(experiment);
    walk.entry(section, entry);
    return walk.done.keySet();
  }

  /** What a reward is computed from, as {@code section.name}. */
  Set<String> namesOfReward(Experiment experiment, String reward) {
    return names(experiment, "rewards", reward);
  }

  /**
   * What lies between feedback and a policy, both included: all feedback, rewards and policies, as
   * {@code section.name}, that the policy is computed from and that are computed from the feedback.
   */
  public Set<String> between(Experiment experiment, String policy, List<String> feedback) {
    Set<String> between = new LinkedHashSet<>();
    for (String name : names(experiment, policy)) {
      String section = name.substring(0, name.indexOf('.'));
      String entry = name.substring(section.length() + 1);
      if (List.of("feedback", "rewards", "policies").contains(section)) {
        Set<String> upstream = names(experiment, section, entry);
        if (feedback.stream().anyMatch(one -> upstream.contains("feedback." + one))) {
          between.add(name);
        }
      }
    }
    return between;
  }

  private final class Walk {
    private final Experiment experiment;
    private final Map<String, Object> done = new HashMap<>();

    Walk(Experiment experiment) {
      this.experiment = experiment;
    }

    Object entry(String section, String name) {
      String key = section + "." + name;
      Object known = done.get(key);
      if (known != null) {
        return known;
      }
      done.put(key, key); // a cycle is reported elsewhere; here it only must end
      Object block = Sections.of(experiment, section).get(name);
      Object content = block == null ? key : block(block);
      Object number = contents.computeIfAbsent(content, unseen -> contents.size());
      done.put(key, number);
      return number;
    }

    private Object block(Object block) {
      Shape shape = Shape.of(block.getClass());
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("kind", shape.kind());
      for (Field field : shape.fields()) {
        Object value = shape.read(block, field);
        if (value != null) {
          plain.put(field.name(), value(field, value));
        }
      }
      return plain;
    }

    private Object value(Field field, Object value) {
      Section refers = field.refers();
      if (refers != null && refers != Section.FEATURES && value instanceof String name) {
        return reference(refers, name);
      } else if (value instanceof Record block) {
        return block(block);
      } else if (value instanceof Map<?, ?> map) {
        Map<Object, @Nullable Object> plain = new LinkedHashMap<>();
        map.forEach((key, item) -> plain.put(key, value(field, item)));
        return plain;
      } else if (value instanceof List<?> list) {
        List<Object> plain = new ArrayList<>();
        list.forEach(item -> plain.add(value(field, item)));
        return plain;
      }
      return value instanceof Enum<?> constant ? constant.name() : value;
    }

    private Object reference(Section refers, String name) {
      String section = Sections.home(experiment, refers, name);
      String entry = Sections.entryName(refers, name);
      return List.of(entry(section, entry), name.substring(entry.length()));
    }
  }
}
