// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.metrics;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.tally.ScopeCloseException;
import com.uber.m3.util.Duration;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.util.function.ToDoubleFunction;
import org.plumbline.engine.run.work.ResolvedNode.Resource;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.engine.store.disk.StoreCounts;
import org.plumbline.workflows.temporal.workflow.Queues;

/**
 * All that is measured of a worker: its nodes, its store, its process, and what Temporal's own
 * library measures of its dealings with the server. Thread-safe.
 */
public final class WorkerMetrics implements AutoCloseable {
  private static final double REPORT_SECONDS = 1;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final NodeMeters nodes = new NodeMeters(registry);
  private final Scope temporal =
      new RootScopeBuilder()
          .reporter(new MicrometerClientStatsReporter(registry))
          .reportEvery(Duration.ofSeconds(REPORT_SECONDS));
  private volatile boolean draining;

  private WorkerMetrics() {}

  /** Begins to measure. */
  public static WorkerMetrics start() {
    WorkerMetrics metrics = new WorkerMetrics();
    metrics.registry.config().meterFilter(new FewBuckets());
    metrics.process();
    return metrics;
  }

  /** Temporal's library wants 69 buckets for each of its times, over a megabyte of text. */
  private static final class FewBuckets implements MeterFilter {
    private static final double[] NANOSECONDS = {1e7, 1e8, 1e9, 1e10, 1e11};

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
      return id.getName().startsWith("temporal_")
          ? DistributionStatisticConfig.builder()
              .percentilesHistogram(false)
              .serviceLevelObjectives(NANOSECONDS)
              .build()
              .merge(config)
          : config;
    }
  }

  private void process() {
    new JvmMemoryMetrics().bindTo(registry);
    collections.bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    if (ResidentMemory.isKnown()) {
      Gauge.builder("process.resident.memory", ResidentMemory::bytes)
          .baseUnit("bytes")
          .description("Memory of the process: Java's and that of libtorch and its like together.")
          .register(registry);
    }
  }

  /** What Temporal's library tells. */
  public Scope temporal() {
    return temporal;
  }

  /** The same work, measured. */
  public RunWork measured(RunWork work) {
    return new MeasuredWork(work, nodes, () -> draining);
  }

  /** Tells how many nodes that need this are computed at once. */
  public void slots(Resource resource, int slots) {
    nodes.slots(Queues.kind(new Queues("").nodes(resource)), slots);
  }

  /** Measures what is done with a store. */
  public void store(StoreCounts counts) {
    count(counts, StoreCounts::bytesRead, "plumb.store.read.bytes", "Bytes read from the store.");
    count(
        counts,
        StoreCounts::bytesWritten,
        "plumb.store.written.bytes",
        "Bytes written to the store.");
    count(
        counts,
        StoreCounts::renewals,
        "plumb.lease.renewals",
        "How often it was said of a node that this worker lives.");
    count(
        counts,
        StoreCounts::failedRenewals,
        "plumb.lease.renewals.failed",
        "How often that could not be said.");
    count(
        counts,
        StoreCounts::lostLeases,
        "plumb.leases.lost",
        "Nodes that another worker took over while this one had them.");
  }

  private void count(
      StoreCounts counts, ToDoubleFunction<StoreCounts> value, String name, String description) {
    FunctionCounter.builder(name, counts, value).description(description).register(registry);
  }

  /** From now on what stops is handed back. */
  public void draining() {
    draining = true;
  }

  /** All of it, in the form that Prometheus reads. */
  public String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    try {
      temporal.close();
    } catch (ScopeCloseException e) {
      throw new IllegalStateException("what Temporal's library measured cannot be closed", e);
    }
    collections.close();
    registry.close();
  }
}
