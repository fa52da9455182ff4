// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.ResolvedNode;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.disk.Pause;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.StoreJson;
import org.plumbline.engine.store.runs.RunNews;
import org.plumbline.engine.store.runs.Runs;

/**
 * Follows a run that a process conducts, from anywhere that sees the store: reads what that process
 * writes down, until nobody conducts the run any more.
 */
public final class RecordFollower {
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final Runs runs;
  private final Plan plan;
  private final String run;
  private final RunListener listener;
  private final Map<String, PlanNode> nodes;
  private final Map<String, NodeOutcome> told = new HashMap<>();
  private RunNews news = RunNews.NONE;

  /**
   * Follows a run.
   *
   * @param listener hears what happens, and first what has happened so far
   */
  public RecordFollower(Store store, String run, Plan plan, RunListener listener) {
    this.runs = store.runs();
    this.run = run;
    this.plan = plan;
    this.nodes = plan.byId();
    this.listener = listener;
  }

  /**
   * Follows it until nobody conducts it any more, and says how it is then.
   *
   * @param enough says true from when on nobody looks on any more
   * @return empty if that was before the end
   */
  public Optional<RunRecord> follow(BooleanSupplier enough) throws IOException {
    RunRecord record = runs.read(run);
    Instant since = Instant.parse(record.sessions().get(record.sessions().size() - 1).started());
    news = runs.news(run, news);
    resolved();
    while (true) {
      news.events().forEach(line -> event(line, since));
      news.outcomes().forEach(this::outcome);
      if (record.status() != RunStatus.RUNNING) {
        return Optional.of(
            record); // all that it has written down was there when it was seen to have ended
      }
      if (enough.getAsBoolean()) {
        return Optional.empty();
      }
      Pause.milliseconds(PAUSE.toMillis());
      record = runs.read(run);
      news = runs.news(run, news);
    }
  }

  /** What is finished when one begins to look on. */
  private void resolved() {
    news.outcomes().forEach(outcome -> told.put(outcome.node(), outcome));
    List<ResolvedNode> resolved = new ArrayList<>();
    for (PlanNode node : plan.nodes()) {
      NodeOutcome outcome = told.get(node.id());
      String artifact = outcome == null ? null : outcome.artifact();
      resolved.add(
          new ResolvedNode(
              node.id(), node.operation(), node.needs(), artifact, ResolvedNode.Resource.CPU));
    }
    listener.resolved(new Resolution(resolved));
  }

  private void outcome(NodeOutcome outcome) {
    if (!nodes.containsKey(outcome.node()) || outcome.equals(told.put(outcome.node(), outcome))) {
      return;
    }
    String artifact = outcome.artifact();
    if (artifact == null) {
      listener.note(outcome.node(), "failed: " + outcome.failure());
      listener.stopped(outcome.node()); // whether it is tried again is not written down
    } else {
      boolean reused = outcome.action().equals(NodeOutcome.REUSE);
      listener.done(outcome.node(), new NodeResult(artifact, reused));
    }
  }

  /** Of the process that conducts it now: what others had begun, it begins again. */
  private void event(String line, Instant since) {
    Map<?, ?> event = read(line);
    String node = String.valueOf(event.get("node"));
    if (nodes.containsKey(node)
        && event.get("time") instanceof String time
        && !Instant.parse(time).isBefore(since)) {
      tell(node, event);
    }
  }

  private void tell(String node, Map<?, ?> event) {
    NodeOutcome outcome = told.get(node);
    if (outcome != null && outcome.artifact() != null) {
      return;
    }
    String text = String.valueOf(event.get("text"));
    switch (String.valueOf(event.get("event"))) {
      case "node-started" ->
          listener.started(node, event.get("from") instanceof Number from ? from.longValue() : 0);
      case "node-stopped" -> listener.stopped(node);
      case "note", "problem" -> listener.note(node, text);
      default -> {
        // Of the run as a whole.
      }
    }
  }

  private static Map<?, ?> read(String line) {
    try {
      return StoreJson.read(line, Map.class);
    } catch (IOException e) {
      return Map.of(); // a line that a process died in
    }
  }
}
