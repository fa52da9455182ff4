// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.ResolvedNode.Resource;
import org.plumbline.engine.session.ServedRuns;
import org.plumbline.engine.store.Store;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Interrupts;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.progress.WorkerLines;
import org.plumbline.workflows.temporal.RunWorker;
import org.plumbline.workflows.temporal.TemporalServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Serves the runs that a Temporal server conducts. */
@Command(
    name = "worker",
    description = {
      "Compute nodes of the runs that a Temporal server conducts, until told to stop.",
      "SIGTERM or Ctrl-C: takes on nothing more, saves checkpoints, hands back, exits with 0."
    })
final class WorkerCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;
  @Mixin private ServerOptions servers = new ServerOptions();

  @Option(
      names = "--queue",
      paramLabel = "QUEUE",
      split = ",",
      description = "which nodes: cpu, gpu, judge; several by commas (all that the device can)")
  private List<String> queues = new ArrayList<>();

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "how many nodes of a queue at once (the number of cores; of gpu always one)")
  private int slots = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "cpu (the default), cuda:0 or another GPU, or mps: as runs are planned for")
  private String device = "cpu";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of one operation (1): as runs are planned for")
  private int threads = 1;

  @Override
  public Integer call() throws InterruptedException {
    Plumb given = Injected.of(plumb);
    Console console = given.console();
    if (slots < 1) {
      throw Refusal.mistake("`--slots` must be at least 1, but is " + slots);
    }
    Engine engine = new Engine(device, threads);
    Set<Resource> resources = resources(engine);
    if (resources.contains(Resource.GPU)) {
      engine.mustBeThere();
    }
    boolean fresh = !Stores.isThere(given.storeAddress());
    try (TemporalServer server = servers.connect(given);
        Store store = Stores.open(given, given.storeAddress())) {
      ServedRuns work = new ServedRuns(store, run -> engine.work(store, run));
      CountDownLatch told = new CountDownLatch(1);
      Interrupts interrupts =
          Interrupts.install(
              console,
              "handing back at the next checkpoints; once more ends at once",
              "ended at once; checkpoints that are saved stay");
      try (RunWorker worker =
          RunWorker.start(
              server,
              ServerOptions.place(store, engine),
              work,
              resources,
              slots,
              run -> new WorkerLines(console, run))) {
        console.say(
            "worker for store %s at Temporal %s  queues %s  %d at once  device %s"
                .formatted(
                    given.shown(store.name()) + (fresh ? " (new)" : ""),
                    server.address(),
                    words(resources),
                    slots,
                    engine.device()));
        interrupts.then(told::countDown);
        told.await();
        worker.drain();
        console.say("everything is handed back");
      }
    }
    return ExitCode.OK;
  }

  private Set<Resource> resources(Engine engine) {
    boolean cpu = engine.device().equals("cpu");
    Set<Resource> all =
        cpu ? EnumSet.of(Resource.CPU, Resource.JUDGE) : EnumSet.allOf(Resource.class);
    if (queues.isEmpty()) {
      return all;
    }
    Set<Resource> chosen = EnumSet.noneOf(Resource.class);
    for (String queue : queues) {
      Resource resource =
          EnumSet.allOf(Resource.class).stream()
              .filter(known -> word(known).equals(queue.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      Refusal.mistake(
                          "there is no queue `" + queue + "`", "queues: cpu, gpu, judge"));
      if (!all.contains(resource)) {
        throw Refusal.mistake(
            "queue `gpu` needs a device that is a GPU", "add `--device cuda:0` or another");
      }
      chosen.add(resource);
    }
    return chosen;
  }

  private static String words(Set<Resource> resources) {
    return String.join(", ", resources.stream().map(WorkerCommand::word).toList());
  }

  private static String word(Resource resource) {
    return resource.name().toLowerCase(Locale.ROOT);
  }
}
