// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.workflows.cli.console.Console;

/** One JSON object per event and line on stdout: for programs. */
final class JsonEvents implements RunView {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Console console;
  private final String run;
  private final Board board;
  private final Clock clock;
  private final Map<String, Instant> told = new HashMap<>();

  JsonEvents(Console console, String run, Plan plan, Clock clock) {
    this.console = console;
    this.run = run;
    this.board = new Board(plan, clock);
    this.clock = clock;
  }

  private Map<String, Object> event(String name) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", name);
    event.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    event.put("run", run);
    return event;
  }

  private Map<String, Object> event(String name, String node) {
    Map<String, Object> event = event(name);
    event.put("node", node);
    return event;
  }

  private void write(Map<String, Object> event) {
    try {
      console.json(MAPPER.writeValueAsString(event));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event must always be writable: " + event, e);
    }
  }

  @Override
  public void resolved(Resolution resolution) {
    board.resolved(resolution);
    Map<String, Object> event = event("resolved");
    event.put("nodes", board.all().size());
    event.put("reused", board.count(NodeState.Stand.REUSED));
    write(event);
  }

  @Override
  public void started(String node, long fromStep) {
    board.started(node, fromStep);
    Map<String, Object> event = event("started", node);
    event.put("operation", board.of(node).node.operation());
    event.put("resumedFrom", fromStep > 0 ? fromStep : null);
    write(event);
  }

  @Override
  public void progress(String node, long step, long total, Map<String, Double> metrics) {
    board.progress(node, step, total, metrics);
    Instant last = told.getOrDefault(node, Instant.MIN);
    if (last.isAfter(clock.instant().minus(PACE))) {
      return;
    }
    told.put(node, clock.instant());
    Map<String, Object> event = event("progress", node);
    event.put("step", step);
    event.put("total", total);
    Map<String, Object> finite = new LinkedHashMap<>();
    metrics.forEach((name, value) -> finite.put(name, Double.isFinite(value) ? value : null));
    event.put("metrics", finite);
    write(event);
  }

  @Override
  public void note(String node, String text) {
    Map<String, Object> event = event("note", node);
    event.put("text", text);
    write(event);
  }

  @Override
  public void done(String node, NodeResult result) {
    board.done(node, result);
    Map<String, Object> event = event("done", node);
    event.put("action", result.reused() ? "reuse" : "run");
    event.put("artifact", result.artifact());
    event.put("seconds", board.of(node).spent(board.now()).toMillis() / 1000.0);
    write(event);
  }

  @Override
  public void retrying(String node, NodeFailure failure, Duration pause) {
    board.retrying(node, failure, pause);
    Map<String, Object> event = failure("retrying", node, failure);
    event.put("pauseSeconds", pause.toMillis() / 1000.0);
    write(event);
  }

  @Override
  public void failed(String node, NodeFailure failure) {
    board.failed(node, failure);
    write(failure("failed", node, failure));
  }

  private Map<String, Object> failure(String name, String node, NodeFailure failure) {
    Map<String, Object> event = event(name, node);
    event.put("code", failure.code());
    event.put("message", failure.message());
    event.put("help", failure.help());
    event.put("attempts", failure.attempts());
    return event;
  }

  @Override
  public void stopped(String node) {
    board.stopped(node);
    Map<String, Object> event = event("stopped", node);
    event.put("step", board.of(node).step);
    write(event);
  }

  @Override
  public void compared() {
    write(event("compared"));
  }

  @Override
  public void close() {}
}
