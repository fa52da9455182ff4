// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.progress;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.diagnostic.Printable;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Painted;
import org.plumbline.workflows.cli.console.Style;

/** One line per name, redrawn in place; its height does not change while the run goes on. */
final class LiveTable implements RunView {

  private static final Duration PACE = Duration.ofMillis(200);

  private final Console console;
  private final Board board;
  private final TableText rows;
  private final List<String> remarks = new ArrayList<>();
  private final Ticker ticker;
  private int drawn;
  private boolean changed = true;
  private boolean closed;

  LiveTable(Console console, Plan plan, Clock clock) {
    this.console = console;
    this.board = new Board(plan, clock);
    this.rows = new TableText(board, console.terminal().columns(), console.colourErr());
    this.ticker = new Ticker(PACE, this::tick);
  }

  private synchronized void tick() {
    if (!closed && (changed || !board.running().isEmpty())) {
      draw();
    }
  }

  private void draw() {
    changed = false;
    List<String> lines = new ArrayList<>(rows.table(room()));
    lines.add(rows.bar());
    StringBuilder picture = new StringBuilder();
    if (drawn > 0) {
      picture.append("\u001b[").append(drawn).append("F\u001b[J");
    }
    for (String remark : remarks) {
      picture.append(remark).append('\n');
    }
    remarks.clear();
    lines.forEach(line -> picture.append(line).append('\n'));
    console.draw(Painted.escaped(picture.toString()));
    drawn = lines.size();
  }

  // A picture that is higher than the screen cannot be redrawn: what has scrolled away stays.
  private int room() {
    return Math.max(3, console.terminal().rows() - 3);
  }

  private void remark(String node, String word, Style style, String text) {
    NodeState state = board.of(node);
    String name = Labels.name(state) + (state.seed().isEmpty() ? "" : "  " + state.seed());
    String line =
        TableText.clip(
            Printable.line("  " + word + "  " + name + "  " + text), console.terminal().columns());
    remarks.add(line.replaceFirst(word, style.of(word, console.colourErr())));
    changed = true;
  }

  @Override
  public synchronized void resolved(Resolution resolution) {
    board.resolved(resolution);
    changed = true;
  }

  @Override
  public synchronized void started(String node, long fromStep) {
    board.started(node, fromStep);
    changed = true;
  }

  @Override
  public synchronized void progress(
      String node, long step, long total, Map<String, Double> metrics) {
    board.progress(node, step, total, metrics);
    changed = true;
  }

  @Override
  public synchronized void note(String node, String text) {
    board.note(node, text);
    remark(node, "note", Style.FAINT, text);
  }

  @Override
  public synchronized void done(String node, NodeResult result) {
    board.done(node, result);
    changed = true;
  }

  @Override
  public synchronized void retrying(String node, NodeFailure failure, Duration pause) {
    board.retrying(node, failure, pause);
    String again = "; trying again in " + Math.max(1, pause.toSeconds()) + " s";
    remark(node, "warn", Style.WARNING, failure.message() + again);
  }

  @Override
  public synchronized void failed(String node, NodeFailure failure) {
    board.failed(node, failure);
    changed = true;
  }

  @Override
  public synchronized void stopped(String node) {
    board.stopped(node);
    changed = true;
  }

  @Override
  public synchronized void comparing() {
    board.comparing();
    changed = true;
  }

  @Override
  public void close() {
    ticker.close();
    synchronized (this) {
      if (!closed) {
        draw();
        closed = true;
      }
    }
  }
}
