// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.store.disk.Trouble;
import org.plumbline.engine.store.lease.CollectorSign;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.RunOwner;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunServer;
import org.plumbline.engine.store.record.RunStart;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.StoreFailure;

/** What was run. */
public final class Runs {
  /** The page of a run, made when it is looked at. */
  public static final String REPORT = "report.html";

  private static final Pattern ID = Pattern.compile("[0-9a-f]{4,8}");

  private final RunHome home;
  private final ExperimentLock.Owners owners;
  private final RunBeginnings beginnings;

  /** Those that are kept there. */
  public Runs(RunHome home) {
    this.home = home;
    this.owners = new ExperimentLock.Owners(home.conducting(), home.owners());
    CollectorSign collectors = new CollectorSign(home.conducting(), home.owners());
    this.beginnings = new RunBeginnings(this, owners, collectors, home);
  }

  /**
   * Starts a run. Only one run of an experiment can be under way in a store.
   *
   * @throws StoreFailure {@code BUSY}, naming its process, if there is one already
   */
  public ActiveRun start(RunStart start) {
    return beginnings.start(start, null);
  }

  /** Starts a run as {@link #start} does, for a server to conduct it once this process lets go. */
  public ActiveRun start(RunStart start, RunServer server) {
    return beginnings.start(start, server);
  }

  /**
   * Goes on with a run.
   *
   * @throws StoreFailure {@code BUSY}, naming its process, if the experiment is under way
   */
  public ActiveRun resume(String id) {
    return beginnings.resume(id, null);
  }

  /** Goes on with a run as {@link #resume} does, for a server to conduct it. */
  public ActiveRun resume(String id, RunServer server) {
    return beginnings.resume(id, server);
  }

  /**
   * A run that a server conducts, to write down what this process has a part in. Any number of
   * processes may have it at once.
   */
  public ActiveRun join(String id) {
    RunRecord record = read(id);
    return new ActiveRun(this, record, plan(record.id()), () -> {});
  }

  /** Takes a run back from a server, as one that was interrupted: the server has gone for good. */
  public void takeBack(String id) {
    try {
      RunRecord record = at(id).record();
      if (record.served()) {
        write(
            record
                .with(RunStatus.INTERRUPTED, at(id).closed(record), record.message())
                .conductedBy(null));
      }
    } catch (IOException e) {
      throw StoreFailure.io("take back run " + id, home.local(), 0, e);
    }
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
      for (String id : home.names()) {
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
      throw StoreFailure.io("list the runs", home.local(), 0, e);
    }
  }

  /** All runs that can be read, newest first; what is wrong with the others is said. */
  public List<RunRecord> list() {
    Listing listing = listing();
    listing
        .damaged()
        .forEach((id, why) -> home.problem("run " + id + " is damaged and left out: " + why));
    return listing.runs();
  }

  /**
   * A run.
   *
   * @param id its short name, or the beginning of it if that names one run only
   * @throws StoreFailure if there is no such run, or its record is damaged
   */
  public RunRecord read(String id) {
    if (ID.matcher(id).matches() && home.isThere(id)) {
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
      home.problem("the plan of run " + id + " is damaged: " + Trouble.of(e));
      return Optional.empty();
    }
  }

  /** What became of the nodes of a run so far, by id, in the order of their ends. */
  public Map<String, NodeOutcome> outcomes(String id) {
    try {
      return at(id).outcomes();
    } catch (IOException e) {
      home.problem("what became of the nodes of run " + id + " is lost: " + Trouble.of(e));
      return new LinkedHashMap<>();
    }
  }

  /** The events of a run, in order: one JSON object each. */
  public List<String> events(String id) {
    try {
      return at(id).events();
    } catch (IOException e) {
      home.problem("the events of run " + id + " are lost: " + Trouble.of(e));
      return List.of();
    }
  }

  /**
   * What was added to the course of a run since the last look.
   *
   * @throws StoreFailure if it cannot be read
   */
  public RunNews news(String id, RunNews before) {
    try {
      return at(id).news(before);
    } catch (IOException e) {
      throw StoreFailure.io("read the course of run " + id, home.local(), 0, e);
    }
  }

  RunFolder at(String id) {
    return new RunFolder(id, home);
  }

  /** Where a file of a run is, as users name it; empty for all of them. */
  public String where(String id, String file) {
    return home.where(id, file);
  }

  /** What it is on this machine that may fail. */
  Path local() {
    return home.local();
  }

  private RunRecord seen(RunRecord record) throws IOException {
    if (record.status() != RunStatus.RUNNING || record.served() || conducted(record)) {
      return record;
    }
    // Once more: it may have ended after it was read and before nobody was seen to conduct it.
    RunRecord now = at(record.id()).record();
    return now.equals(record)
        ? record.with(RunStatus.INTERRUPTED, at(record.id()).closed(record), record.message())
        : now;
  }

  private boolean conducted(RunRecord record) throws IOException {
    return owners
        .owner(record.experiment())
        .filter(owner -> owner.run().equals(record.id()))
        .isPresent();
  }

  /** Who conducts a run of the experiment at the moment. */
  public Optional<RunOwner> owner(String experiment) {
    try {
      return owners.owner(experiment);
    } catch (IOException e) {
      throw StoreFailure.io("see who runs " + experiment, home.local(), 0, e);
    }
  }

  void write(RunRecord record) throws IOException {
    at(record.id()).write(record);
  }

  void append(String id, String file, Object line) throws IOException {
    at(id).append(file, line);
  }

  /** Puts a file into the folder of a run, at once or not at all; an older one is replaced. */
  public void put(String id, String name, String text) throws IOException {
    at(id).put(name, text);
  }

  /** Puts a file there as {@link #put} does, with a digest by which damage is seen. */
  public void keep(String id, String name, String text) throws IOException {
    at(id).keep(name, text);
  }

  /** A file that was kept in the folder of a run; if it is damaged, that is said. */
  public Optional<byte[]> kept(String id, String name) {
    try {
      return at(id).kept(name);
    } catch (IOException e) {
      home.problem(name + " of run " + id + " is damaged and not used: " + Trouble.of(e));
      return Optional.empty();
    }
  }

  /** Whether something has this name in the folder of a run. */
  public boolean isThere(String id, String name) {
    return home.isThere(id, name);
  }

  /** Forgets the page of a run, which is made anew when it is looked at. */
  public void forgetReport(String id) throws IOException {
    home.forget(id, REPORT);
  }
}
