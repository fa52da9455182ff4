// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings that differ between the recipes.
 *
 * @param differing in the order of the specification
 * @param same how many settings have one value in all recipes that have them
 * @param examples some of the settings that are the same
 */
public record Settings(List<Setting> differing, int same, List<Same> examples) {

  public Settings {
    differing = List.copyOf(differing);
    examples = List.copyOf(examples);
  }

  /** A setting that differs; values in the order of the recipes. */
  public record Setting(String path, List<Value> values) {
    public Setting {
      values = List.copyOf(values);
    }
  }

  /**
   * The value of a setting in one recipe.
   *
   * @param value null where the setting does not apply
   * @param set whether the variant itself sets it
   */
  public record Value(String recipe, @Nullable String value, boolean set) {}

  /** A setting with the same value in all recipes. */
  public record Same(String path, String value) {}
}
