// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.model.VariantSpec;

/**
 * A recipe of a run, under the name that it has in a comparison.
 *
 * @param name its own, unless a recipe of another run has that
 */
record Member(RunResults run, Recipe recipe, String name) {

  /** The recipe under that name. */
  Recipe renamed() {
    return new Recipe(
        name, recipe.policy(), recipe.experiment(), recipe.variantOf(), recipe.round());
  }

  /** What it varies, if it is a variant. */
  Optional<VariantSpec> variant() {
    return Optional.ofNullable(run.experiment().variants().get(recipe.name()));
  }

  /** What the reward model that judges shares with what the recipe was trained by. */
  Optional<String> shared() {
    CompareSpec compare = run.experiment().compare();
    return compare == null
        ? Optional.empty()
        : Optional.ofNullable(run.shared(compare).get(recipe.name()));
  }

  /** Whether its policies are those of a recipe of another run. */
  boolean samePolicies(RunResults other, String recipeThere, List<Long> seeds) {
    Map<Long, String> own = run.policies(recipe.name());
    Map<Long, String> theirs = other.policies(recipeThere);
    return run != other
        && seeds.stream().allMatch(s -> String.valueOf(own.get(s)).equals(theirs.get(s)));
  }
}
