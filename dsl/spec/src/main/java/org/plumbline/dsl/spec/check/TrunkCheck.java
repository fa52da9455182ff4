// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Rewriting;

/** Checks whether an ensemble has a member for each trunk, and each trunk is another. */
final class TrunkCheck {
  private final Scope scope;

  TrunkCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    for (RewardSpec reward : scope.experiment().rewards().values()) {
      if (Rewriting.read(reward, "trunks") instanceof List<?> trunks
          && Rewriting.read(reward, "ensemble") instanceof Integer members) {
        trunks(reward, trunks, members);
      }
    }
  }

  private void trunks(RewardSpec reward, List<?> trunks, int members) {
    Set<Object> seen = new HashSet<>();
    seen.add(String.valueOf(Rewriting.read(reward, "from")));
    for (int i = 0; i < trunks.size(); i++) {
      if (i + 1 >= members) {
        noEffect(
            reward,
            i,
            "no member starts from `"
                + trunks.get(i)
                + "`: there "
                + (members == 1 ? "is one" : "are " + members)
                + ", and the first starts from `from`",
            "set `ensemble` to " + (trunks.size() + 1) + " or more, or leave it out");
      } else if (!seen.add(trunks.get(i))) {
        noEffect(
            reward,
            i,
            "`" + trunks.get(i) + "` is a trunk already",
            "name each once; members take turns");
      }
    }
  }

  private void noEffect(RewardSpec reward, int trunk, String message, String help) {
    scope.add(Code.PLB0322, scope.places().item(reward, "trunks", trunk), message, help);
  }
}
