// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.tensor.TorchRuntime;
import org.plumbline.engine.session.planned.MachineMemory;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.StoreAddress;
import org.plumbline.engine.store.disk.PreparedFile;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.console.Painted;
import org.plumbline.workflows.cli.console.Style;
import org.plumbline.workflows.cli.console.Version;
import org.plumbline.workflows.cli.page.Phrase;
import org.plumbline.workflows.temporal.EmbeddedTemporal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Looks whether everything that a run needs is there. */
@Command(name = "doctor", description = "Look whether everything that a run needs is there.")
final class DoctorCommand implements Callable<Integer> {

  private static final long MEGABYTE = 1 << 20;
  private static final String NO_GPU = "none that this libtorch can use";

  /** What was looked at. */
  record Finding(String what, boolean good, String found) {}

  /** Looks at one thing; whatever it throws is the finding. */
  private interface Look {
    String at() throws IOException;
  }

  @ParentCommand private @Nullable Plumb plumb;
  @Mixin private EngineOptions engine = new EngineOptions();

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    List<Finding> findings = new ArrayList<>();
    findings.add(look("plumb", Version::text));
    findings.add(look("Java", DoctorCommand::java));
    findings.add(look("machine", DoctorCommand::machine));
    findings.add(look("engine", this::engine));
    if (findings.get(findings.size() - 1).good()) {
      findings.add(look("natives", () -> torch().natives()));
      findings.add(look("process", this::process));
      findings.add(look("GPU", this::gpu));
    }
    findings.add(look("Temporal", EmbeddedTemporal::probe));
    findings.add(look("store", () -> store(given)));
    show(given.console(), findings);
    boolean noGpu = findings.stream().anyMatch(f -> f.found().startsWith(NO_GPU));
    if (noGpu && given.console().format() != Format.JSON) {
      int width = given.console().width();
      GpuAdvice.lines()
          .forEach(line -> given.console().result(Phrase.fit(" ".repeat(12) + line, width, 15)));
    }
    return findings.stream().allMatch(Finding::good) ? ExitCode.OK : ExitCode.FAILED;
  }

  private static Finding look(String what, Look look) {
    try {
      return new Finding(what, true, look.at());
    } catch (IOException | RuntimeException | LinkageError e) {
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      return new Finding(what, false, message);
    }
  }

  private static String java() {
    return System.getProperty("java.vm.name")
        + " "
        + System.getProperty("java.version")
        + ", "
        + System.getProperty("java.home");
  }

  private static String machine() {
    Runtime runtime = Runtime.getRuntime();
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", "
        + Phrase.count(runtime.availableProcessors(), "core")
        + ", %.1f GB of memory".formatted(MachineMemory.bytes() / 1e9)
        + ", heap up to "
        + runtime.maxMemory() / MEGABYTE
        + " MiB";
  }

  private TorchRuntime torch() {
    return TorchRuntime.start(
        new TorchRuntime.Settings(engine.engine().device(), engine.engine().threads()));
  }

  private String engine() {
    TorchRuntime torch = torch();
    return torch.engine()
        + ", device "
        + torch.device()
        + ", "
        + Phrase.count(torch.threads(), "thread")
        + " per operation";
  }

  private String process() {
    List<String> settings = new ArrayList<>();
    torch().processSettings().forEach((name, value) -> settings.add(name + " " + value));
    return String.join(", ", settings);
  }

  private String gpu() {
    int count = torch().gpuCount();
    return count == 0 ? NO_GPU : Phrase.count(count, "GPU") + ": --device cuda:0";
  }

  private static String store(Plumb given) throws IOException {
    StoreAddress address = given.storeAddress();
    if (!(address instanceof StoreAddress.Folder at)) {
      return inBucket(given, address);
    }
    Path folder = at.path();
    if (!Files.isDirectory(folder)) {
      Path parent = folder.getParent();
      if (parent == null || !Files.isWritable(parent)) {
        throw new IOException(folder + " is not there and cannot be made");
      }
      return given.shown(folder) + " will be made; " + free(parent);
    }
    try (Store store = Stores.open(given, address)) {
      probe(store.root());
      return given.shown(folder)
          + ", writable, "
          + Phrase.count(store.runs().list().size(), "run")
          + "; "
          + free(folder);
    } catch (StoreFailure failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private static String inBucket(Plumb given, StoreAddress address) throws IOException {
    try (Store store = Stores.open(given, address)) {
      return address
          + ", "
          + Phrase.count(store.runs().list().size(), "run")
          + "; what is read of it is kept in "
          + given.shown(store.root())
          + ", "
          + free(store.root());
    } catch (StoreFailure failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private static void probe(Path folder) throws IOException {
    try (PreparedFile probe = PreparedFile.in(folder)) {
      Files.createFile(probe.path());
    }
  }

  private static String free(Path folder) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    return "%.1f GB free".formatted(free / 1e9);
  }

  private static void show(Console console, List<Finding> findings) {
    if (console.format() == Format.JSON) {
      List<Object> list = new ArrayList<>();
      for (Finding finding : findings) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("what", finding.what());
        plain.put("good", finding.good());
        plain.put("found", finding.found());
        list.add(plain);
      }
      console.json(Json.pretty(Map.of("findings", list)));
      return;
    }
    for (Finding finding : findings) {
      Painted sign =
          Painted.of(
              finding.good() ? Style.GOOD : Style.BAD,
              finding.good() ? "✔" : "✖",
              console.colourOut());
      String found =
          Phrase.fit(
              "  " + Phrase.left(finding.what(), 9) + " " + finding.found(), console.width(), 12);
      console.result(sign.plus(found.substring(1)));
    }
  }
}
