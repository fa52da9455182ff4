// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.runs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanJson;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.disk.DeletablePaths;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreFile;
import org.plumbline.engine.store.disk.StoreLayout;
import org.plumbline.engine.store.disk.Trouble;
import org.plumbline.engine.store.record.Host;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.RunOwner;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStart;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.Secrets;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.record.StoreJson;
import org.plumbline.engine.store.record.Timestamps;

/** What was run: a folder per run. */
public final class Runs {
  /** The page of a run, made when it is looked at. */
  public static final String REPORT = "report.html";

  private static final String DIGEST = ".sha256";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{4,8}");

  private final Path home;
  private final StoreLayout ground;
  private final StagingArea scratch;
  private final Disk disk;

  public Runs(StoreLayout ground, StagingArea scratch) {
    this.home = ground.at("runs");
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
      byte[] plan = PlanJson.bytes(start.plan());
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
              null,
              Sha256.of(plan));
      // First: whoever sees the run must see who conducts it, or it looks interrupted.
      keeping.lock.own(id);
      create(record, plan);
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
  private void create(RunRecord record, byte[] plan) throws IOException {
    Path prepared = scratch.folder();
    disk.write(prepared.resolve(RunFolder.PLAN), plan);
    disk.write(prepared.resolve(RunFolder.RECORD), StoreJson.sealed(record));
    disk.syncFolder(prepared);
    disk.move(prepared, folder(record.id()));
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
      Plan plan = plan(record.id());
      mend(folder(record.id()).resolve(RunFolder.NODES));
      mend(folder(record.id()).resolve(RunFolder.EVENTS));
      keeping.lock.own(record.id());
      write(record);
      return new ActiveRun(this, record, plan, keeping.keep());
    } catch (IOException e) {
      throw StoreFailure.io("resume run " + id, home, 0, e);
    }
  }

  /** Ends a line that a process died in the middle of, so that the next is not lost with it. */
  private void mend(Path file) throws IOException {
    if (!StoreFile.endsWithNewline(file)) {
      disk.append(file, new byte[] {'\n'});
    }
  }

  private static RunRecord.Session session() {
    return new RunRecord.Session(
        Timestamps.now(), null, ProcessHandle.current().pid(), Host.name(), false);
  }

  /** The sessions; one whose process died ends with the last thing that it wrote. */
  private List<RunRecord.Session> closed(RunRecord record) throws IOException {
    List<RunRecord.Session> sessions = new ArrayList<>(record.sessions());
    int last = sessions.size() - 1;
    RunRecord.Session session = sessions.get(last);
    if (session.ended() == null) {
      String sign = at(record.id()).lastSign(session.started());
      sessions.set(
          last,
          new RunRecord.Session(session.started(), sign, session.pid(), session.host(), false));
    }
    return sessions;
  }

  /**
   * The runs of a store.
   *
   * @param runs newest first
   * @param damaged those whose record cannot be read, by their short names, and why
   */
  public record Listing(List<RunRecord> runs, Map<String, String> damaged) {}

  /** All runs. */
  public Listing listing() {
    try {
      List<RunRecord> runs = new ArrayList<>();
      Map<String, String> damaged = new TreeMap<>();
      for (Path folder : StagingArea.list(home)) {
        String id = String.valueOf(folder.getFileName());
        if (ID.matcher(id).matches()) {
          try {
            runs.add(seen(at(id).record()));
          } catch (IOException e) {
            damaged.put(id, Trouble.of(e));
          }
        }
      }
      runs.sort(Comparator.comparing(RunRecord::started).reversed());
      return new Listing(runs, damaged);
    } catch (IOException e) {
      throw StoreFailure.io("list the runs", home, 0, e);
    }
  }

  /** All runs that can be read, newest first; what is wrong with the others is said. */
  public List<RunRecord> list() {
    Listing listing = listing();
    listing
        .damaged()
        .forEach((id, why) -> ground.problem("run " + id + " is damaged and left out: " + why));
    return listing.runs();
  }

  /**
   * A run.
   *
   * @param id its short name, or the beginning of it if that names one run only
   * @throws StoreFailure if there is no such run, or its record is damaged
   */
  public RunRecord read(String id) {
    if (ID.matcher(id).matches() && Files.exists(folder(id), LinkOption.NOFOLLOW_LINKS)) {
      try {
        return seen(at(id).record());
      } catch (IOException e) {
        throw damaged("the record of run " + id, Trouble.of(e));
      }
    }
    List<RunRecord> matching =
        list().stream().filter(run -> !id.isEmpty() && run.id().startsWith(id)).toList();
    if (matching.size() != 1) {
      throw StoreFailure.noSuchRun(id);
    }
    return matching.get(0);
  }

  private static StoreFailure damaged(String what, String why) {
    return StoreFailure.damaged(
        what, why, "run the spec again: what is finished is found by its key and reused");
  }

  /** The newest run of an experiment. */
  public Optional<RunRecord> newestOf(String experiment) {
    return list().stream().filter(run -> run.experiment().equals(experiment)).findFirst();
  }

  /**
   * A run's plan.
   *
   * @throws StoreFailure if it is damaged
   */
  public Plan plan(String id) {
    try {
      return at(id).plan(at(id).record());
    } catch (IOException e) {
      throw damaged("the plan of run " + id, Trouble.of(e));
    }
  }

  /** A run's plan, unless it is damaged, which is said. */
  public Optional<Plan> planIfWhole(String id) {
    try {
      return Optional.of(at(id).plan(at(id).record()));
    } catch (IOException e) {
      ground.problem("the plan of run " + id + " is damaged: " + Trouble.of(e));
      return Optional.empty();
    }
  }

  /** What became of the nodes of a run so far, by id, in the order of their ends. */
  public Map<String, NodeOutcome> outcomes(String id) {
    try {
      return at(id).outcomes();
    } catch (IOException e) {
      ground.problem("what became of the nodes of run " + id + " is lost: " + Trouble.of(e));
      return new LinkedHashMap<>();
    }
  }

  /** The events of a run, in order: one JSON object each. */
  public List<String> events(String id) {
    try {
      return at(id).events();
    } catch (IOException e) {
      ground.problem("the events of run " + id + " are lost: " + Trouble.of(e));
      return List.of();
    }
  }

  private RunFolder at(String id) {
    return new RunFolder(id, folder(id), ground);
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
    RunRecord now = at(record.id()).record();
    return now.equals(record)
        ? record.with(RunStatus.INTERRUPTED, closed(record), record.message())
        : now;
  }

  private boolean conducted(RunRecord record) throws IOException {
    return ExperimentLock.owner(ground.at(StoreLayout.LOCKS), record.experiment())
        .filter(owner -> owner.run().equals(record.id()))
        .isPresent();
  }

  /** Who conducts a run of the experiment at the moment. */
  public Optional<RunOwner> owner(String experiment) {
    try {
      return ExperimentLock.owner(ground.at(StoreLayout.LOCKS), experiment);
    } catch (IOException e) {
      throw StoreFailure.io("see who runs " + experiment, home, 0, e);
    }
  }

  private ExperimentLock lock(String experiment) throws IOException {
    return ExperimentLock.acquire(ground, experiment, scratch);
  }

  void write(RunRecord record) throws IOException {
    scratch.replace(folder(record.id()).resolve(RunFolder.RECORD), StoreJson.sealed(record));
  }

  void append(String id, String file, Object line) throws IOException {
    disk.append(folder(id).resolve(file), StoreJson.line(line));
  }

  /** Puts a file into the folder of a run, at once or not at all; an older one is replaced. */
  public void put(String id, String name, String text) throws IOException {
    MisplacedFile.isFolder(folder(id));
    scratch.replace(folder(id).resolve(name), Secrets.mask(text).getBytes(StandardCharsets.UTF_8));
  }

  /** Puts a file there as {@link #put} does, with a digest by which damage is seen. */
  public void keep(String id, String name, String text) throws IOException {
    put(id, name, text);
    put(id, name + DIGEST, Sha256.of(Secrets.mask(text)) + "  " + name + "\n");
  }

  /** A file that was kept in the folder of a run; if it is damaged, that is said. */
  public Optional<byte[]> kept(String id, String name) {
    try {
      byte[] bytes = StoreFile.read(folder(id).resolve(name));
      Path digest = folder(id).resolve(name + DIGEST);
      if (MisplacedFile.isFile(digest)
          && !new String(StoreFile.read(digest), StandardCharsets.ISO_8859_1)
              .startsWith(Sha256.of(bytes))) {
        throw new IOException("its content has changed since it was written");
      }
      return Optional.of(bytes);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      ground.problem(name + " of run " + id + " is damaged and not used: " + Trouble.of(e));
      return Optional.empty();
    }
  }

  /** Whether something has this name in the folder of a run. */
  public boolean isThere(String id, String name) {
    return Files.exists(folder(id).resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** Forgets the page of a run, which is made anew when it is looked at. */
  public void forgetReport(String id) throws IOException {
    ground.delete(DeletablePaths.REPORT, folder(id).resolve(REPORT));
  }

  private String newId() throws IOException {
    ground.createFolders(home);
    for (int attempt = 0; ; attempt++) {
      int digits = attempt < 64 ? 4 : 8;
      long number = ThreadLocalRandom.current().nextLong(1L << (4 * digits));
      String id = ("%0" + digits + "x").formatted(number);
      if (!Files.exists(folder(id), LinkOption.NOFOLLOW_LINKS)) {
        return id;
      }
      if (attempt > 1000) {
        throw new FileAlreadyExistsException(home.toString());
      }
    }
  }
}
