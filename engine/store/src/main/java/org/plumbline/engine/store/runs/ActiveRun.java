// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.runs;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.record.Timestamps;

/**
 * A run that this process conducts, or has a part in where a server conducts it. Safe for use by
 * several threads. If a run that this process conducts is closed without having ended, or the
 * process dies, it counts as interrupted.
 */
public final class ActiveRun implements AutoCloseable {
  private final Runs runs;
  private final Plan plan;
  private final Closeable lock;
  private final Map<String, NodeOutcome> outcomes;
  private RunRecord record;
  private boolean closed;

  ActiveRun(Runs runs, RunRecord record, Plan plan, Closeable lock) {
    this.runs = runs;
    this.record = record;
    this.plan = plan;
    this.lock = lock;
    this.outcomes = new LinkedHashMap<>(runs.outcomes(record.id()));
  }

  /** Its short name. */
  public String id() {
    return record.id();
  }

  /** What is known of it. */
  public synchronized RunRecord record() {
    return record;
  }

  /** Its plan. */
  public Plan plan() {
    return plan;
  }

  /** Where a file of it is, as users name it. */
  public String where(String file) {
    return runs.where(record.id(), file);
  }

  /** Whether it has a file of this name. */
  public boolean has(String file) {
    return runs.isThere(record.id(), file);
  }

  /** What became of its nodes so far, by id. */
  public synchronized Map<String, NodeOutcome> outcomes() {
    return new LinkedHashMap<>(outcomes);
  }

  /**
   * Writes down what became of a node. That a node which this very run has computed was found again
   * after an interruption is no news.
   */
  public synchronized void outcome(NodeOutcome outcome) {
    NodeOutcome before = outcomes.get(outcome.node());
    if (before != null
        && before.failure() == null
        && outcome.action().equals(NodeOutcome.REUSE)
        && outcome.key().equals(before.key())
        && Objects.equals(outcome.artifact(), before.artifact())) {
      return;
    }
    outcomes.put(outcome.node(), outcome);
    append(RunFolder.NODES, outcome);
  }

  /**
   * Writes down that something happened, with the time.
   *
   * @param type such as {@code node-started}
   * @param about plain data
   */
  public synchronized void event(String type, Map<String, Object> about) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("time", Timestamps.now());
    event.put("event", type);
    event.putAll(about);
    append(RunFolder.EVENTS, event);
  }

  private void append(String file, Object line) {
    try {
      runs.append(record.id(), file, line);
    } catch (IOException e) {
      throw StoreFailure.io("write down the course of run " + record.id(), runs.local(), 0, e);
    }
  }

  /**
   * Ends the run and lets others run the experiment.
   *
   * @param status finished, failed or cancelled
   * @param message why it failed, or null
   */
  public synchronized void end(RunStatus status, @Nullable String message) {
    if (status == RunStatus.RUNNING || status == RunStatus.INTERRUPTED) {
      throw new IllegalArgumentException("a run does not end as " + status.word());
    }
    List<RunRecord.Session> sessions = new ArrayList<>(record.sessions());
    int last = sessions.size() - 1;
    RunRecord.Session session = sessions.get(last);
    sessions.set(
        last,
        new RunRecord.Session(
            session.started(), Timestamps.now(), session.pid(), session.host(), true));
    try {
      record = record.with(status, sessions, message);
      runs.write(record);
    } catch (IOException e) {
      throw StoreFailure.io("write down the end of run " + record.id(), runs.local(), 0, e);
    } finally {
      close();
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      lock.close();
    } catch (IOException e) {
      throw StoreFailure.io("release run " + record.id(), runs.local(), 0, e);
    }
  }
}
