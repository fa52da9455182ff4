// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** What is measured of the nodes that this process computes. Thread-safe. */
final class NodeMeters {
  private static final double NANOS = 1e9;
  private static final String OPERATION = "operation";

  /** From what is read at once to what is trained for days. */
  private static final Duration[] BUCKETS = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10),
    Duration.ofHours(1),
    Duration.ofHours(6),
    Duration.ofDays(1)
  };

  private final MeterRegistry registry;
  private final Set<Current> current = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> used = new ConcurrentHashMap<>();

  NodeMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("plumb.node.silence", this, NodeMeters::longestSilence)
        .baseUnit("seconds")
        .description("Since the last progress of the current node that has been silent longest.")
        .register(registry);
  }

  private double longestSilence() {
    long now = System.nanoTime();
    return current.stream().mapToLong(node -> now - node.heard).max().orElse(0) / NANOS;
  }

  /** Tells how many nodes of a queue are computed at once. */
  void slots(String queue, int slots) {
    AtomicInteger taken = used(queue);
    gauge(queue, "used", taken::get);
    gauge(queue, "free", () -> slots - taken.get());
  }

  private void gauge(String queue, String state, IntSupplier count) {
    Gauge.builder("plumb.slots", count::getAsInt)
        .tags("queue", queue, "state", state)
        .description("Nodes that can be computed at once.")
        .register(registry);
  }

  private AtomicInteger used(String queue) {
    return used.computeIfAbsent(queue, word -> new AtomicInteger());
  }

  /** A node is begun. */
  Current begin(String operation, String queue) {
    Counter.builder("plumb.nodes.started")
        .tag(OPERATION, operation)
        .description("Nodes that this worker began with.")
        .register(registry)
        .increment();
    Current node = new Current(operation, used(queue));
    current.add(node);
    return node;
  }

  /** A node that is being computed. */
  final class Current {
    private final String operation;
    private final AtomicInteger slot;
    private final long begun = System.nanoTime();
    private volatile long heard = begun;

    private Current(String operation, AtomicInteger slot) {
      this.operation = operation;
      this.slot = slot;
      slot.incrementAndGet();
    }

    /** It came on. */
    void progress() {
      heard = System.nanoTime();
    }

    /** It saved a checkpoint. */
    void checkpoint(long bytes, Duration time) {
      Timer.builder("plumb.checkpoint")
          .tag(OPERATION, operation)
          .description("Checkpoints that were saved.")
          .register(registry)
          .record(time);
      Counter.builder("plumb.checkpoint.bytes")
          .tag(OPERATION, operation)
          .description("Bytes of the checkpoints that were saved.")
          .register(registry)
          .increment((double) bytes);
    }

    /**
     * It has ended.
     *
     * @param outcome in a word
     */
    void end(String outcome) {
      current.remove(this);
      slot.decrementAndGet();
      Timer.builder("plumb.node")
          .tags(OPERATION, operation, "outcome", outcome)
          .serviceLevelObjectives(BUCKETS)
          .description("Nodes that ended here, and for how long they were here.")
          .register(registry)
          .record(Duration.ofNanos(System.nanoTime() - begun));
    }
  }
}
