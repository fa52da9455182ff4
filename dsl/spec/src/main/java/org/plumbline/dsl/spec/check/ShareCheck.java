// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.Headcounts;
import org.plumbline.dsl.spec.bind.Wording;

/** Checks how many people each group has: a count of its own, or a share of all. */
final class ShareCheck {
  /** Shares are written by hand: 1/3 three times is meant to add up. */
  private static final double ROUNDING = 0.005;

  private final Scope scope;

  ShareCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    for (EvaluatorsSpec evaluators : scope.experiment().evaluators().values()) {
      Map<String, Group> groups = evaluators.groups();
      if (groups == null || !eachHasOne(groups)) {
        continue;
      }
      long shared = groups.values().stream().filter(group -> group.share() != null).count();
      if (shared == 0) {
        noShares(evaluators);
      } else {
        shares(evaluators, groups, shared);
      }
    }
  }

  /** Whether each group has a count or a share; says which has neither or both. */
  private boolean eachHasOne(Map<String, Group> groups) {
    for (Map.Entry<String, Group> entry : groups.entrySet()) {
      Group group = entry.getValue();
      if (group.share() == null && !scope.places().given(group, "count")) {
        scope.add(
            Code.PLB0108,
            scope.places().block(group),
            "`count` or `share` is missing in `" + entry.getKey() + "`",
            "give exactly one of them");
        return false;
      } else if (group.share() != null && group.count() > 0) {
        scope.add(
            Diagnostic.of(
                    Code.PLB0107,
                    scope.places().value(group, "share"),
                    "`" + entry.getKey() + "` has both `count` and `share`")
                .related(scope.places().value(group, "count"), "the other")
                .help("keep one of them"));
        return false;
      }
    }
    return true;
  }

  private void noShares(EvaluatorsSpec evaluators) {
    if (evaluators.size() != null) {
      scope.add(
          Code.PLB0322,
          scope.places().value(evaluators, "size"),
          "`size` has no effect where groups have a `count`",
          "leave it out, or give the groups a `share` in place of `count`");
    }
  }

  private void shares(EvaluatorsSpec evaluators, Map<String, Group> groups, long shared) {
    double sum = 0;
    @Nullable Span last = null;
    for (Group group : groups.values()) {
      if (group.share() != null) {
        sum += group.share();
        last = scope.places().value(group, "share");
      }
    }
    Span place = Objects.requireNonNull(last, "a group has a share");
    if (shared < groups.size()) {
      scope.add(
          Code.PLB0325,
          place,
          "some groups have a `share` and some a `count`, so shares of what is not said",
          "give all groups a `share`, or all a `count`");
    } else if (Math.abs(sum - 1) > ROUNDING) {
      scope.add(
          Code.PLB0325,
          place,
          "the shares of the groups add up to " + CollectionCheck.rounded(sum) + ", not to 1",
          "change them so that they do");
    } else if (evaluators.size() == null) {
      scope.add(
          Code.PLB0225,
          scope.places().value(evaluators, "groups"),
          "groups have shares, but nothing says of how many people",
          "add `size`, as in `size: 20`");
    } else {
      nobody(groups, Headcounts.of(evaluators), evaluators.size());
    }
  }

  /** Warns about groups whose share is less than a person. */
  private void nobody(Map<String, Group> groups, Map<String, Integer> people, int size) {
    groups.forEach(
        (name, group) -> {
          Double share = group.share();
          if (share != null && share > 0 && people.getOrDefault(name, 0) == 0) {
            scope.add(
                Code.PLB0322,
                scope.places().value(group, "share"),
                "`share` has no effect: "
                    + Wording.number(share)
                    + " of "
                    + size
                    + " people is nobody",
                "raise `size`, or the share");
          }
        });
  }
}
