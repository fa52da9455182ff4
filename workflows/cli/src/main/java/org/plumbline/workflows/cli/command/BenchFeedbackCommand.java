// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.workflows.cli.bench.FeedbackBench;
import org.plumbline.workflows.cli.bench.FeedbackFigure;
import org.plumbline.workflows.cli.bench.Row;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.console.Painted;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.console.Style;
import org.plumbline.workflows.cli.console.Version;
import org.plumbline.workflows.cli.page.Phrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Measures simulated people, and what is made of their labels. */
@Command(
    name = "feedback",
    description = "Measure simulated evaluators, agreement, and what makes one label of several.")
final class BenchFeedbackCommand implements Callable<Integer> {

  @ParentCommand private @Nullable BenchCommand bench;

  @Option(names = "--people", paramLabel = "N", description = "evaluators (1000)")
  private int people = 1000;

  @Option(names = "--labels", paramLabel = "N", description = "labels that they give (100000)")
  private int labels = 100_000;

  @Option(names = "--repeats", paramLabel = "R", description = "how often each is measured (3)")
  private int repeats = 3;

  @Parameters(paramLabel = "NAME", description = "what to measure; nothing for everything")
  private List<String> names = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    List<FeedbackFigure> figures = figures();
    if (people < 3 || labels < people || repeats < 1) {
      throw Refusal.mistake("`--people` is 3 or more, `--labels` no less, `--repeats` positive");
    }
    Console console = Injected.of(bench).plumb().console();
    boolean human = console.format() != Format.JSON;
    if (human) {
      console.result("%,d labels by %,d people".formatted(labels, people).replace(',', ' '));
      console.result("");
      console.result(
          Phrase.left("figure", 14) + Phrase.right("seconds", 8) + "  limit     all runs");
    }
    FeedbackBench ours = new FeedbackBench(people, labels);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (FeedbackFigure figure : figures) {
      List<Double> runs = new ArrayList<>();
      for (int i = 0; i < repeats; i++) {
        runs.add(ours.seconds(figure));
      }
      rows.add(plain(figure, runs));
      if (human) {
        show(console, figure, runs);
      }
    }
    if (!human) {
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("plumb", Version.text());
      plain.put("people", people);
      plain.put("labels", labels);
      plain.put("figures", rows);
      console.json(Json.pretty(plain));
    }
    return ExitCode.OK;
  }

  private List<FeedbackFigure> figures() {
    if (names.isEmpty()) {
      return List.of(FeedbackFigure.values());
    }
    List<FeedbackFigure> figures = new ArrayList<>();
    for (String name : names) {
      figures.add(
          FeedbackFigure.of(name)
              .orElseThrow(
                  () ->
                      Refusal.mistake(
                          "there is nothing to measure called `" + name + "`",
                          "there are " + FeedbackFigure.words())));
    }
    return figures;
  }

  private static void show(Console console, FeedbackFigure figure, List<Double> runs) {
    boolean holds = Row.median(runs) < figure.limit();
    console.result(
        Painted.plain(
                Phrase.left(figure.word(), 14)
                    + Phrase.right(number(Row.median(runs)), 8)
                    + "  < "
                    + Phrase.left(number(figure.limit()), 5)
                    + " ")
            .plus(
                Painted.of(holds ? Style.GOOD : Style.BAD, holds ? "✔" : "✖", console.colourOut()))
            .plus(
                Painted.plain(
                    "  "
                        + runs.stream()
                            .map(BenchFeedbackCommand::number)
                            .collect(Collectors.joining(" ")))));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static Map<String, Object> plain(FeedbackFigure figure, List<Double> runs) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("figure", figure.word());
    plain.put("unit", "s");
    plain.put("median", Row.median(runs));
    plain.put("runs", runs);
    plain.put("limit", figure.limit());
    plain.put("holds", Row.median(runs) < figure.limit());
    return plain;
  }
}
