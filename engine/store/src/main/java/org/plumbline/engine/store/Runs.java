package org.plumbline.engine.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanJson;

/** What was run: a folder per run. */
public final class Runs {
  /** The page of a run, made when it is looked at. */
  public static final String REPORT = "report.html";

  static final String RECORD = "run.json";
  static final String PLAN = "plan.json";
  static final String NODES = "nodes.jsonl";
  static final String EVENTS = "events.jsonl";

  private final Path home;
  private final Path locks;
  private final Ground ground;
  private final Scratch scratch;
  private final Disk disk;

  Runs(Ground ground, Scratch scratch) {
    this.home = ground.at("runs");
    this.locks = ground.at(Ground.LOCKS);
    this.ground = ground;
    this.scratch = scratch;
    this.disk = ground.disk();
  }

  /**
   * Starts a run. Only one run of an experiment can be under way in a store.
   *
   * @throws StoreFailure {@code BUSY}, naming its process, if there is one already
   */
  public ActiveRun start(RunStart start) {
    String experiment = start.plan().experiment();
    try (Keeping keeping = new Keeping(lock(experiment))) {
      String id = newId();
      RunRecord record =
          new RunRecord(
              id,
              experiment,
              RunStatus.RUNNING,
              start.spec(),
              start.frozen(),
              start.overrides(),
              start.plan().seeds(),
              start.provenance(),
              start.folder(),
              List.of(session()),
              null);
      // First: whoever sees the run must see who conducts it, or it looks interrupted.
      keeping.lock.own(id);
      create(id, record, start.plan());
      return new ActiveRun(this, record, start.plan(), keeping.keep());
    } catch (IOException e) {
      throw StoreFailure.io("start a run", home, 0, e);
    }
  }

  /** Gives a lock back unless it is kept. */
  private static final class Keeping implements AutoCloseable {
    private final ExperimentLock lock;
    private boolean kept;

    Keeping(ExperimentLock lock) {
      this.lock = lock;
    }

    ExperimentLock keep() {
      kept = true;
      return lock;
    }

    @Override
    public void close() throws IOException {
      if (!kept) {
        lock.close();
      }
    }
  }

  /** The folder appears with its record and plan in it, or not at all. */
  private void create(String id, RunRecord record, Plan plan) throws IOException {
    Path prepared = scratch.folder();
    disk.write(prepared.resolve(PLAN), PlanJson.bytes(plan));
    disk.write(prepared.resolve(RECORD), StoreJson.pretty(record));
    disk.syncFolder(prepared);
    disk.move(prepared, folder(id));
    disk.syncFolder(home);
  }

  /**
   * Goes on with a run.
   *
   * @throws StoreFailure {@code BUSY}, naming its process, if the experiment is under way
   */
  public ActiveRun resume(String id) {
    RunRecord found = read(id);
    try (Keeping keeping = new Keeping(lock(found.experiment()))) {
      RunRecord before = read(id); // once more: another process may have ended it meanwhile
      List<RunRecord.Session> sessions = new ArrayList<>(closed(before));
      sessions.add(session());
      RunRecord record = before.with(RunStatus.RUNNING, sessions, null);
      mend(folder(record.id()).resolve(NODES));
      mend(folder(record.id()).resolve(EVENTS));
      keeping.lock.own(record.id());
      write(record);
      return new ActiveRun(this, record, plan(record.id()), keeping.keep());
    } catch (IOException e) {
      throw StoreFailure.io("resume run " + id, home, 0, e);
    }
  }

  /** Ends a line that a process died in the middle of, so that the next is not lost with it. */
  private void mend(Path file) throws IOException {
    if (Files.exists(file) && !endsWithNewline(file)) {
      disk.append(file, new byte[] {'\n'});
    }
  }

  private static boolean endsWithNewline(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return bytes.length == 0 || bytes[bytes.length - 1] == '\n';
  }

  private static RunRecord.Session session() {
    return new RunRecord.Session(
        Times.now(), null, ProcessHandle.current().pid(), Host.name(), false);
  }

  /** The sessions; one whose process died ends with the last thing that it wrote. */
  private List<RunRecord.Session> closed(RunRecord record) throws IOException {
    List<RunRecord.Session> sessions = new ArrayList<>(record.sessions());
    int last = sessions.size() - 1;
    RunRecord.Session session = sessions.get(last);
    if (session.ended() == null) {
      String sign = session.started();
      for (String name : List.of(EVENTS, NODES)) {
        Path file = folder(record.id()).resolve(name);
        if (Files.exists(file)) {
          String time = Times.text(Files.getLastModifiedTime(file));
          sign = time.compareTo(sign) > 0 ? time : sign;
        }
      }
      sessions.set(
          last,
          new RunRecord.Session(session.started(), sign, session.pid(), session.host(), false));
    }
    return sessions;
  }

