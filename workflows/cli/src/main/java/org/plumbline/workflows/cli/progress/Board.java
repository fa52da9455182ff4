// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.progress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.ResolvedNode;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.workflows.cli.progress.NodeState.Stand;

/** Keeps where every node of a run stands. Not thread-safe. */
final class Board implements RunListener {

  private final Map<String, NodeState> nodes = new LinkedHashMap<>();
  private final Clock clock;
  private final Instant begun;
  private double resolvedWeight;
  private boolean comparing;

  Board(Plan plan, Clock clock) {
    plan.nodes().forEach(node -> nodes.put(node.id(), new NodeState(node)));
    this.clock = clock;
    this.begun = clock.instant();
  }

  NodeState of(String id) {
    NodeState state = nodes.get(id);
    if (state == null) {
      throw new IllegalArgumentException("no node of this plan: " + id);
    }
    return state;
  }

  Collection<NodeState> all() {
    return nodes.values();
  }

  List<NodeState> running() {
    return nodes.values().stream().filter(n -> n.stand == Stand.RUNNING).toList();
  }

  long count(Stand stand) {
    return nodes.values().stream().filter(n -> n.stand == stand).count();
  }

  int finished() {
    return (int) nodes.values().stream().filter(NodeState::over).count();
  }

  boolean isComparing() {
    return comparing;
  }

  Instant now() {
    return clock.instant();
  }

  Duration elapsed() {
    return Duration.between(begun, now());
  }

  /** The first node that this one waits for; empty if it waits for a core. */
  Optional<NodeState> waitsFor(NodeState state) {
    return state.node.needs().stream().map(this::of).filter(node -> !node.over()).findFirst();
  }

  /** How long it may still take; empty before half of the work is timed. */
  Optional<Duration> remaining() {
    double all = -resolvedWeight;
    double done = -resolvedWeight;
    for (NodeState state : nodes.values()) {
      all += state.weight();
      done += state.weight() * state.share();
    }
    if (all <= 0 || done < all / 2) {
      return Optional.empty();
    }
    double millis = elapsed().toMillis() * (all - done) / done;
    return Optional.of(Duration.ofMillis(Math.round(millis)));
  }

  /** The rows of the picture: nodes that differ only in their seed, or only measure, are one. */
  List<List<NodeState>> rows() {
    Map<String, List<NodeState>> rows = new LinkedHashMap<>();
    for (NodeState state : nodes.values()) {
      rows.computeIfAbsent(Labels.section(state) + "/" + Labels.name(state), r -> new ArrayList<>())
          .add(state);
    }
    return List.copyOf(rows.values());
  }

  @Override
  public void resolved(Resolution resolution) {
    for (ResolvedNode resolved : resolution.nodes()) {
      if (resolved.artifact() != null) {
        NodeState state = of(resolved.id());
        state.stand = Stand.REUSED;
        resolvedWeight += state.weight();
      }
    }
  }

  @Override
  public void started(String node, long fromStep) {
    of(node).step = fromStep;
    of(node).begin(now());
  }

  @Override
  public void progress(String node, long step, long total, Map<String, Double> metrics) {
    NodeState state = of(node);
    state.step = step;
    state.total = total;
    if (!metrics.isEmpty()) {
      state.metrics = metrics;
    }
  }

  @Override
  public void note(String node, String text) {
    of(node).remark = text;
  }

  @Override
  public void done(String node, NodeResult result) {
    of(node).end(result.reused() ? Stand.REUSED : Stand.DONE, now());
  }

  @Override
  public void retrying(String node, NodeFailure failure, Duration pause) {
    of(node).end(Stand.RETRYING, now());
    of(node).remark = failure.message();
  }

  @Override
  public void failed(String node, NodeFailure failure) {
    of(node).end(Stand.FAILED, now());
    of(node).remark = failure.message();
  }

  @Override
  public void stopped(String node) {
    of(node).end(Stand.STOPPED, now());
  }

  @Override
  public void comparing() {
    comparing = true;
  }
}
