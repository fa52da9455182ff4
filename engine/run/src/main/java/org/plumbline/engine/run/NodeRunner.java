// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.NodeLease;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.content.SavedCheckpoint;
import org.plumbline.engine.store.disk.Trouble;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.NodeRecord;
import org.plumbline.engine.store.record.Provenance;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.record.Timestamps;

/**
 * Brings nodes to their results: finds the result if it is there, or else runs the stage from its
 * newest checkpoint and stores what it makes. Of all processes that share a store, only one works
 * on a node at a time. Safe for use by several threads.
 */
public final class NodeRunner {
  private final Store store;
  private final SettingsBinder binder;
  private final Provenance provenance;
  private final CheckpointTiming timing;

  /** A runner that saves checkpoints when {@code timing} says. */
  public NodeRunner(
      Store store, SettingsBinder binder, Provenance provenance, CheckpointTiming timing) {
    this.store = store;
    this.binder = binder;
    this.provenance = provenance;
    this.timing = timing;
  }

  /**
   * On whose behalf a node is brought to its result.
   *
   * @param run short name of the run
   * @param experiment that it is a run of
   * @param forced whether a result that another run has made does not count
   * @param inputs digests of the artifacts that it reads, by the keys of the nodes that made them
   * @param stop says true from when on work should stop
   */
  public record Task(
      String run,
      String experiment,
      boolean forced,
      Map<String, String> inputs,
      BooleanSupplier stop) {
    public Task {
      inputs = Map.copyOf(inputs);
    }
  }

  /** A node that this thread alone works on, and for whom. */
  record Claim(PlanNode node, Task task, NodeLease lease) {}

  /**
   * Brings a node to its result.
   *
   * @throws StageFailure if the stage can give none
   * @throws StageStopped if it was told to stop
   * @throws StoreFailure if the store cannot be read or written, or an input is not there
   */
  public NodeOutcome run(PlanNode node, Stage stage, Task task, NodeListener listener) {
    String started = Timestamps.now();
    try (NodeLease lease = lease(node, task, listener)) {
      Optional<NodeRecord> done = finished(lease, node, task, listener);
      if (done.isPresent()) {
        String by = done.get().run().equals(task.run()) ? NodeOutcome.RUN : NodeOutcome.REUSE;
        lease.clearCheckpoints();
        return NodeOutcome.of(node.id(), done.get(), by, started);
      }
      verifyFiles(node);
      NodeRecord record = compute(new Claim(node, task, lease), stage, listener);
      return NodeOutcome.of(node.id(), record, NodeOutcome.RUN, started);
    } catch (IOException | UncheckedIOException e) {
      verifyFiles(node); // perhaps it is not the store that cannot be read, but one of these
      throw StoreFailure.io("bring " + node.id() + " to its result", store.root(), 0, e);
    }
  }

  private NodeLease lease(PlanNode node, Task task, NodeListener listener) throws IOException {
    return store
        .lease(node.key(), task.stop(), listener::waiting)
        .orElseThrow(() -> new StageStopped(0));
  }

  /** The record of the node if its result is there and whole; else all traces of it are removed. */
  private Optional<NodeRecord> finished(
      NodeLease lease, PlanNode node, Task task, NodeListener listener) throws IOException {
    Optional<NodeRecord> found;
    try {
      found = lease.record();
    } catch (IOException e) {
      listener.problem(
          "the record of the result of %s cannot be read: %s; it is computed anew"
              .formatted(node.id(), Trouble.of(e)));
      lease.forget();
      return Optional.empty();
    }
    if (found.isEmpty() || (task.forced() && !found.get().run().equals(task.run()))) {
      return Optional.empty();
    }
    if (!found.get().inputs().equals(task.inputs())) {
      // Keys promise that equal inputs have equal bytes; whoever forces a node asks to doubt that.
      listener.note("its result is of other inputs than these; it is computed anew");
      return Optional.empty();
    }
    try {
      store.artifacts().require(found.get().artifact());
      return found;
    } catch (StoreFailure failure) {
      listener.problem(failure.getMessage() + "; it is computed anew");
      lease.forget();
      if (failure.kind() == StoreFailure.Kind.CORRUPT) {
        lease.setAside(found.get().artifact());
      }
      return Optional.empty();
    }
  }

  private NodeRecord compute(Claim claim, Stage stage, NodeListener listener) throws IOException {
    PlanNode node = claim.node();
    Task task = claim.task();
    NodeLease lease = claim.lease();
    Optional<SavedCheckpoint> found =
        lease
            .checkpoint(listener::problem)
            .filter(checkpoint -> !task.forced() || checkpoint.run().equals(task.run()))
            .filter(checkpoint -> checkpoint.inputs().equals(task.inputs()));
    Long from = found.map(checkpoint -> checkpoint.checkpoint().step()).orElse(null);
    Path output = lease.outputFolder();
    try (StoreContext context =
        new StoreContext(
            new StoreContext.Work(claim, output, found.orElse(null)),
            store,
            binder,
            timing,
            listener)) {
      listener.started(from == null ? 0 : from);
      stage.run(context);
      verifyFiles(node);
      Artifact artifact = lease.commit(output, node.id());
      NodeRecord record =
          new NodeRecord(
              node.key(),
              node.id(),
              node.parts(),
              task.inputs(),
              artifact.digest(),
              context.seconds(),
              context.watched(),
              context.steps(),
              from,
              task.run(),
              task.experiment(),
              Timestamps.now(),
              context.notes(),
              provenance);
      lease.finish(record);
      return record;
    } finally {
      lease.discard(output);
    }
  }

  /** Before and after: what is damaged meanwhile must not falsify the record of the node. */
  private void verifyFiles(PlanNode node) {
    node.files().values().forEach(store.inputs()::open);
  }
}