  /** All runs, newest first. One that cannot be read is left out. */
  public List<RunRecord> list() {
    try {
      List<RunRecord> runs = new ArrayList<>();
      for (Path folder : Scratch.list(home)) {
        if (Files.isRegularFile(folder.resolve(RECORD))) {
          runs.add(seen(StoreJson.read(folder.resolve(RECORD), RunRecord.class)));
        }
      }
      runs.sort(Comparator.comparing(RunRecord::started).reversed());
      return runs;
    } catch (IOException e) {
      throw StoreFailure.io("list the runs", home, 0, e);
    }
  }

  /**
   * A run.
   *
   * @param id its short name, or the beginning of it if that names one run only
   */
  public RunRecord read(String id) {
    try {
      Path file = folder(id).resolve(RECORD);
      if (id.matches("[0-9a-f]+") && Files.isRegularFile(file)) {
        return seen(StoreJson.read(file, RunRecord.class));
      }
      List<RunRecord> matching =
          list().stream().filter(run -> !id.isEmpty() && run.id().startsWith(id)).toList();
      if (matching.size() != 1) {
        throw StoreFailure.noSuchRun(id);
      }
      return matching.get(0);
    } catch (IOException e) {
      throw StoreFailure.io("read run " + id, home, 0, e);
    }
  }

  /** The newest run of an experiment. */
  public Optional<RunRecord> newestOf(String experiment) {
    return list().stream().filter(run -> run.experiment().equals(experiment)).findFirst();
  }

  /** A run's plan. */
  public Plan plan(String id) {
    try {
      return PlanJson.readPlan(folder(id).resolve(PLAN));
    } catch (IOException e) {
      throw StoreFailure.io("read the plan of run " + id, home, 0, e);
    }
  }

  /** What became of the nodes of a run so far, by id, in the order of their ends. */
  public Map<String, NodeOutcome> outcomes(String id) {
    Map<String, NodeOutcome> outcomes = new LinkedHashMap<>();
    try {
      for (String line : lines(folder(id).resolve(NODES))) {
        NodeOutcome outcome = StoreJson.read(line, NodeOutcome.class);
        // What ended last stands last.
        outcomes.remove(outcome.node());
        outcomes.put(outcome.node(), outcome);
      }
    } catch (IOException e) {
      throw StoreFailure.io("read the nodes of run " + id, home, 0, e);
    }
    return outcomes;
  }

  /** The events of a run, in order: one JSON object each. */
  public List<String> events(String id) {
    try {
      return lines(folder(id).resolve(EVENTS));
    } catch (IOException e) {
      throw StoreFailure.io("read the events of run " + id, home, 0, e);
    }
  }

  /** Whole lines only: a process may have died in the middle of one. */
  private static List<String> lines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    for (int at = 0, end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      String line = text.substring(at, end);
      at = end + 1;
      if (StoreJson.isObject(line)) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** Where the files of a run are: reports and the like may be put there. */
  public Path folder(String id) {
    return home.resolve(id);
  }

  private RunRecord seen(RunRecord record) throws IOException {
    if (record.status() != RunStatus.RUNNING || conducted(record)) {
      return record;
    }
    // Once more: it may have ended after it was read and before nobody was seen to conduct it.
    RunRecord now = StoreJson.read(folder(record.id()).resolve(RECORD), RunRecord.class);
    return now.equals(record)
        ? record.with(RunStatus.INTERRUPTED, closed(record), record.message())
        : now;
  }

  private boolean conducted(RunRecord record) throws IOException {
    return ExperimentLock.owner(locks, record.experiment())
        .filter(owner -> owner.run().equals(record.id()))
        .isPresent();
  }

  /** Who conducts a run of the experiment at the moment. */
  public Optional<RunOwner> owner(String experiment) {
    try {
      return ExperimentLock.owner(locks, experiment);
    } catch (IOException e) {
      throw StoreFailure.io("see who runs " + experiment, locks, 0, e);
    }
  }

  private ExperimentLock lock(String experiment) throws IOException {
    return ExperimentLock.acquire(ground, experiment, scratch);
  }

  void write(RunRecord record) throws IOException {
    scratch.replace(folder(record.id()).resolve(RECORD), StoreJson.pretty(record));
  }

  void append(String id, String file, Object line) throws IOException {
    disk.append(folder(id).resolve(file), StoreJson.line(line));
  }

  /** Puts a file into the folder of a run, at once or not at all; an older one is replaced. */
  public void put(String id, String name, String text) throws IOException {
    Misplaced.isFolder(folder(id));
    scratch.replace(folder(id).resolve(name), Secrets.mask(text).getBytes(StandardCharsets.UTF_8));
  }

  /** Forgets the page of a run, which is made anew when it is looked at. */
  public void forgetReport(String id) throws IOException {
    ground.delete(Made.REPORT, folder(id).resolve(REPORT));
  }

  private String newId() throws IOException {
    disk.createFolders(home);
    for (int attempt = 0; ; attempt++) {
      int digits = attempt < 64 ? 4 : 8;
      long number = ThreadLocalRandom.current().nextLong(1L << (4 * digits));
      String id = ("%0" + digits + "x").formatted(number);
      if (!Files.exists(folder(id))) {
        return id;
      }
      if (attempt > 1000) {
        throw new FileAlreadyExistsException(home.toString());
      }
    }
  }
}
