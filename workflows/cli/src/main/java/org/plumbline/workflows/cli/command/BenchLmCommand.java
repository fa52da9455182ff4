// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.tensor.TorchRuntime;
import org.plumbline.workflows.cli.bench.BenchTable;
import org.plumbline.workflows.cli.bench.ChildProcess;
import org.plumbline.workflows.cli.bench.Figure;
import org.plumbline.workflows.cli.bench.LmBench;
import org.plumbline.workflows.cli.bench.MemoryStep;
import org.plumbline.workflows.cli.bench.Peers;
import org.plumbline.workflows.cli.bench.Row;
import org.plumbline.workflows.cli.bench.Setting;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.console.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Measures the language-model engine, and others beside it. */
@Command(
    name = "lm",
    description = {
      "Measure training, sampling and reading of language models.",
      "With --peers, another program measures others in the same minutes, and the ratios are shown."
    })
final class BenchLmCommand implements Callable<Integer> {

  @ParentCommand private @Nullable BenchCommand bench;

  @Option(names = "--preset", paramLabel = "SIZES", description = "nano (the default) or small")
  private String preset = "nano";

  @Option(names = "--family", paramLabel = "FAMILY", description = "gpt2 (the default) or llama")
  private String family = "gpt2";

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "cpu (the default), cuda:0 or another GPU, or mps")
  private String device = "cpu";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "how many cores are computed on (all)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "length of one measurement, without warming up (5)")
  private double seconds = 5;

  @Option(names = "--repeats", paramLabel = "R", description = "how often each is measured (3)")
  private int repeats = 3;

  @Option(
      names = "--peers",
      paramLabel = "COMMAND",
      description = {
        "a program that measures others, such as \"python3 engine/lm/bench/yardstick.py\";",
        "may be repeated: the first that knows a figure measures it"
      })
  private List<String> peers = new ArrayList<>();

  @Option(names = "--memory-of-this-process", hidden = true)
  private @Nullable Path memoryHere;

  private final Map<Figure.Peer, Peers> answering = new LinkedHashMap<>();

  @Parameters(paramLabel = "NAME", description = "what to measure; nothing for everything")
  private List<String> names = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Console console = Injected.of(bench).plumb().console();
    Setting setting = setting();
    List<Figure> figures = figures();
    TorchRuntime torch = new Engine(device, threads).start();
    if (memoryHere != null) {
      console.json(Json.line(MemoryStep.megabytes(setting, memoryHere)));
      return ExitCode.OK;
    }
    List<Row> rows = new ArrayList<>();
    BenchTable table = new BenchTable(console);
    boolean human = console.format() != Format.JSON;
    if (human) {
      table.head(setting, torch);
    }
    try (LmBench ours = new LmBench(setting)) {
      for (Figure figure : figures) {
        Row row = measured(figure, ours, setting, torch);
        rows.add(row);
        if (human) {
          table.show(row);
        }
      }
    }
    if (human) {
      table.runs(rows);
    } else {
      console.json(Json.pretty(plain(setting, torch, rows)));
    }
    return ExitCode.OK;
  }

  private Setting setting() {
    if (!Setting.PRESETS.contains(preset)) {
      throw Refusal.mistake("unknown sizes `" + preset + "`", "use `nano` or `small`");
    }
    if (!Setting.FAMILIES.contains(family)) {
      throw Refusal.mistake("unknown family `" + family + "`", "use `gpt2` or `llama`");
    }
    if (!(seconds > 0) || repeats < 1) {
      throw Refusal.mistake("`--seconds` and `--repeats` must be positive");
    }
    return Setting.of(preset, family);
  }

  private List<Figure> figures() {
    if (names.isEmpty()) {
      return List.of(Figure.values());
    }
    List<Figure> figures = new ArrayList<>();
    for (String name : names) {
      figures.add(
          Figure.of(name)
              .orElseThrow(
                  () ->
                      Refusal.mistake(
                          "there is nothing to measure called `" + name + "`",
                          "there are " + Figure.words())));
    }
    return figures;
  }

  /** Ours and theirs in turns, so that a slow minute of the machine is slow for all. */
  private Row measured(Figure figure, LmBench ours, Setting setting, TorchRuntime torch)
      throws IOException, InterruptedException {
    List<Double> runs = new ArrayList<>();
    Map<Figure.Peer, Row.PeerRuns> theirs = new LinkedHashMap<>();
    if (figure == Figure.MEMORY && !MemoryStep.possible()) {
      return new Row(figure, runs, List.of());
    }
    for (int i = 0; i < repeats; i++) {
      runs.add(figure == Figure.MEMORY ? memory(setting, ours) : ours.measure(figure, seconds));
      if (!peers.isEmpty()) {
        for (Figure.Peer peer : figure.peers()) {
          ask(peer, theirs, setting, torch);
        }
      }
    }
    return new Row(figure, runs, List.copyOf(theirs.values()));
  }

  /** Asks a peer once more, unless it could not do it before. */
  private void ask(
      Figure.Peer peer, Map<Figure.Peer, Row.PeerRuns> theirs, Setting setting, TorchRuntime torch)
      throws IOException, InterruptedException {
    Row.PeerRuns before = theirs.getOrDefault(peer, new Row.PeerRuns(peer, "", List.of(), ""));
    if (!before.error().isEmpty()) {
      return;
    }
    Peers known = answering.get(peer);
    String error = "";
    for (Peers other : known == null ? peers.stream().map(Peers::of).toList() : List.of(known)) {
      Peers.Said said = other.measure(peer.name(), setting, seconds, torch);
      if (!said.runs().isEmpty()) {
        List<Double> all = new ArrayList<>(before.runs());
        all.addAll(said.runs());
        answering.put(peer, other);
        theirs.put(peer, new Row.PeerRuns(peer, said.system(), all, ""));
        return;
      }
      error = said.error();
    }
    theirs.put(peer, new Row.PeerRuns(peer, "", before.runs(), error));
  }

  private double memory(Setting setting, LmBench ours) throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            "bench",
            "lm",
            "--memory-of-this-process=" + ours.start(),
            "--preset=" + setting.preset(),
            "--family=" + setting.family(),
            "--device=" + device,
            "--threads=" + threads);
    return Double.parseDouble(
        ChildProcess.output(Injected.of(bench).plumb().main(), arguments).strip());
  }

  private static Map<String, Object> plain(Setting setting, TorchRuntime torch, List<Row> rows) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("plumb", Version.text());
    plain.put("engine", torch.engine());
    plain.put("device", torch.device());
    plain.put("threads", torch.threads());
    plain.put("setting", setting.plain());
    plain.put("figures", rows.stream().map(Row::plain).toList());
    return plain;
  }
}
