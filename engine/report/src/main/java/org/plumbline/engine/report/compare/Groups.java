// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.Evaluation.Answer;

/** The groups of evaluators by whose values every answer was weighed. */
final class Groups {

  /** Sums of the same weights in another order differ by less. */
  private static final double SAME = 1e-9;

  private Groups() {}

  /**
   * The groups that every answer has a worth for; none if all of them value every answer as the
   * declared values do: then the win rate says all that could be said of them.
   */
  static SortedSet<String> of(Tables tables, List<String> recipes) {
    TreeSet<String> groups = null;
    boolean differ = false;
    for (String recipe : recipes) {
      for (Answer[] row : tables.answers(Evaluation.CLEAN, recipe)) {
        for (Answer answer : row) {
          if (groups == null) {
            groups = new TreeSet<>(answer.groups().keySet());
          } else {
            groups.retainAll(answer.groups().keySet());
          }
          differ |= differ(answer);
        }
      }
    }
    return groups == null || !differ ? new TreeSet<>() : groups;
  }

  private static boolean differ(Answer answer) {
    @Nullable Double gold = answer.gold();
    return answer.groups().values().stream()
        .anyMatch(worth -> gold == null || Math.abs(worth - gold) > SAME);
  }
}
