// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Diagnosis;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.page.FlatData;
import org.plumbline.workflows.cli.page.Phrase;
import org.plumbline.workflows.cli.page.RunContent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says in what two specs or runs differ, by what they mean. */
@Command(
    name = "diff",
    description = {
      "Say in what two specs or runs differ, by what they mean.",
      "Comments, the order of keys, defaults and the form of a spec make no difference."
    })
final class DiffCommand implements Callable<Integer> {

  private static final String ABSENT = "-";

  @ParentCommand private @Nullable Plumb plumb;
  @Mixin private SpecArguments arguments = new SpecArguments();

  @Parameters(index = "0", paramLabel = "A", description = "a spec, or a run as in 7a10 or latest")
  private String a = "";

  @Parameters(index = "1", paramLabel = "B", description = "another")
  private String b = "";

  @Option(names = "--all", description = "also what is the same")
  private boolean all;

  /**
   * One of the two.
   *
   * @param parts settings, and for a run also files and metrics, by section and path
   */
  private record Side(String name, boolean spec, Map<String, Map<String, String>> parts) {}

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    Optional<Side> one = side(given, a);
    Optional<Side> other = side(given, b);
    if (one.isEmpty() || other.isEmpty()) {
      return ExitCode.MISTAKE;
    }
    if (given.console().format() == Format.JSON) {
      given.console().json(Json.pretty(plain(one.get(), other.get())));
    } else {
      show(given.console(), one.get(), other.get());
    }
    return ExitCode.OK;
  }

  /** Empty if it is a spec with errors, which have been told then. */
  private Optional<Side> side(Plumb given, String name) {
    Map<String, Map<String, String>> parts = new LinkedHashMap<>();
    if (Target.isSpec(given, name)) {
      SpecResult result = arguments.read(given, Path.of(name));
      if (result.hasErrors()) {
        Diagnosis.complain(given.console(), result.diagnostics());
        return Optional.empty();
      }
      result
          .experiment()
          .ifPresent(experiment -> parts.put("", FlatData.of(Canonical.of(experiment))));
      return Optional.of(new Side(name, true, parts));
    }
    try (Store store = Stores.existing(given)) {
      RunRecord record = RunName.find(store, name);
      parts.put("", FlatData.of(record.frozen()));
      parts.put("file", RunContent.files(store, record));
      parts.put("engine", new TreeMap<>(record.provenance().engine()));
      parts.put("metric", RunContent.metrics(store, record));
      return Optional.of(new Side(record.id(), false, parts));
    }
  }

  /** A setting, file or metric with its two values. */
  private record Row(String section, String path, String a, String b) {
    String title() {
      return section.isEmpty() ? path : section + " " + path;
    }

    boolean differs() {
      return !a.equals(b);
    }
  }

  private static List<Row> rows(Side one, Side other) {
    List<Row> rows = new ArrayList<>();
    for (String section : one.parts().keySet()) {
      Map<String, String> left = one.parts().get(section);
      Map<String, String> right = other.parts().get(section);
      if (left == null || right == null) {
        continue; // a spec has neither files nor metrics
      }
      Map<String, String> paths = new LinkedHashMap<>(left);
      right.forEach(paths::putIfAbsent);
      paths
          .keySet()
          .forEach(
              path ->
                  rows.add(
                      new Row(
                          section,
                          path,
                          left.getOrDefault(path, ABSENT),
                          right.getOrDefault(path, ABSENT))));
    }
    return rows;
  }

  private void show(Console console, Side one, Side other) {
    List<Row> rows = rows(one, other);
    List<Row> shown = all ? rows : rows.stream().filter(Row::differs).toList();
    long same = rows.stream().filter(row -> !row.differs()).count();
    if (rows.size() == same) {
      console.result(
          one.spec() && other.spec()
              ? "no differences (the two files describe the same experiment)"
              : "no differences (" + Phrase.count(same, "setting and result") + " compared)");
    }
    if (shown.isEmpty()) {
      return;
    }
    int titles = width(shown.stream().map(Row::title).toList(), "");
    int lefts = width(shown.stream().map(Row::a).toList(), one.name());
    int rights = width(shown.stream().map(Row::b).toList(), other.name());
    boolean beside = titles + lefts + rights + 12 <= console.width();
    console.result(
        beside
            ? line(titles, lefts, rights, "", one.name(), other.name(), "")
            : Phrase.fit(one.name() + " → " + other.name(), console.width(), 2));
    for (Row row : shown) {
      String note = row.differs() ? change(row) : "same";
      if (beside) {
        console.result(line(titles, lefts, rights, row.title(), row.a(), row.b(), note));
      } else {
        String values = (row.a() + " → " + row.b() + "  " + note).stripTrailing();
        boolean oneLine = row.title().length() + 2 + values.length() <= console.width();
        console.result(
            oneLine
                ? row.title() + "  " + values
                : row.title() + "\n" + Phrase.fit("    " + values, console.width(), 4));
      }
    }
    if (!all && same > 0) {
      console.say(same + " are the same; --all shows them");
    }
  }

  private static int width(List<String> texts, String head) {
    int longest = texts.stream().mapToInt(String::length).max().orElse(0);
    return Math.max(head.length(), Math.min(60, longest));
  }

  private static String line(int titles, int lefts, int rights, String... cells) {
    return (Phrase.left(cells[0], titles)
            + "  "
            + Phrase.left(cells[1], lefts)
            + "  "
            + Phrase.left(cells[2], rights)
            + "  "
            + cells[3])
        .stripTrailing();
  }

  /** By how much a number is another. */
  private static String change(Row row) {
    try {
      double change = Double.parseDouble(row.b()) - Double.parseDouble(row.a());
      return row.section().equals("metric") ? "%+.4g".formatted(change) : "";
    } catch (NumberFormatException e) {
      return "";
    }
  }

  private static Map<String, Object> plain(Side one, Side other) {
    List<Object> differences = new ArrayList<>();
    for (Row row : rows(one, other)) {
      if (row.differs()) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("section", row.section().isEmpty() ? "setting" : row.section());
        plain.put("path", row.path());
        plain.put("a", row.a().equals(ABSENT) ? null : row.a());
        plain.put("b", row.b().equals(ABSENT) ? null : row.b());
        differences.add(plain);
      }
    }
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("a", one.name());
    plain.put("b", other.name());
    plain.put("differences", differences);
    return plain;
  }
}
