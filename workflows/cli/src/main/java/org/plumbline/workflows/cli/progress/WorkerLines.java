// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.progress;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.plumbline.dsl.model.diagnostic.Printable;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.workflows.cli.console.Console;

/** What a worker says of a run that it has a part in: one line per event. */
public final class WorkerLines implements RunListener {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Console console;
  private final String run;

  public WorkerLines(Console console, String run) {
    this.console = console;
    this.run = run;
  }

  private void line(String node, String event, String detail) {
    String text =
        "%s  %-5s  %s%s".formatted(run, event, node, detail.isEmpty() ? "" : "  " + detail);
    console.say(LocalTime.now(ZoneId.systemDefault()).format(TIME) + " " + Printable.line(text));
  }

  @Override
  public void started(String node, long fromStep) {
    line(node, "start", fromStep > 0 ? "from step " + fromStep : "");
  }

  @Override
  public void note(String node, String text) {
    line(node, "note", text);
  }

  @Override
  public void done(String node, NodeResult result) {
    line(node, "done", result.reused() ? "reused" : "");
  }

  @Override
  public void retrying(String node, NodeFailure failure, Duration pause) {
    line(node, "retry", failure.message() + "; in " + Math.max(1, pause.toSeconds()) + " s");
  }

  @Override
  public void failed(String node, NodeFailure failure) {
    line(node, "fail", failure.message());
  }

  @Override
  public void stopped(String node) {
    line(node, "back", "at a checkpoint");
  }

  @Override
  public void comparing() {
    line("comparison", "start", "");
  }

  @Override
  public void compared() {
    line("comparison", "done", "");
  }
}
