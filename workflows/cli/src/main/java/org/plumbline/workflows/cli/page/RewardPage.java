// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.OtherColumnsException;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.workflows.cli.console.Console;

/** What a reward learned beside its scores: ties, who is reliable, groups, rationality. */
final class RewardPage {
  /** How many names of a group are shown. */
  private static final int SHOWN = 8;

  private final RewardMeasures.Learned learned;

  private RewardPage(RewardMeasures.Learned learned) {
    this.learned = learned;
  }

  /** What a node learned; null if it is no reward, or learned nothing beside its scores. */
  static @Nullable RewardPage of(PlanNode node, @Nullable Path artifact) {
    if (artifact == null || !node.section().equals(Section.REWARDS.key())) {
      return null;
    }
    try {
      RewardMeasures.Learned learned = RewardMeasures.read(artifact).learned();
      return learned == null ? null : new RewardPage(learned);
    } catch (OtherColumnsException older) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, Object> plain() {
    return JsonFiles.columns(learned);
  }

  void show(Console console) {
    if (learned.ties() != null) {
      line(console, "ties", number(learned.ties()));
    }
    if (learned.hiddenContext() != null) {
      line(
          console,
          "context",
          number(learned.hiddenContext()) + " of the variance is between answers (r²)");
    }
    for (RewardMeasures.Group group : learned.groups()) {
      line(console, "group", number(group.share()) + " of the people: " + names(group.members()));
    }
    learned
        .rationality()
        .forEach(
            (source, number) -> line(console, "rationality", number(number) + " in " + source));
    for (RewardMeasures.Evaluator person : learned.evaluators()) {
      line(
          console,
          "evaluator",
          Phrase.left(person.evaluator(), 18)
              + " reliability "
              + number(person.reliability())
              + ", labels "
              + person.labels());
    }
  }

  private static String names(List<String> members) {
    List<String> shown = members.subList(0, Math.min(SHOWN, members.size()));
    int more = members.size() - shown.size();
    return String.join(", ", shown) + (more == 0 ? "" : " and " + more + " more");
  }

  private static void line(Console console, String name, String value) {
    console.result("  " + Phrase.left(name, 11) + " " + value);
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
