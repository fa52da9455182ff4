// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.PlanNode;

/** What is known of one node while the run goes on. */
final class NodeState {

  /** Where a node stands. */
  enum Stand {
    WAITING,
    RUNNING,
    RETRYING,
    REUSED,
    DONE,
    STOPPED,
    FAILED
  }

  final PlanNode node;
  Stand stand = Stand.WAITING;
  long step;
  long total;
  Map<String, Double> metrics = Map.of();
  String remark = "";
  private @Nullable Instant begun;
  private Duration spent = Duration.ZERO;

  NodeState(PlanNode node) {
    this.node = node;
  }

  void begin(Instant now) {
    stand = Stand.RUNNING;
    begun = now;
  }

  void end(Stand how, Instant now) {
    stand = how;
    spent = spent(now);
    begun = null;
  }

  /** The time that it has taken in this run so far. */
  Duration spent(Instant now) {
    return begun == null ? spent : spent.plus(Duration.between(begun, now));
  }

  boolean over() {
    return stand == Stand.DONE || stand == Stand.REUSED;
  }

  /** How much of the whole plan's work this is, roughly: steps and a little for the rest. */
  double weight() {
    return 1 + node.steps();
  }

  /** The share of it that is done. */
  double share() {
    if (over()) {
      return 1;
    }
    return total == 0 ? 0 : Math.min(1, (double) step / total);
  }

  /** {@code seed 2}, or nothing if it is the same for all seeds. */
  String seed() {
    return node.seed() == 0 ? "" : "seed " + node.seed();
  }

  /** {@code 240/400}, or nothing. */
  String steps() {
    return total == 0 ? "" : step + "/" + total;
  }

  /** What it is counted in. */
  String unit() {
    return node.settings().containsKey("updates") ? "update" : "step";
  }
}
