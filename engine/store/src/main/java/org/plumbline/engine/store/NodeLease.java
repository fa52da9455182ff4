// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.content.KeptAnswers;
import org.plumbline.engine.store.content.SavedCheckpoint;
import org.plumbline.engine.store.disk.Pause;
import org.plumbline.engine.store.lease.Lease;
import org.plumbline.engine.store.record.NodeRecord;

/**
 * The right to work on a node: of all processes that share a store, and all threads of each, one
 * has it at a time. All that changes a node's record, checkpoints and answers goes through it. The
 * system takes it back when the process dies.
 */
public final class NodeLease implements AutoCloseable {
  private static final long POLL_MILLISECONDS = 50;

  private final Store store;
  private final String key;
  private final Lease lease;

  private NodeLease(Store store, String key, Lease lease) {
    this.store = store;
    this.key = key;
    this.lease = lease;
  }

  static Optional<NodeLease> await(Store store, String key, BooleanSupplier stop, Runnable waiting)
      throws IOException {
    boolean told = false;
    while (true) {
      Optional<Lease> lease = store.leases().tryAcquire(key);
      if (lease.isPresent()) {
        return Optional.of(new NodeLease(store, key, lease.get()));
      }
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      if (!told) {
        waiting.run();
        told = true;
      }
      Pause.milliseconds(POLL_MILLISECONDS);
    }
  }

  /**
   * The record of the node, if it has finished. Its artifact may be gone.
   *
   * @throws IOException if there is a record that cannot be read
   */
  public Optional<NodeRecord> record() throws IOException {
    return store.nodes().read(key);
  }

  /** Removes the record; if something else is in its place, that is put out of the way. */
  public void forget() throws IOException {
    store.nodes().remove(key);
  }

  /** Puts a damaged artifact out of the way, so that it can be made anew. */
  public void setAside(String digest) throws IOException {
    store.artifacts().setAside(digest);
  }

  /**
   * The newest checkpoint whose digests are right.
   *
   * @param problem is told of damaged ones, which are deleted
   */
  public Optional<SavedCheckpoint> checkpoint(Consumer<String> problem) throws IOException {
    return store.checkpoints().newest(key, problem);
  }

  /** A new empty folder in which a result is prepared. */
  public Path outputFolder() throws IOException {
    return store.blobs().prepare();
  }

  /** A new empty folder in which a checkpoint is prepared. */
  public Path checkpointFolder() throws IOException {
    return store.checkpoints().scratch().folder();
  }

  /** Deletes a folder that was prepared and not taken over, now or when it can be done. */
  public void discard(Path prepared) {
    store.scratch().discard(prepared);
  }

  /**
   * Takes over a prepared folder that holds the state after a step; the two newest are kept.
   *
   * @param about the {@code seconds} of work so far, and the {@code run}
   */
  public void saveCheckpoint(long step, Path prepared, Map<String, Object> about)
      throws IOException {
    mustHold();
    store.checkpoints().commit(key, step, prepared, about);
  }

  /**
   * What was answered to the node from outside since it began.
   *
   * @param run that asks
   * @param counts whether the answers that a run was given count
   */
  public KeptAnswers answers(String run, Predicate<String> counts) throws IOException {
    return store.checkpoints().answers(key, run, counts);
  }

  /**
   * Takes over a prepared folder of finished files, which is then no longer where it was.
   *
   * @param what whose result it is, for messages
   */
  public Artifact commit(Path prepared, String what) {
    return store.artifacts().commit(prepared, what);
  }

  /** Writes down that the node has finished; its checkpoints are not needed any more. */
  public void finish(NodeRecord record) throws IOException {
    if (!record.key().equals(key)) {
      throw new IllegalArgumentException("not the record of " + key + ": " + record.key());
    }
    mustHold();
    store.nodes().put(record);
    clearCheckpoints();
  }

  /** Whoever has lost the right must not write over what the next one has written. */
  private void mustHold() throws IOException {
    if (!lease.renew()) {
      throw new IOException("another process may have the right to work on it meanwhile");
    }
  }

  /** Deletes all checkpoints and answers of the node. */
  public void clearCheckpoints() throws IOException {
    store.checkpoints().clear(key);
  }

  /** Gives the right back. */
  @Override
  public void close() throws IOException {
    lease.close();
  }
}
