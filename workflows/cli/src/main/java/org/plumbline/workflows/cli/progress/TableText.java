// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plumbline.dsl.model.diagnostic.Printable;
import org.plumbline.workflows.cli.console.Style;
import org.plumbline.workflows.cli.progress.NodeState.Stand;

/** Writes the rows of the picture. */
final class TableText {

  private static final int BAR = 40;
  private static final int TIME_WIDTH = 8;

  private final Board board;
  private final int width;
  private final boolean colour;

  TableText(Board board, int columns, boolean colour) {
    this.board = board;
    this.width = Math.max(40, Math.min(columns, 80));
    this.colour = colour;
  }

  /** All rows if there is room; else those that something happens in. */
  List<String> table(int room) {
    List<List<NodeState>> rows = board.rows();
    if (rows.size() <= room) {
      return lines(rows);
    }
    List<List<NodeState>> busy =
        rows.stream()
            .filter(row -> row.stream().anyMatch(TableText::notable))
            .limit(room - 1)
            .toList();
    List<String> lines = new ArrayList<>(lines(busy));
    lines.add("  " + (rows.size() - busy.size()) + " more");
    return lines;
  }

  private static boolean notable(NodeState state) {
    return state.stand == Stand.RUNNING
        || state.stand == Stand.FAILED
        || state.stand == Stand.RETRYING;
  }

  private List<String> lines(List<List<NodeState>> rows) {
    int names = rows.stream().mapToInt(r -> Labels.name(r.get(0)).length()).max().orElse(1);
    List<String> lines = new ArrayList<>();
    String before = "";
    for (List<NodeState> row : rows) {
      String section = Labels.section(row.get(0));
      lines.add(line(row, section.equals(before) ? "" : section, Math.min(names, 28)));
      before = section;
    }
    return lines;
  }

  private String line(List<NodeState> row, String section, int names) {
    String sign = sign(row);
    long over = row.stream().filter(NodeState::over).count();
    String count = "%5s".formatted(over + "/" + row.size());
    String text =
        Printable.line(
            "  %-11s %s %s  %s  %s"
                .formatted(section, sign, pad(Labels.name(row.get(0)), names), count, detail(row)));
    String time = time(row);
    String padded = pad(clip(text, width - TIME_WIDTH), width - TIME_WIDTH);
    String line = padded + " ".repeat(TIME_WIDTH - time.length()) + time;
    return line.replaceFirst(sign, style(sign).of(sign, colour));
  }

  private String time(List<NodeState> row) {
    Duration time = Duration.ZERO;
    for (NodeState state : row) {
      time = time.plus(state.spent(board.now()));
    }
    return time.toMillis() < 500 ? "" : Times.minutes(time);
  }

  private static Style style(String sign) {
    return switch (sign) {
      case "✖" -> Style.BAD;
      case "▸" -> Style.BUSY;
      case "✔", "↺" -> Style.GOOD;
      default -> Style.FAINT;
    };
  }

  private static String sign(List<NodeState> row) {
    if (row.stream().anyMatch(s -> s.stand == Stand.FAILED)) {
      return "✖";
    }
    if (row.stream().anyMatch(s -> s.stand == Stand.RUNNING || s.stand == Stand.RETRYING)) {
      return "▸";
    }
    if (row.stream().allMatch(s -> s.stand == Stand.REUSED)) {
      return "↺";
    }
    return row.stream().allMatch(NodeState::over) ? "✔" : "·";
  }

  private String detail(List<NodeState> row) {
    for (NodeState state : row) {
      if (state.stand == Stand.FAILED || state.stand == Stand.RETRYING) {
        return (state.seed().isEmpty() ? "" : state.seed() + ": ") + state.remark;
      }
    }
    for (NodeState state : row) {
      if (state.stand == Stand.RUNNING) {
        return running(row, state);
      }
    }
    if (row.stream().allMatch(s -> s.stand == Stand.REUSED)) {
      return "reused";
    }
    return waiting(row);
  }

  private String waiting(List<NodeState> row) {
    NodeState last = row.get(row.size() - 1);
    for (NodeState state : row) {
      if (state.stand == Stand.STOPPED) {
        return "stopped at " + state.unit() + " " + state.steps();
      }
      if (!state.over()) {
        Optional<NodeState> needed = board.waitsFor(state);
        return "waits for " + needed.map(Labels::name).orElse("a core");
      }
    }
    return ProgressNumbers.metrics(last.metrics);
  }

  private static String running(List<NodeState> row, NodeState state) {
    List<String> parts = new ArrayList<>();
    if (state.node.section().equals("compare")) {
      parts.add(state.node.entry());
    }
    if (row.size() > 1 && !state.seed().isEmpty()) {
      parts.add(state.seed());
    }
    if (state.total > 0) {
      parts.add(state.unit() + " " + state.steps());
    }
    String metrics = ProgressNumbers.metrics(state.metrics);
    if (!metrics.isEmpty()) {
      parts.add(metrics);
    }
    return String.join("  ", parts);
  }

  /** The bar below the rows. */
  String bar() {
    int all = board.all().size();
    int done = board.finished();
    int filled = all == 0 ? BAR : (int) ((long) BAR * done / all);
    String times =
        board.isComparing() && done == all
            ? "comparing"
            : Times.minutes(board.elapsed())
                + board.remaining().map(r -> ", about " + Times.minutes(r) + " to go").orElse("");
    String counts = "  " + done + " of " + all + "   " + times;
    return "  " + Style.GOOD.of("█".repeat(filled), colour) + "░".repeat(BAR - filled) + counts;
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }

  /** The text, cut to a width. */
  static String clip(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
  }
}
