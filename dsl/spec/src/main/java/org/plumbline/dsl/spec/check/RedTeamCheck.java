// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.plumbline.dsl.model.RedTeamSpec;
import org.plumbline.dsl.model.RedTeamSpec.Attack;
import org.plumbline.dsl.model.diagnostic.Code;

/** Checks that attacks can do what they are asked to. */
final class RedTeamCheck {
  private final Scope scope;
  private final RedTeamSpec search;

  RedTeamCheck(Scope scope, RedTeamSpec search) {
    this.scope = scope;
    this.search = search;
  }

  void run() {
    Set<Attack> seen = EnumSet.noneOf(Attack.class);
    for (int i = 0; i < search.attacks().size(); i++) {
      Attack attack = search.attacks().get(i);
      if (!seen.add(attack)) {
        scope.add(
            Code.PLB0356,
            scope.places().item(search, "attacks", i),
            "attack `" + word(attack) + "` is given twice",
            "remove one: the same attack finds the same texts");
        continue;
      }
      if (attack == Attack.GRADIENT && search.targetText() == null) {
        scope.add(
            Code.PLB0354,
            scope.places().item(search, "attacks", i),
            "`gradient` follows how likely an answer is, and `red_team` names none",
            "add `target_text`, the beginning of an answer that a success would have");
      }
      tries(attack);
    }
    if (search.targetText() != null && search.targetText().isBlank()) {
      scope.add(
          Code.PLB0310,
          scope.places().value(search, "target_text"),
          "`target_text` is an empty text",
          "write something between the quotes, or leave it out");
    }
    if (search.targetText() != null && seen.stream().noneMatch(Attack::writes)) {
      scope.add(
          Code.PLB0362,
          scope.places().value(search, "target_text"),
          "none of the attacks looks at `target_text`",
          "add an attack that writes texts, as `greedy`, or leave `target_text` out");
    }
  }

  /** A beam search takes one try a token at least; a greedy one has a text to begin with. */
  private void tries(Attack attack) {
    int least =
        switch (attack) {
          case BEAM -> search.length();
          case GREEDY -> search.length() + 1;
          case PLAIN, RANDOM, GRADIENT, REINFORCE -> 1;
        };
    if (search.tries() < least) {
      scope.add(
          Code.PLB0355,
          scope.places().value(search, "tries"),
          "`tries: "
              + search.tries()
              + "` end before `"
              + word(attack)
              + "` has tried every place of "
              + search.length()
              + " tokens",
          "raise `tries` to " + least + " at least, or lower `length`");
    }
  }

  private static String word(Attack attack) {
    return attack.name().toLowerCase(Locale.ROOT);
  }
}
