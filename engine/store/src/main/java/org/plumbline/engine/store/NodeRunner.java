package org.plumbline.engine.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.plumbline.engine.plan.ContentDigest;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.PlanNode;

/**
 * Brings nodes to their results: finds the result if it is there, or else runs the stage from its
 * newest checkpoint and stores what it makes. Of all processes that share a store, only one works
 * on a node at a time. Safe for use by several threads.
 */
public final class NodeRunner {
  private static final long POLL_MILLISECONDS = 50;

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
   * @param stop says true from when on work should stop
   */
  public record Task(String run, String experiment, boolean forced, BooleanSupplier stop) {}

  /**
   * Brings a node to its result.
   *
   * @throws StageFailure if the stage can give none
   * @throws StageStopped if it was told to stop
   * @throws StoreFailure if the store cannot be read or written, or an input is not there
   */
  public NodeOutcome run(PlanNode node, Stage stage, Task task, NodeListener listener) {
    String started = Times.now();
    try (FileMutex lock = lock(node, task, listener)) {
      Optional<NodeRecord> done = finished(node, task, listener);
      if (done.isPresent()) {
        String by = done.get().run().equals(task.run()) ? NodeOutcome.RUN : NodeOutcome.REUSE;
        store.checkpoints().clear(node.key());
        return NodeOutcome.of(node.id(), done.get(), by, started);
      }
      verifyFiles(node);
      NodeRecord record = compute(node, stage, task, listener);
      return NodeOutcome.of(node.id(), record, NodeOutcome.RUN, started);
    } catch (IOException | UncheckedIOException e) {
      verifyFiles(node); // perhaps it is not the store that cannot be read, but one of these
      throw StoreFailure.io("bring " + node.id() + " to its result", store.root(), 0, e);
    }
  }

  private FileMutex lock(PlanNode node, Task task, NodeListener listener) throws IOException {
    boolean told = false;
    while (true) {
      Optional<FileMutex> lock = store.tryLockNode(node.key());
      if (lock.isPresent()) {
        return lock.get();
      }
      if (task.stop().getAsBoolean()) {
        throw new StageStopped(0);
      }
      if (!told) {
        listener.waiting();
        told = true;
      }
      Pause.milliseconds(POLL_MILLISECONDS);
    }
  }

  /** The record of the node if its result is there and whole; else all traces of it are removed. */
  private Optional<NodeRecord> finished(PlanNode node, Task task, NodeListener listener)
      throws IOException {
    Optional<NodeRecord> found;
    try {
      found = store.nodes().read(node.key());
    } catch (IOException e) {
      listener.problem(
          "the record of the result of %s cannot be read: %s; it is computed anew"
              .formatted(node.id(), Trouble.of(e)));
      store.nodes().remove(node.key());
      return Optional.empty();
    }
    if (found.isEmpty() || (task.forced() && !found.get().run().equals(task.run()))) {
      return Optional.empty();
    }
    try {
      store.artifacts().open(found.get().artifact());
      return found;
    } catch (StoreFailure failure) {
      listener.problem(failure.getMessage() + "; it is computed anew");
      store.nodes().remove(node.key());
      if (failure.kind() == StoreFailure.Kind.CORRUPT) {
        store.artifacts().setAside(found.get().artifact());
      }
      return Optional.empty();
    }
  }

  private NodeRecord compute(PlanNode node, Stage stage, Task task, NodeListener listener)
      throws IOException {
    Optional<Checkpoints.Found> found =
        store
            .checkpoints()
            .newest(node.key(), listener::problem)
            .filter(checkpoint -> !task.forced() || checkpoint.run().equals(task.run()));
    Long from = found.map(checkpoint -> checkpoint.checkpoint().step()).orElse(null);
    Path output = store.artifacts().scratch().folder();
    try {
      StoreContext context =
          new StoreContext(
              new StoreContext.Work(node, task, output, found.orElse(null)),
              store,
              binder,
              timing,
              listener);
      listener.started(from == null ? 0 : from);
      stage.run(context);
      verifyFiles(node);
      Artifact artifact = store.artifacts().commit(output, node.id());
      NodeRecord record =
          new NodeRecord(
              node.key(),
              node.id(),
              node.parts(),
              artifact.digest(),
              context.seconds(),
              context.steps(),
              from,
              task.run(),
              task.experiment(),
              Times.now(),
              provenance);
      store.nodes().put(record);
      store.checkpoints().clear(node.key());
      return record;
    } finally {
      store.artifacts().scratch().discard(output);
    }
  }

  /** Before and after: a file that is edited meanwhile must not falsify the record of the node. */
  private static void verifyFiles(PlanNode node) {
    for (FileRef file : node.files().values()) {
      String digest;
      try {
        digest = ContentDigest.of(Path.of(file.path()));
      } catch (IOException e) {
        throw StoreFailure.fileGone(file.written(), e);
      }
      if (!digest.equals(file.digest())) {
        throw StoreFailure.fileChanged(file.written(), file.digest(), digest);
      }
    }
  }
}
