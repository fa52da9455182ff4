// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.progress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.diagnostic.Printable;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.workflows.cli.console.Console;

/** One line per event, without control codes: for logs and pipes. Never silent for long. */
final class EventLines implements RunView {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private final Console console;
  private final Clock clock;
  private final Board board;
  private final int nameWidth;
  private final int seedWidth;
  private final Ticker ticker;
  private Instant spoken;

  EventLines(Console console, Plan plan, Clock clock) {
    this.console = console;
    this.clock = clock;
    this.board = new Board(plan, clock);
    this.nameWidth = board.all().stream().mapToInt(s -> label(s).length()).max().orElse(1);
    this.seedWidth = board.all().stream().mapToInt(s -> s.seed().length()).max().orElse(0);
    this.spoken = clock.instant();
    this.ticker = new Ticker(Duration.ofSeconds(1), this::breakSilence);
  }

  private static String label(NodeState state) {
    return state.node.section().equals("compare") ? state.node.name() : Labels.name(state);
  }

  private void line(NodeState state, String event, String detail) {
    String seed = state.seed();
    String line =
        pad(Labels.section(state), 10)
            + "  "
            + pad(label(state), nameWidth)
            + (seedWidth == 0 ? "" : "  " + pad(seed, seedWidth))
            + "  "
            + pad(event, 5)
            + "  "
            + detail;
    plain(line);
  }

  private void plain(String line) {
    spoken = clock.instant();
    console.say(LocalTime.now(clock).format(TIME) + " " + Printable.line(line.stripTrailing()));
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }

  private synchronized void breakSilence() {
    if (Duration.between(spoken, clock.instant()).compareTo(LONGEST_SILENCE) < 0) {
      return;
    }
    List<NodeState> running = board.running();
    running.forEach(state -> line(state, state.unit(), far(state)));
    if (running.isEmpty()) {
      plain(board.isComparing() ? "comparing" : "waiting");
    }
  }

  private static String far(NodeState state) {
    String metrics = ProgressNumbers.metrics(state.metrics);
    return state.steps() + (metrics.isEmpty() ? "" : "  " + metrics);
  }

  @Override
  public synchronized void resolved(Resolution resolution) {
    board.resolved(resolution);
    long reused = board.count(NodeState.Stand.REUSED);
    if (reused > 0) {
      plain(reused + " of " + board.all().size() + " nodes are in the store already");
    }
  }

  @Override
  public synchronized void started(String node, long fromStep) {
    board.started(node, fromStep);
    NodeState state = board.of(node);
    String from = fromStep > 0 ? "from " + state.unit() + " " + fromStep : state.node.operation();
    line(state, "start", from);
  }

  @Override
  public synchronized void progress(
      String node, long step, long total, Map<String, Double> metrics) {
    board.progress(node, step, total, metrics);
  }

  @Override
  public synchronized void note(String node, String text) {
    board.note(node, text);
    line(board.of(node), "note", text);
  }

  @Override
  public synchronized void done(String node, NodeResult result) {
    board.done(node, result);
    NodeState state = board.of(node);
    String time = Times.minutes(state.spent(board.now()));
    List<String> detail = new ArrayList<>(List.of(result.reused() ? "reused" : time));
    String metrics = ProgressNumbers.metrics(state.metrics);
    if (!metrics.isEmpty()) {
      detail.add(metrics);
    }
    line(state, "done", String.join("  ", detail));
  }

  @Override
  public synchronized void retrying(String node, NodeFailure failure, Duration pause) {
    board.retrying(node, failure, pause);
    String again = "; trying again in " + Math.max(1, pause.toSeconds()) + " s";
    line(board.of(node), "retry", failure.message() + again);
  }

  @Override
  public synchronized void failed(String node, NodeFailure failure) {
    board.failed(node, failure);
    line(board.of(node), "fail", failure.message());
  }

  @Override
  public synchronized void stopped(String node) {
    board.stopped(node);
    line(board.of(node), "stop", far(board.of(node)));
  }

  @Override
  public synchronized void comparing() {
    board.comparing();
    plain("compare     report");
  }

  @Override
  public synchronized void compared() {
    plain(pad("compare", 10) + "  " + pad("report", nameWidth) + "  done");
  }

  @Override
  public void close() {
    ticker.close();
  }
}
