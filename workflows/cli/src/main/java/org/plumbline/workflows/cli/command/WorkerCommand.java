// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.ResolvedNode.Resource;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.engine.session.ServedRuns;
import org.plumbline.engine.store.Store;
import org.plumbline.workflows.cli.command.MonitoringOptions.Monitoring;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Interrupts;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.progress.WorkerLines;
import org.plumbline.workflows.cli.progress.WorkerLog;
import org.plumbline.workflows.temporal.RunWorker;
import org.plumbline.workflows.temporal.ServerTrouble;
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
  @Mixin private MonitoringOptions watching = new MonitoringOptions();

  @Option(
      names = "--queue",
      paramLabel = "QUEUE",
      split = ",",
      description = "which nodes: cpu, gpu, judge; several by commas (all that the device can)")
  private List<String> queues = new ArrayList<>();

  @Option(
      names = "--slots",
      paramLabel = "N",
      description =
          "how many nodes of cpu and of judge at once (the number of cores); of gpu always one")
  private @Nullable Integer slots;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "cpu (the default), cuda:0 or another GPU, or mps: as runs are planned for")
  private String device = "cpu";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "how many cores are computed on (all); results do not depend on it")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws InterruptedException {
    Plumb given = Injected.of(plumb);
    Engine engine = new Engine(device, threads);
    Map<Resource, Integer> counts = slots(resources(engine));
    if (counts.containsKey(Resource.GPU)) {
      engine.mustBeThere();
    }
    boolean fresh = !Stores.isThere(given.storeAddress());
    CountDownLatch told = new CountDownLatch(1);
    WorkerLog log =
        new WorkerLog(given.console(), watching.form(), Clock.system(ZoneId.systemDefault()));
    try (Monitoring watched = watching.open();
        TemporalServer server = awaitServer(given, watched, log, told)) {
      if (server == null) {
        return ExitCode.OK;
      }
      try (Store store = Stores.open(given, given.storeAddress())) {
        log.say(
            "begin",
            "worker for store %s at Temporal %s  queues %s  device %s%s"
                .formatted(
                    given.shown(store.name()) + (fresh ? " (new)" : ""),
                    server.address(),
                    words(counts),
                    engine.device(),
                    watched == null
                        ? ""
                        : "  metrics at http://" + watched.address() + "/metrics"));
        serve(new Serving(server, store, engine, counts), log, watched, told);
        log.say("end", "everything is handed back");
      }
    }
    return ExitCode.OK;
  }

  /** Connects, as soon as there is a server; null if the worker is told to end before. */
  private @Nullable TemporalServer awaitServer(
      Plumb given, @Nullable Monitoring watched, WorkerLog log, CountDownLatch told)
      throws InterruptedException {
    Interrupts.install(
            given.console(),
            "handing back at the next checkpoints; once more ends at once",
            "ended at once; checkpoints that are saved stay")
        .then(told::countDown);
    boolean said = false;
    do {
      try {
        return watched == null ? servers.connect(given) : servers.connect(given, watched.metrics());
      } catch (ServerTrouble trouble) {
        if (!trouble.isAway()) {
          throw trouble;
        }
        if (!said) {
          log.say("wait", trouble.getMessage() + "; trying again until it does");
          log.say("wait", trouble.help());
          said = true;
        }
      }
    } while (!told.await(1, TimeUnit.SECONDS));
    return null;
  }

  /** What a worker serves, and how. */
  private record Serving(
      TemporalServer server, Store store, Engine engine, Map<Resource, Integer> slots) {}

  private void serve(Serving what, WorkerLog log, @Nullable Monitoring watched, CountDownLatch told)
      throws InterruptedException {
    Engine engine = what.engine();
    RunWork work = new ServedRuns(what.store(), run -> engine.work(what.store(), run));
    if (watched != null) {
      what.slots().forEach(watched.metrics()::slots);
      watched.metrics().store(what.store().counts());
      work = watched.metrics().measured(work);
    }
    try (RunWorker worker =
        RunWorker.start(
            what.server(),
            ServerOptions.place(what.store(), engine),
            work,
            what.slots(),
            run -> new WorkerLines(log, run))) {
      if (watched != null) {
        watched.begins(what.server(), what.store());
      }
      told.await();
      if (watched != null) {
        watched.drains();
      }
      worker.drain();
    }
  }

  private Map<Resource, Integer> slots(Set<Resource> resources) {
    Integer asked = slots;
    int count = asked == null ? Runtime.getRuntime().availableProcessors() : asked;
    if (count < 1) {
      throw Refusal.mistake("`--slots` must be at least 1, but is " + count);
    }
    if (asked != null && count > 1 && resources.equals(EnumSet.of(Resource.GPU))) {
      throw Refusal.mistake(
          "`--slots " + count + "`: a worker computes on one GPU, one node at a time",
          "start a worker for each GPU:"
              + " `CUDA_VISIBLE_DEVICES=1 plumb worker --queue gpu --device cuda:0`");
    }
    Map<Resource, Integer> counts = new EnumMap<>(Resource.class);
    resources.forEach(resource -> counts.put(resource, resource == Resource.GPU ? 1 : count));
    return counts;
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

  private static String words(Map<Resource, Integer> counts) {
    List<String> words = new ArrayList<>();
    counts.forEach((resource, count) -> words.add(word(resource) + " (" + count + " at once)"));
    return String.join(", ", words);
  }

  private static String word(Resource resource) {
    return resource.name().toLowerCase(Locale.ROOT);
  }
}
