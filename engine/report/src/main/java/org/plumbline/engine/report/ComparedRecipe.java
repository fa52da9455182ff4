// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recipe that was compared.
 *
 * @param method the operation that made the policy, such as {@code ppo}
 * @param label what it is, in one line: {@code reward model rm, KL coefficient 0.05}
 * @param variantOf the recipe that it is with settings changed; null if it is none
 * @param training where its policy comes from; null if that is not known
 * @param round which of rounds it is; null if it is none
 * @param point where it lies among recipes that differ in settings alone; null if there are none
 */
public record ComparedRecipe(
    String name,
    String method,
    String label,
    @Nullable String variantOf,
    @Nullable Training training,
    @Nullable Round round,
    @Nullable Point point) {

  /** A recipe that is no round. */
  public ComparedRecipe(
      String name,
      String method,
      String label,
      @Nullable String variantOf,
      @Nullable Training training) {
    this(name, method, label, variantOf, training, null, null);
  }

  /** A recipe of whose training nothing is known. */
  public ComparedRecipe(String name, String method, String label, @Nullable String variantOf) {
    this(name, method, label, variantOf, null);
  }

  /**
   * What learning curves are of.
   *
   * @param from the model or policy that training starts from
   * @param prompts the data or feedback whose prompts it answers; null if that is not known
   */
  public record Training(String from, @Nullable String prompts) {}

  /**
   * One of several rounds.
   *
   * @param of what the rounds are called
   * @param number from 1 on
   */
  public record Round(String of, int number) {}

  /**
   * Settings in which variants of one recipe differ.
   *
   * @param of the recipe that all of them vary, if of a variant, of that of the variant
   * @param settings every path that one of them sets, with this recipe's value
   */
  public record Point(String of, Map<String, String> settings) {
    public Point {
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
  }

  /** The same as a variant of another recipe, or of none. */
  public ComparedRecipe variantOf(@Nullable String other) {
    return new ComparedRecipe(name, method, label, other, training, round, point);
  }

  /** The same with its settings among others. */
  public ComparedRecipe at(@Nullable Point where) {
    return new ComparedRecipe(name, method, label, variantOf, training, round, where);
  }

  /** The same as a round. */
  public ComparedRecipe inRound(String of, int number) {
    return new ComparedRecipe(
        name, method, label, variantOf, training, new Round(of, number), point);
  }
}
