// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.plumbline.workflows.cli.chaos.Schedule.Event;
import org.plumbline.workflows.cli.command.PlumbProcess;

/** One run by a client and two workers that is disturbed, and what must hold of it afterwards. */
final class Trial implements AutoCloseable {
  private static final int WORKERS = 2;
  private static final long LONGEST_NANOS = 180_000_000_000L;
  private static final int CANCELLED = 4;
  private static final int REFUSED = 2;
  private static final long QUIET_MILLIS = 100;
  private static final String NO_SERVER = "no Temporal server answers";

  /** An answer on its way when its worker is hit is not kept, and has to be paid for again. */
  private static final long ON_ITS_WAY_NANOS = 2_000_000_000L;

  private final Site site;
  private final Path folder;
  private final Undisturbed whole;
  private final Schedule schedule;
  private final StoreFiles store;
  private final long begun = System.nanoTime();
  private final List<PlumbProcess> workers = new ArrayList<>();
  private final List<PlumbProcess> clients = new ArrayList<>();
  private final List<Long> hits = new ArrayList<>();
  private final Set<Long> frozen = new TreeSet<>();
  private int started;

  Trial(Site site, Path folder, Undisturbed whole, Schedule schedule) {
    this(site, folder, whole, schedule, site.store("p" + schedule.number()));
  }

  Trial(Site site, Path folder, Undisturbed whole, Schedule schedule, StoreFiles store) {
    this.site = site;
    this.folder = folder;
    this.whole = whole;
    this.schedule = schedule;
    this.store = store;
  }

  /** Does all of it; what is wrong is thrown. */
  void run() throws IOException, InterruptedException {
    begin();
    for (int i = 0; i < WORKERS; i++) {
      startWorker();
    }
    submit();
    for (Event event : schedule.events()) {
      await(event);
      Thread.sleep(event.delay());
      happen(event);
      site.judge().open();
    }
    finish();
    check();
  }

  /** Writes the experiment, for a trial that is not done as the schedule says. */
  void begin() throws IOException {
    ChaosSpec.write(folder, site.judgeUrl());
    site.judge().begin();
  }

  /** Starts a worker with the variables of the site. */
  PlumbProcess startWorker() throws IOException {
    return startWorker(Map.of());
  }

  /** Starts a worker with these variables, too. */
  PlumbProcess startWorker(Map<String, String> more) throws IOException {
    Map<String, String> variables = new HashMap<>(site.variables());
    variables.putAll(more);
    PlumbProcess worker = PlumbProcess.start(variables, workerFolder(), workerCommand());
    workers.add(worker);
    return worker;
  }

  /** A folder in which a worker has its cache. */
  Path workerFolder() throws IOException {
    started++;
    return Files.createDirectories(folder.resolve("worker" + started));
  }

  List<String> workerCommand() {
    return List.of(
        "worker", "--temporal", site.temporal(), "--store", store.address(), "--slots", "1");
  }

  StoreFiles store() {
    return store;
  }

