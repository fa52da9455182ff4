// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.plumbline.engine.lm.tensor.TorchRuntime;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Painted;
import org.plumbline.workflows.cli.console.Style;
import org.plumbline.workflows.cli.page.Phrase;

/** The benchmark's table: a row as soon as it has been measured, then all runs. */
public final class BenchTable {

  private final Console console;

  public BenchTable(Console console) {
    this.console = console;
  }

  public void head(Setting setting, TorchRuntime torch) {
    console.result(
        "%s: %s, %d layers, width %d, %d heads, vocabulary %d, context %d"
            .formatted(
                setting.preset(),
                setting.family(),
                setting.layers(),
                setting.width(),
                setting.heads(),
                setting.vocabulary(),
                setting.context()));
    console.result(
        "batch %d, prompt %d, answer %d tokens; %d pairs; %d x %d samples"
            .formatted(
                setting.batch(),
                setting.prompt(),
                setting.answer(),
                setting.pairs(),
                setting.prompts(),
                setting.group()));
    console.result(
        torch.engine()
            + ", "
            + torch.device()
            + ", float32, "
            + Phrase.count(torch.threads(), "thread"));
    console.result("");
    Painted limit = Painted.plain("limit");
    console.result(line(limit, "figure", "ours", "unit", "peer", "theirs", "ratio"));
  }

  public void show(Row row) {
    Figure figure = row.figure();
    String ours = row.runs().isEmpty() ? "n/a" : number(row.median());
    Painted limit = Painted.plain("");
    if (figure.most() != 0 && !row.runs().isEmpty()) {
      limit = verdict("< " + figure.most(), row.median() < figure.most());
    }
    if (row.peers().isEmpty()) {
      console.result(line(limit, figure.word(), ours, figure.unit(), "", "", ""));
      return;
    }
    String name = figure.word();
    String unit = figure.unit();
    for (Row.PeerRuns peer : row.peers()) {
      boolean known = !peer.runs().isEmpty() && !row.runs().isEmpty();
      double ratio = known ? peer.ratio(row.median()) : Double.NaN;
      String sign = peer.peer().sign();
      Painted verdict = !known || sign.isEmpty() ? limit : verdict(sign, peer.peer().holds(ratio));
      console.result(
          line(
              verdict,
              name,
              ours,
              unit,
              peer.peer().name(),
              known ? number(Row.median(peer.runs())) : "n/a",
              known ? String.format(Locale.ROOT, "%.2f", ratio) : ""));
      if (!known) {
        console.say("  " + peer.peer().name() + ": " + peer.error());
      }
      name = "";
      ours = "";
      unit = "";
    }
  }

  private Painted verdict(String limit, boolean holds) {
    return Painted.plain(Phrase.left(limit, 6) + "  ")
        .plus(Painted.of(holds ? Style.GOOD : Style.BAD, holds ? "✔" : "✖", console.colourOut()));
  }

  public void runs(List<Row> rows) {
    console.result("");
    console.result("all runs");
    for (Row row : rows) {
      console.result("  " + Phrase.left(row.figure().word(), 21) + numbers(row.runs()));
      for (Row.PeerRuns peer : row.peers()) {
        if (!peer.runs().isEmpty()) {
          console.result(
              "  "
                  + Phrase.left(peer.peer().name(), 21)
                  + numbers(peer.runs())
                  + "  ("
                  + peer.system()
                  + ")");
        }
      }
    }
  }

  private static String numbers(List<Double> runs) {
    return runs.stream().map(BenchTable::number).collect(Collectors.joining(" "));
  }

  private static String number(double value) {
    int digits = value < 10 ? 3 : value < 1000 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static Painted line(Painted limit, String... cells) {
    return Painted.plain(
            Phrase.left(cells[0], 16)
                + Phrase.right(cells[1], 9)
                + " "
                + Phrase.left(cells[2], 10)
                + " "
                + Phrase.left(cells[3], 20)
                + Phrase.right(cells[4], 9)
                + Phrase.right(cells[5], 7)
                + "  ")
        .plus(limit);
  }
}
