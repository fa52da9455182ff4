// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.content.Asker;
import org.plumbline.engine.store.content.CheckpointId;
import org.plumbline.engine.store.content.KeptAnswers;
import org.plumbline.engine.store.content.SavedCheckpoint;
import org.plumbline.engine.store.disk.Pause;
import org.plumbline.engine.store.lease.Lease;
import org.plumbline.engine.store.lease.Renewals;
import org.plumbline.engine.store.record.NodeRecord;
import org.plumbline.engine.store.record.NodeRecords;
import org.plumbline.engine.store.record.StoreFailure;

/**
 * The right to work on a node: of all processes that share a store, and all threads of each, one
 * has it at a time. All that changes a node's record, checkpoints and answers goes through it. It
 * is lost when the process dies, or gives no sign of life for too long.
 *
 * <p>Whoever has lost it is told before it writes. A write that was begun before does no harm
 * either: results are named by their content, checkpoints and answers by their holder's token, and
 * a record is written only if none is there.
 */
public final class NodeLease implements AutoCloseable {
  private final Store store;
  private final String key;
  private final Lease lease;
  private final Future<?> renewal;
  private volatile boolean lost;
  private @Nullable String recordVersion;
  private @Nullable String collections;

  private NodeLease(Store store, String key, Lease lease) {
    this.store = store;
    this.key = key;
    this.lease = lease;
    this.renewal = Renewals.every(store.leases().time().renewal(), this::renew);
  }

  private static NodeLease of(Store store, String key, Lease lease) throws IOException {
    boolean kept = false;
    try {
      lease.exceed(store.checkpoints().newestToken(key));
      NodeLease node = new NodeLease(store, key, lease);
      kept = true;
      return node;
    } finally {
      if (!kept) {
        lease.close();
      }
    }
  }

  private void renew() {
    try {
      holds(lease.renew());
      store.counts().renewed();
    } catch (IOException | StoreFailure e) {
      // It is tried again soon; whoever writes asks whether it still has the right.
      store.counts().notRenewed();
    }
  }

  static Optional<NodeLease> await(Store store, String key, BooleanSupplier stop, Runnable waiting)
      throws IOException {
    boolean told = false;
    while (true) {
      Optional<Lease> lease = store.leases().tryAcquire(key);
      if (lease.isPresent()) {
        return Optional.of(of(store, key, lease.get()));
      }
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      if (!told) {
        waiting.run();
        told = true;
      }
      Pause.milliseconds(store.leases().pause().toMillis());
    }
  }

  /**
   * The record of the node, if it has finished. Its artifact may be gone.
   *
   * @throws IOException if there is a record that cannot be read
   */
  public Optional<NodeRecord> record() throws IOException {
    Optional<NodeRecords.Kept> kept = store.nodes().kept(key);
    recordVersion = kept.map(NodeRecords.Kept::version).orElse(null);
    return kept.map(NodeRecords.Kept::record);
  }

  /** Removes the record; if something else is in its place, that is put out of the way. */
  public void forget() throws IOException {
    mustHold();
    store.nodes().remove(key);
    recordVersion = null;
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
    collections = store.collectors().state();
    return store.blobs().prepare();
  }

  /** A new empty folder in which a checkpoint is prepared. */
  public Path checkpointFolder() throws IOException {
    return store.checkpoints().prepare();
  }

  /** Deletes a folder that was prepared and not taken over, now or when it can be done. */
  public void discard(Path prepared) {
    store.blobs().discard(prepared);
  }

  /**
   * Takes over a prepared folder that holds the state after a step; the two newest are kept.
   *
   * @param about the {@code seconds} of work so far, and the {@code run}
   * @return how many bytes it holds
   */
  public long saveCheckpoint(long step, Path prepared, Map<String, Object> about)
      throws IOException {
    mustHold();
    return store.checkpoints().commit(key, new CheckpointId(step, lease.token()), prepared, about);
  }

  /**
   * What was answered to the node from outside since it began.
   *
   * @param run that asks
   * @param counts whether the answers that a run was given count
   */
  public KeptAnswers answers(String run, Predicate<String> counts) throws IOException {
    KeptAnswers kept = store.checkpoints().answers(key, new Asker(lease.token(), run, counts));
    return new KeptAnswers() {
      @Override
      public Optional<String> find(String question) {
        return kept.find(question);
      }

      @Override
      public void keep(String question, String answer) throws IOException {
        mustHold();
        kept.keep(question, answer);
      }
    };
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
    String before = recordVersion;
    boolean first =
        before == null
            ? store.nodes().create(record)
            : store.nodes().replace(record, before); // one that does not count
    if (!first) {
      throw StoreFailure.leaseLost(store.leases().time().length());
    }
    mustHaveStayed(record);
    clearCheckpoints();
  }

  /** What the node gave may have been there before, and have been removed just now. */
  private void mustHaveStayed(NodeRecord record) throws IOException {
    String before = collections;
    if (before != null
        && store.collectors().awaitEnd(before, text -> {})
        && !store.blobs().restore(record.artifact())) {
      store.nodes().remove(key);
      throw StoreFailure.collected();
    }
  }

  /**
   * Makes sure that this process still has the right, as far as it knows.
   *
   * @throws StoreFailure if another process has it
   */
  public void requireHeld() {
    if (lost) {
      throw StoreFailure.leaseLost(store.leases().time().length());
    }
  }

  /** Whoever has lost the right must not write over what the next one has written. */
  private void mustHold() throws IOException {
    holds(lease.isHeld());
    requireHeld();
  }

  private synchronized void holds(boolean held) {
    if (!held && !lost) {
      store.counts().lost();
    }
    lost |= !held;
  }

  /** Deletes all checkpoints and answers of the node but those of holders that came later. */
  public void clearCheckpoints() throws IOException {
    store.checkpoints().clear(key, lease.token());
  }

  /** Gives the right back. */
  @Override
  public void close() throws IOException {
    renewal.cancel(false);
    lease.close();
  }
}
