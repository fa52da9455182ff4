// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Unset;
import org.plumbline.engine.report.compare.RecipeSettings.Setting;

/** Walks from a recipe's policy along all references and lists every setting on the way. */
final class Upstream {

  private final Experiment experiment;
  private final String policy;
  private final List<Setting> out = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private Upstream(Recipe recipe) {
    experiment = recipe.experiment();
    policy = recipe.policy();
  }

  static List<Setting> settings(Recipe recipe) {
    Upstream upstream = new Upstream(recipe);
    upstream.visit(Section.POLICIES, recipe.policy());
    return upstream.out;
  }

  private void visit(Section section, String name) {
    Map<String, ?> entries = entries(section, name);
    Object entry = entries.get(name);
    if (!(entry instanceof Record block)) {
      return;
    }
    String key = entries == experiment.models() ? Section.MODELS.key() : section.key();
    if (!seen.add(key + "." + name)) {
      return;
    }
    Shape shape = Shape.of(block.getClass());
    boolean own = key.equals(Section.POLICIES.key()) && name.equals(policy);
    String kind = shape.kind();
    Place place =
        new Place(
            key + "." + name + (kind.isEmpty() ? "" : "." + kind), own ? "policy " : null, "");
    if (own) {
      String method = kind.replace('_', '-');
      out.add(new Setting(key + "." + name, "policy method", method, true, false, false));
    }
    List<Runnable> references = new ArrayList<>();
    block(block, place, references);
    references.forEach(Runnable::run);
  }

  /**
   * Where a block stands.
   *
   * @param root path of the entry
   * @param own {@code "policy "} if the entry is the recipe's own policy
   * @param path within the entry, with a dot at the end
   */
  private record Place(String root, @Nullable String own, String path) {

    Place in(String key) {
      return new Place(root, own, path + key + ".");
    }

    String full(String key) {
      return root + "." + path + key;
    }

    String shown(String key) {
      return own == null ? full(key) : own + path + key;
    }
  }

  private void block(Record block, Place place, List<Runnable> references) {
    Shape shape = Shape.of(block.getClass());
    for (Field field : shape.fields()) {
      Object value = shape.read(block, field);
      if (value != null) {
        value(value, field, place, references);
      }
    }
  }

  private void value(Object value, Field field, Place place, List<Runnable> references) {
    if (value instanceof Record block) {
      String kind = Shape.of(block.getClass()).kind();
      Place inner = place.in(field.name());
      block(block, kind.isEmpty() ? inner : inner.in(kind), references);
      return;
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, item) -> {
            if (item instanceof Record block) {
              block(block, place.in(field.name()).in(String.valueOf(key)), references);
            } else if (item != null) {
              add(field.name() + "." + key, text(item), field, place);
            }
          });
      return;
    }
    add(field.name(), text(value), field, place);
    Section refers = field.refers();
    if (refers != null && refers != Section.FEATURES) {
      for (Object name : value instanceof List<?> list ? list : List.of(value)) {
        references.add(() -> visit(refers, part(String.valueOf(name))));
      }
    }
  }

  private void add(String key, String value, Field field, Place place) {
    boolean own = place.own != null;
    String usual = field.defaultText();
    boolean isUsual = usual != null && text(plain(usual)).equals(value);
    boolean tells = own && (field.telling() || (field.refers() != null && !prompts(field)));
    out.add(new Setting(place.full(key), place.shown(key), value, own, isUsual, tells));
  }

  private static boolean prompts(Field field) {
    return field.name().equals("prompts");
  }

  /** {@code prompts.held_out} refers to a part of {@code prompts}. */
  private static String part(String reference) {
    int dot = reference.indexOf('.');
    return dot < 0 ? reference : reference.substring(0, dot);
  }

  private Map<String, ?> entries(Section section, String name) {
    return switch (section) {
      case MODELS -> experiment.models();
      case DATA -> experiment.data();
      case VALUES -> experiment.values();
      case EVALUATORS -> experiment.evaluators();
      case FEEDBACK -> experiment.feedback();
      case REWARDS -> experiment.rewards();
      case POLICIES, RECIPES -> experiment.policies();
      case POLICIES_OR_MODELS ->
          experiment.policies().containsKey(name) ? experiment.policies() : experiment.models();
      case FEATURES -> Map.of();
    };
  }

  private static Object plain(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return text; // a word
    }
  }

  /** A value as one would write it in a specification. */
  static String text(Object value) {
    if (value == Unset.UNSET) {
      return "left out";
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      boolean whole = number == Math.rint(number) && Math.abs(number) < 1e9;
      return whole
          ? String.valueOf((long) number)
          : String.valueOf(number).replace(".0E", "e").replace('E', 'e');
    }
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(java.util.Locale.ROOT);
    }
    if (value instanceof List<?> list) {
      return String.join(", ", list.stream().map(item -> item == null ? "" : text(item)).toList());
    }
    return String.valueOf(value);
  }
}
