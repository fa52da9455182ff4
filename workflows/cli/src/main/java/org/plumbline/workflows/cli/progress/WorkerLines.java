// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.progress;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.workflows.cli.progress.WorkerLog.Level;
import org.plumbline.workflows.cli.progress.WorkerLog.Place;

/** What a worker says of a run that it has a part in: one line per event. */
public final class WorkerLines implements RunListener {
  private static final String COMPARISON = "comparison";

  private final WorkerLog log;
  private final String run;
  private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

  public WorkerLines(WorkerLog log, String run) {
    this.log = log;
    this.run = run;
  }

  private void line(Level level, String node, String event, String detail) {
    log.say(level, new Place(run, node, attempts.getOrDefault(node, 0)), event, detail);
  }

  @Override
  public void taken(String node, int attempt) {
    attempts.put(node, attempt);
  }

  @Override
  public void started(String node, long fromStep) {
    line(Level.INFO, node, "start", fromStep > 0 ? "from step " + fromStep : "");
  }

  @Override
  public void note(String node, String text) {
    line(Level.INFO, node, "note", text);
  }

  @Override
  public void done(String node, NodeResult result) {
    line(Level.INFO, node, "done", result.reused() ? "reused" : "");
  }

  @Override
  public void retrying(String node, NodeFailure failure, Duration pause) {
    String again = "; in " + Math.max(1, pause.toSeconds()) + " s";
    line(Level.WARN, node, "retry", failure.message() + again);
  }

  @Override
  public void failed(String node, NodeFailure failure) {
    line(Level.ERROR, node, "fail", failure.message());
  }

  @Override
  public void stopped(String node) {
    line(Level.INFO, node, "back", "at a checkpoint");
  }

  @Override
  public void comparing() {
    line(Level.INFO, COMPARISON, "start", "");
  }

  @Override
  public void compared() {
    line(Level.INFO, COMPARISON, "done", "");
  }
}
