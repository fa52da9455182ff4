// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.model.VariantSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Settings;

/**
 * Finds the settings that differ between recipes, over all that is upstream of them.
 *
 * <p>Settings of a recipe's own policy stand beside each other whatever the policy's name ({@code
 * policy learning_rate}); they are shown if two recipes disagree, or if only some have it and it
 * tells what the method does or is not the default. Settings further up keep their full path and
 * are shown if two recipes that have them disagree. All others count as the same.
 */
public final class RecipeSettings {

  private static final int EXAMPLES = 12;

  /** Where a policy's block says what it answers in training. */
  private static final Set<String> PROMPTS =
      Set.of("policy prompts", "policy data", "policy feedback");

  private RecipeSettings() {}

  /**
   * The settings of recipes, in their order.
   *
   * @param variants as the specification declares them
   */
  public static Settings of(List<Recipe> recipes, Map<String, VariantSpec> variants) {
    Map<String, Map<String, Setting>> byPath = new LinkedHashMap<>();
    for (Recipe recipe : recipes) {
      for (Setting setting : Upstream.settings(recipe)) {
        byPath
            .computeIfAbsent(setting.shownPath(), path -> new TreeMap<>())
            .put(recipe.name(), setting);
      }
    }
    List<Settings.Setting> differing = new ArrayList<>();
    List<Settings.Same> same = new ArrayList<>();
    List<String> paths = new ArrayList<>(byPath.keySet());
    paths.sort(Comparator.comparingInt(RecipeSettings::rank));
    for (String path : paths) {
      Map<String, Setting> settings = byPath.getOrDefault(path, Map.of());
      Set<String> values = new LinkedHashSet<>();
      settings.values().forEach(s -> values.add(s.value()));
      boolean own =
          settings.values().stream().anyMatch(s -> s.ofPolicy() && (!s.usual() || s.tells()));
      boolean everywhere = settings.size() == recipes.size();
      if (values.size() > 1 || (own && !everywhere)) {
        differing.add(row(path, recipes, settings, variants));
      } else {
        same.add(new Settings.Same(path, values.iterator().next()));
      }
    }
    List<Settings.Same> examples = same.subList(0, Math.min(EXAMPLES, same.size()));
    return new Settings(differing, same.size(), examples);
  }

  private static Settings.Setting row(
      String path,
      List<Recipe> recipes,
      Map<String, Setting> settings,
      Map<String, VariantSpec> variants) {
    List<Settings.Value> values = new ArrayList<>();
    for (Recipe recipe : recipes) {
      Setting setting = settings.get(recipe.name());
      boolean set = setting != null && setBy(variants.get(recipe.name()), setting.fullPath());
      values.add(new Settings.Value(recipe.name(), setting == null ? null : setting.value(), set));
    }
    return new Settings.Setting(path, values);
  }

  private static boolean setBy(@Nullable VariantSpec variant, String fullPath) {
    if (variant == null) {
      return false;
    }
    return variant.with().keySet().stream()
        .anyMatch(path -> fullPath.equals(path) || fullPath.startsWith(path + "."));
  }

  /** The policy first, then the sections in the order of the language. */
  private static int rank(String path) {
    int rank = 0;
    for (Section section : Section.values()) {
      rank++;
      if (path.startsWith(section.key() + ".")) {
        return rank;
      }
    }
    return 0;
  }

  /** What a recipe is, in one line; a variant by what it changes. */
  public static ComparedRecipe describe(Recipe recipe, Map<String, VariantSpec> variants) {
    ComparedRecipe plain = plain(recipe, variants).at(point(recipe, variants));
    String number = "-" + recipe.round();
    return recipe.round() > 0 && recipe.name().endsWith(number)
        ? plain.inRound(
            recipe.name().substring(0, recipe.name().length() - number.length()), recipe.round())
        : plain;
  }

  /** The values of all paths that it, or another that varies the same recipe, sets. */
  private static ComparedRecipe.@Nullable Point point(
      Recipe recipe, Map<String, VariantSpec> variants) {
    String root = root(recipe.name(), variants);
    Map<String, String> settings = new LinkedHashMap<>();
    variants.forEach(
        (name, variant) -> {
          if (root(name, variants).equals(root)) {
            variant.with().keySet().forEach(path -> settings.put(path, ""));
          }
        });
    if (settings.isEmpty() || recipe.round() > 0) {
      return null;
    }
    VariantSpec variant = variants.get(recipe.name());
    List<Map<String, Object>> chain = new ArrayList<>();
    while (variant != null) {
      chain.add(0, variant.with());
      variant = variants.get(variant.of());
    }
    for (Map<String, Object> with : chain) {
      with.forEach((path, value) -> settings.put(path, Upstream.text(value)));
    }
    // What is not set has its value all the same.
    for (Setting setting : Upstream.settings(recipe)) {
      settings.computeIfPresent(setting.fullPath(), (path, value) -> setting.value());
    }
    return new ComparedRecipe.Point(root, settings);
  }

  private static String root(String name, Map<String, VariantSpec> variants) {
    VariantSpec variant = variants.get(name);
    return variant == null ? name : root(variant.of(), variants);
  }

  private static ComparedRecipe plain(Recipe recipe, Map<String, VariantSpec> variants) {
    String method = "";
    List<String> says = new ArrayList<>();
    List<Setting> settings = Upstream.settings(recipe);
    ComparedRecipe.Training training = training(settings);
    for (Setting setting : settings) {
      String path = setting.shownPath();
      if (path.equals("policy method")) {
        method = setting.value();
      } else if (setting.tells()) {
        says.add(path.replaceFirst("^policy (regularizers\\.)?", "") + " " + setting.value());
      }
    }
    VariantSpec variant = variants.get(recipe.name());
    if (variant == null && recipe.round() > 1) {
      return new ComparedRecipe(
          recipe.name(),
          method,
          "one round on from " + recipe.variantOf(),
          recipe.variantOf(),
          training);
    }
    if (variant == null) {
      String label =
          method.replace('-', ' ') + (says.isEmpty() ? "" : ": " + String.join(", ", says));
      return new ComparedRecipe(recipe.name(), method, label, null, training);
    }
    List<String> changes = new ArrayList<>();
    variant.with().forEach((path, value) -> changes.add(tail(path) + " " + Upstream.text(value)));
    String label = variant.of() + " with " + String.join(", ", changes);
    return new ComparedRecipe(recipe.name(), method, label, variant.of(), training);
  }

  /** From where its policy starts, and on whose prompts it is trained. */
  private static ComparedRecipe.@Nullable Training training(List<Setting> settings) {
    String from = null;
    String prompts = null;
    for (Setting setting : settings) {
      if (setting.ofPolicy()) {
        from = setting.shownPath().equals("policy from") ? setting.value() : from;
        prompts = PROMPTS.contains(setting.shownPath()) ? setting.value() : prompts;
      }
    }
    return from == null ? null : new ComparedRecipe.Training(from, prompts);
  }

  private static String tail(String path) {
    String[] parts = path.split("\\.", -1);
    int from = Math.max(0, parts.length - 2);
    return String.join(".", List.of(parts).subList(from, parts.length));
  }

  /**
   * One setting of one recipe.
   *
   * @param fullPath as in the specification
   * @param shownPath the same, or {@code policy …} for the recipe's own policy
   * @param ofPolicy whether it belongs to the recipe's own policy
   * @param usual whether it has its default value
   * @param tells whether it says what the recipe is
   */
  record Setting(
      String fullPath,
      String shownPath,
      String value,
      boolean ofPolicy,
      boolean usual,
      boolean tells) {}
}
