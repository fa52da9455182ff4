// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.spec.bind.Suggest;

/** Checks shares that are given to groups of people by name. */
final class GroupShareCheck {
  /** Shares are written by hand: 1/3 three times is meant to add up. */
  private static final double ROUNDING = 0.005;

  private final Scope scope;
  private final Object block;
  private final String key;

  /**
   * Of a key.
   *
   * @param block that has the key
   */
  GroupShareCheck(Scope scope, Object block, String key) {
    this.scope = scope;
    this.block = block;
    this.key = key;
  }

  private String name() {
    return key.equals("quota") ? "the quota" : "`" + key + "`";
  }

  /** Says what is wrong with them; returns whether they add up. */
  boolean fits(Map<String, Double> shares, Set<String> groups) {
    double sum = 0;
    for (Map.Entry<String, Double> part : shares.entrySet()) {
      sum += part.getValue();
      if (!groups.contains(part.getKey())) {
        Diagnostic diagnostic =
            Diagnostic.of(
                Code.PLB0201,
                scope.places().name(block, key, part.getKey()),
                "there is no group `" + part.getKey() + "` here");
        Optional<String> meant = Suggest.near(part.getKey(), groups);
        if (meant.isPresent()) {
          diagnostic = diagnostic.replace("did you mean `" + meant.get() + "`?", meant.get());
        }
        scope.add(diagnostic.note("groups: " + Suggest.list(groups)));
      } else if (part.getValue() < 0) {
        scope.add(
            Code.PLB0325,
            scope.places().name(block, key, part.getKey()),
            "a share below 0",
            "give one between 0 and 1");
      }
    }
    boolean adds = Math.abs(sum - 1) <= ROUNDING;
    if (!adds) {
      scope.add(
          Code.PLB0325,
          scope.places().value(block, key),
          "the shares of " + name() + " add up to " + CollectionCheck.rounded(sum) + ", not to 1",
          "change them so that they do");
    }
    return adds;
  }
}
