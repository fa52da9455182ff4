// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.spec.bind.Suggest;

/**
 * Says whose ratings have no noise although their choices have: how sharply people choose says
 * nothing of how they use a scale, which has a noise of its own.
 */
final class RatingNoise {
  private final Scope scope;

  RatingNoise(Scope scope) {
    this.scope = scope;
  }

  /** Whether people who rate have traits that only choices have. */
  void of(Object block, String name) {
    EvaluatorsSpec evaluators = scope.experiment().evaluators().get(name);
    if (evaluators == null || evaluators.groups() == null) {
      return;
    }
    List<String> exact = new ArrayList<>();
    for (Map.Entry<String, Group> entry : evaluators.groups().entrySet()) {
      Group group = entry.getValue();
      boolean blunt =
          group.rationality() != 1
              || group.fatigue() != null
              || group.expertise() != null
              || group.difficulty() != null;
      if (blunt && group.ratings() == null) {
        exact.add(entry.getKey());
      }
    }
    if (!exact.isEmpty()) {
      scope.add(
          Code.PLB0322,
          scope.places().value(block, "evaluators"),
          "how sharply "
              + Suggest.list(exact)
              + (exact.size() == 1 ? " chooses" : " choose")
              + " has no effect on ratings, which are exact without `ratings.noise`",
          "set it: choices of rationality r are as noisy as 1.28 / r in units of the values; or say"
              + " `ratings: { noise: 0 }`");
    }
  }
}