  /** Does a command on the store. */
  PlumbProcess plumb(String... command) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--store", store.address()));
    return PlumbProcess.start(site.variables(), folder, arguments);
  }

  private PlumbProcess runSpec(String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of("run", ChaosSpec.NAME));
    command.addAll(List.of("--temporal", site.temporal()));
    command.addAll(List.of(more));
    return plumb(command.toArray(String[]::new));
  }

  /** Hands the run to the server. */
  void submit() throws IOException, InterruptedException {
    switch (schedule.begun()) {
      case ONE_CLIENT -> clients.add(runSpec());
      case DETACHED -> {
        PlumbProcess.Ended ended = runSpec("--detach").await();
        assertThat(ended.code()).as(ended.err()).isZero();
        clients.add(plumb("watch", "latest"));
      }
      case TWO_CLIENTS -> {
        clients.add(runSpec());
        clients.add(runSpec());
      }
      case KILLED_CLIENT -> {
        PlumbProcess killed = runSpec();
        Thread.sleep(schedule.patience());
        killed.kill();
        clients.add(runSpec());
      }
    }
  }

  /** Waits for the moment; one that has passed already is now. */
  void await(Event event) throws IOException, InterruptedException {
    String key = Objects.requireNonNull(whole.keys().get(event.node()));
    String digest = Objects.requireNonNull(whole.artifacts().get(event.node()));
    if (event.moment() == Schedule.Moment.ASKING) {
      site.judge().holdAfter(event.step());
    }
    while (!store.finished(key) && clients.stream().anyMatch(PlumbProcess::isAlive)) {
      boolean now =
          switch (event.moment()) {
            case STARTED -> computing(event.node()) != null;
            case CHECKPOINT -> store.checkpoint(key) >= event.step();
            case COMMITTED -> store.committed(digest);
            case FINISHED -> false;
            case ASKING -> allQuestionsWait();
          };
      if (now) {
        return;
      }
      mustBeInTime();
      Thread.sleep(3);
    }
  }

  /** Whoever waits for an answer has kept those before it; of two nodes one may still ask. */
  private boolean allQuestionsWait() throws InterruptedException {
    int waiting = site.judge().waiting();
    Thread.sleep(QUIET_MILLIS);
    return waiting >= Judge.AT_ONCE && site.judge().waiting() == waiting;
  }

  /** Gives up when it takes too long. */
  void mustBeInTime() throws IOException {
    if (System.nanoTime() - begun > LONGEST_NANOS) {
      throw new AssertionError("it takes too long\n" + said());
    }
  }

  /** The worker that has begun with a node and neither finished it nor given it back. */
  private @Nullable PlumbProcess computing(String node) throws IOException {
    for (PlumbProcess worker : workers) {
      boolean busy = false;
      for (String line : worker.narration().split("\n", -1)) {
        if (line.matches(".*  (start|done|fail|back|retry) +\\Q" + node + "\\E( .*)?")) {
          busy = line.contains("  start");
        }
      }
      if (busy && worker.isAlive()) {
        return worker;
      }
    }
    return null;
  }

  private PlumbProcess worker(Event event) throws IOException {
    PlumbProcess computing = computing(event.node());
    return computing != null ? computing : workers.get(event.step() % workers.size());
  }

  private void happen(Event event) throws IOException, InterruptedException {
    switch (event.what()) {
      case KILL_WORKER -> {
        kill(worker(event));
        startWorker();
      }
      case KILL_WORKERS -> killWorkers();
      case FREEZE_WORKER -> freeze(worker(event), event.length());
      case DRAIN_WORKER -> drain(worker(event));
      case KILL_CLIENT -> {
        for (PlumbProcess client : List.copyOf(clients)) {
          client.kill();
          clients.remove(client);
        }
        clients.add(runSpec());
      }
      case CANCEL -> cancel();
      case KILL_SERVER -> loseServer(event.length());
      case LOSE_SERVER -> loseServer(2 * Site.LEASE_MILLIS + event.length());
      case KILL_BUCKET -> {
        site.bucket().kill();
        Thread.sleep(event.length());
        site.bucket().restart();
      }
      case FREEZE_BUCKET -> {
        site.bucket().signal("STOP");
        Thread.sleep(Site.LEASE_MILLIS + event.length());
        site.bucket().signal("CONT");
      }
    }
  }

  private void loseServer(long millis) throws IOException, InterruptedException {
    site.killServer();
    Thread.sleep(millis);
    site.startServer();
    // Whoever was just starting has ended, as it is to, and whoever looks after it starts it again.
    for (PlumbProcess worker : List.copyOf(workers)) {
      if (!worker.isAlive() && worker.narration().contains(NO_SERVER)) {
        workers.remove(worker);
        startWorker();
      }
    }
    for (PlumbProcess client : List.copyOf(clients)) {
      if (!client.isAlive() && client.narration().contains(NO_SERVER)) {
        clients.remove(client);
        clients.add(runSpec());
      }
    }
  }

  /** What {@code kill -9} does. */
  void kill(PlumbProcess worker) throws InterruptedException {
    hits.add(System.nanoTime());
    worker.kill();
    workers.remove(worker);
  }

  private void killWorkers() throws IOException, InterruptedException {
    for (PlumbProcess worker : List.copyOf(workers)) {
      kill(worker);
    }
    for (int i = 0; i < WORKERS; i++) {
      startWorker();
    }
  }

  private void freeze(PlumbProcess worker, long length) throws IOException, InterruptedException {
    worker.awaitNarration("worker for store");
    hits.add(System.nanoTime());
    frozen.add(worker.pid());
    worker.signal("STOP");
    Thread.sleep(2 * Site.LEASE_MILLIS + length);
    worker.signal("CONT");
    hits.add(System.nanoTime());
  }

  private void drain(PlumbProcess worker) throws IOException, InterruptedException {
    workers.remove(worker);
    terminate(worker);
    mustEndWell(worker);
    startWorker();
  }

  private void cancel() throws IOException, InterruptedException {
    for (PlumbProcess worker : List.copyOf(workers)) {
      kill(worker);
    }
    PlumbProcess.Ended told = plumb("cancel", "latest").await();
    for (int i = 0; i < WORKERS; i++) {
      startWorker();
    }
    if (told.code() == REFUSED && told.err().contains("is not under way")) {
      return; // it had just ended
    }
    assertThat(told.code()).as("cancel: " + told.err()).isZero();
    for (PlumbProcess client : clients) {
      PlumbProcess.Ended ended = client.await();
      assertThat(ended.code()).as("after cancel: " + ended.err()).isIn(CANCELLED, 0);
    }
    clients.clear();
    clients.add(plumb("resume", "latest", "--temporal", site.temporal()));
  }

  /** Waits for the end of the run, and ends the workers. */
  void finish() throws IOException, InterruptedException {
    int followed = 0;
    for (PlumbProcess client : clients) {
      PlumbProcess.Ended ended = client.await();
      boolean second =
          schedule.begun() == Schedule.Beginning.TWO_CLIENTS && ended.code() == REFUSED;
      if (second) {
        assertThat(ended.err()).contains("is already running");
      } else {
        assertThat(ended.code()).as("the client says " + ended.err() + said()).isZero();
        followed++;
      }
    }
    assertThat(followed).as("somebody follows it to its end").isPositive();
    for (PlumbProcess worker : workers) {
      assertThat(worker.isAlive()).as("a worker lives: " + worker.narration()).isTrue();
      terminate(worker);
    }
    for (PlumbProcess worker : workers) {
      mustEndWell(worker);
    }
  }

  /** One that has said that it serves; before that Java ends it in its own way. */
  private static void terminate(PlumbProcess worker) throws IOException, InterruptedException {
    worker.awaitNarration("worker for store");
    worker.terminate();
  }

  private static void mustEndWell(PlumbProcess worker) throws IOException, InterruptedException {
    PlumbProcess.Ended ended = worker.await();
    assertThat(ended.code()).as("a worker that is to end: " + ended.err()).isZero();
    assertThat(ended.err()).contains("everything is handed back");
  }

  /** What must hold whatever has happened. */
  void check() throws IOException, InterruptedException {
    checkBytes();
    if (schedule.begun() == Schedule.Beginning.TWO_CLIENTS) {
      boolean again = schedule.events().stream().anyMatch(e -> e.what() == Disturbance.KILL_CLIENT);
      assertThat(store.runs()).as("runs").isLessThanOrEqualTo(again ? 2 : 1);
    }
    Map<String, Instant> finished = store.finished();
    for (StoreFiles.Start start : store.starts()) {
      // One that was frozen when it was about to write this down writes it when it wakes up.
      boolean late = frozen.stream().anyMatch(pid -> start.by().contains("process " + pid + " "));
      if (!late) {
        assertThat(start.time())
            .as(start.node() + " is not computed again once it has finished")
            .isBeforeOrEqualTo(Objects.requireNonNull(finished.get(start.node())));
      }
    }
    checkAnswers();
  }

  /** Of all nodes. */
  void checkBytes() throws IOException, InterruptedException {
    JsonNode shown = plumb("show", "latest", "--format", "json").await().json();
    assertThat(shown.get("status").asText()).isEqualTo("finished");
    assertThat(Undisturbed.artifacts(shown)).as("digests").isEqualTo(whole.artifacts());
  }

  private void checkAnswers() {
    Map<String, List<Long>> answered = site.judge().answered();
    Map<String, Integer> missing = new HashMap<>(whole.answers());
    missing.keySet().removeAll(answered.keySet());
    assertThat(missing).as("questions that were not asked").isEmpty();
    int surplus = 0;
    for (Map.Entry<String, List<Long>> question : answered.entrySet()) {
      List<Long> times = question.getValue();
      int expected = whole.answers().getOrDefault(question.getKey(), 0);
      surplus += Math.max(0, times.size() - expected);
      for (int i = 0; i < times.size() - 1 && times.size() > expected; i++) {
        long time = times.get(i);
        assertThat(hits)
            .as("what is asked twice was on its way when a worker was hit: " + question.getKey())
            .anyMatch(hit -> Math.abs(hit - time) < ON_ITS_WAY_NANOS);
      }
    }
    assertThat(surplus).as("answers that were paid twice").isLessThanOrEqualTo(mostOnTheirWay());
  }

  /** When it is hit while all its questions wait, nothing is on its way. */
  private int mostOnTheirWay() {
    boolean waited =
        schedule.events().size() == 1
            && schedule.events().get(0).moment() == Schedule.Moment.ASKING;
    return waited ? 0 : hits.size() * Judge.AT_ONCE;
  }

  /** Waits for the end of the client, and forgets it. */
  PlumbProcess.Ended clientEnds() throws IOException, InterruptedException {
    return clients.remove(0).await();
  }

  /** Waits until the client has said this. */
  void awaitClient(String text) throws IOException, InterruptedException {
    clients.get(0).awaitNarration(text);
  }

  /** Goes on with the run, and follows it. */
  void resume() throws IOException {
    clients.add(plumb("resume", "latest", "--temporal", site.temporal()));
  }

  /** What everybody said. */
  String said() throws IOException {
    StringBuilder said = new StringBuilder();
    for (PlumbProcess client : clients) {
      said.append("\n== a client\n").append(client.narration());
    }
    for (PlumbProcess worker : workers) {
      said.append("\n== a worker\n").append(worker.narration());
    }
    return said.toString();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    site.judge().open();
    for (PlumbProcess client : clients) {
      client.kill();
    }
    for (PlumbProcess worker : workers) {
      worker.kill();
    }
  }

  /** Where the store lies, to be deleted with the folder of the trial. */
  Path files() {
    return store.root();
  }
}
