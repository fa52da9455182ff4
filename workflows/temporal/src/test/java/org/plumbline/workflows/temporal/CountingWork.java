// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.StageStopped;
import org.plumbline.engine.run.work.NodeChannel;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.NodeTask;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.ResolvedNode;
import org.plumbline.engine.run.work.ResolvedNode.Resource;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.engine.store.record.RunStatus;

/** Work whose artifacts are strings in memory, with checkpoints and with failures on demand. */
final class CountingWork implements RunWork {

  /** What a node does in place of counting. */
  interface Trick {
    void play(int attempt) throws IOException;
  }

  private final List<ResolvedNode> plan = new ArrayList<>();
  final Map<String, String> artifacts = new ConcurrentHashMap<>();
  final Map<String, Long> checkpoints = new ConcurrentHashMap<>();
  final Map<String, Trick> tricks = new ConcurrentHashMap<>();
  final Map<String, Integer> attempts = new ConcurrentHashMap<>();
  final AtomicInteger now = new AtomicInteger();
  final AtomicInteger most = new AtomicInteger();
  final AtomicInteger compared = new AtomicInteger();
  final List<RunStatus> ends = new CopyOnWriteArrayList<>();
  final long steps;

  CountingWork(long steps) {
    this.steps = steps;
  }

  CountingWork node(String id, String operation, String... needs) {
    plan.add(new ResolvedNode(id, operation, List.of(needs), null, Resource.CPU));
    return this;
  }

  /** A base, a reward and three recipes on them. */
  static CountingWork recipes(long steps) {
    return new CountingWork(steps)
        .node("base", "pretrain")
        .node("sft", "supervised", "base")
        .node("rm", "bradley-terry", "sft")
        .node("ppo", "ppo", "sft", "rm")
        .node("dpo", "dpo", "sft")
        .node("best-of-4", "best-of-n", "sft", "rm");
  }

  @Override
  public Resolution resolve(String run) {
    return new Resolution(
        plan.stream()
            .map(
                n ->
                    new ResolvedNode(
                        n.id(), n.operation(), n.needs(), artifacts.get(n.id()), n.resource()))
            .toList());
  }

  @Override
  public NodeResult compute(NodeTask task, NodeChannel channel) throws IOException {
    int attempt = attempts.merge(task.node(), 1, Integer::sum);
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    try {
      Trick trick = tricks.get(task.node());
      if (trick != null) {
        trick.play(attempt);
      }
      count(task.node(), channel);
    } finally {
      now.decrementAndGet();
    }
    String artifact = task.node() + task.inputs();
    artifacts.put(task.node(), artifact);
    return new NodeResult(artifact, false);
  }

  private void count(String node, NodeChannel channel) {
    long from = checkpoints.getOrDefault(node, 0L);
    channel.started(from);
    for (long step = from + 1; step <= steps; step++) {
      pause();
      channel.progress(step, steps, Map.of("loss", 1.0 / step));
      if (channel.stopRequested()) {
        checkpoints.put(node, step);
        throw new StageStopped(step);
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void compare(String run) {
    compared.incrementAndGet();
  }

  @Override
  public void end(String run, RunStatus status, @Nullable String message) {
    ends.add(status);
  }
}
