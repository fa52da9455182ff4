// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.store.gc.CollectedGarbage;
import org.plumbline.engine.store.gc.Garbage;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.progress.Times;

/** What was removed from a store, or would be. */
public final class GarbagePage {
  private static final int DIGITS = 12;

  private final CollectedGarbage collected;
  private final String store;
  private final boolean dryRun;

  /**
   * A page.
   *
   * @param store as it is shown
   * @param dryRun whether nothing was removed
   */
  public GarbagePage(CollectedGarbage collected, String store, boolean dryRun) {
    this.collected = collected;
    this.store = store;
    this.dryRun = dryRun;
  }

  /** The fields that other programs rely on. */
  public Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("store", store);
    plain.put("dryRun", dryRun);
    plain.put("bytes", collected.bytes());
    plain.put("kept", runs(collected.kept()));
    plain.put("removed", runs(collected.removed()));
    List<Object> items = new ArrayList<>();
    for (Garbage item : collected.items()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("kind", item.kind().word());
      one.put("name", item.name());
      one.put("about", item.about().isEmpty() ? null : item.about());
      one.put("bytes", item.bytes());
      items.add(one);
    }
    plain.put("items", items);
    Map<String, Object> spared = new LinkedHashMap<>();
    spared.put("paidNodes", collected.spared().paidNodes());
    spared.put("paidAnswers", collected.spared().paidAnswers());
    spared.put("young", collected.spared().young());
    spared.put("held", collected.spared().held());
    plain.put("spared", spared);
    return plain;
  }

  private static List<Object> runs(List<RunRecord> runs) {
    List<Object> list = new ArrayList<>();
    for (RunRecord run : runs) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("run", run.id());
      one.put("name", run.experiment());
      one.put("status", run.status().word());
      one.put("started", run.started());
      list.add(one);
    }
    return list;
  }

  /** Everything that goes in a dry run, and if more is asked for; else the runs and the sums. */
  public void show(Console console) {
    for (RunRecord run : collected.removed()) {
      console.result(
          (dryRun ? "would remove run " : "removed run ")
              + String.join(
                  "  ",
                  run.id(),
                  Times.moment(run.started()),
                  run.experiment(),
                  run.status().word()));
    }
    for (Garbage item : collected.items()) {
      if (item.kind() != Garbage.Kind.RUN) {
        String line =
            "  "
                + Phrase.left(item.kind().word(), DIGITS + 1)
                + "  "
                + Phrase.left(Phrase.brief(item.name().replaceFirst(".*/", "")), DIGITS + 1)
                + "  "
                + Phrase.right(Phrase.bytes(item.bytes()), 9)
                + (item.about().isEmpty() ? "" : "  " + item.about());
        if (dryRun) {
          console.result(line);
        } else {
          console.detail(line);
        }
      }
    }
    console.result(sum());
    spared(console);
  }

  private String sum() {
    Map<Garbage.Kind, Integer> counts = new LinkedHashMap<>();
    collected.items().forEach(item -> counts.merge(item.kind(), 1, Integer::sum));
    if (counts.isEmpty()) {
      return "nothing to remove from " + store + "; " + kept();
    }
    List<String> parts = new ArrayList<>();
    counts.forEach((kind, count) -> parts.add(count(kind, count)));
    return (dryRun ? "would remove " : "removed ")
        + String.join(", ", parts)
        + (dryRun ? " and free " : " and freed ")
        + Phrase.bytes(collected.bytes())
        + " in "
        + store
        + "; "
        + kept();
  }

  private static String count(Garbage.Kind kind, int count) {
    return switch (kind) {
      case CHECKPOINTS -> "checkpoints of " + Phrase.count(count, "node");
      case REMAINS -> "remains of " + Phrase.count(count, "run");
      default -> Phrase.count(count, kind.word());
    };
  }

  private String kept() {
    return Phrase.count(collected.kept().size(), "run") + (dryRun ? " would stay" : " kept");
  }

  private void spared(Console console) {
    CollectedGarbage.Spared spared = collected.spared();
    int paid = spared.paidNodes() + spared.paidAnswers();
    if (paid > 0) {
      console.say(
          "kept answers of judges behind endpoints to "
              + Phrase.count(paid, "node")
              + ", which may have cost something; `--paid` removes them, too");
    }
    if (spared.young() > 0) {
      console.say(
          "left alone "
              + Phrase.count(spared.young(), "thing")
              + " of no run that "
              + (spared.young() == 1 ? "is" : "are")
              + " younger than `--grace`");
    }
    if (spared.held() > 0) {
      console.say(
          "left alone the checkpoints of "
              + Phrase.count(spared.held(), "node")
              + " that somebody works on");
    }
  }
}
