// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.StoreFailure;

/**
 * The prompts of a run, in its artifacts; its corpora in the store, or unchanged where they were.
 */
final class StoredPrompts implements SeenPrompts.Source {
  /** What is larger is not looked at: a report would have to wait for it each time. */
  private static final long MOST_BYTES = 1L << 28;

  private final Store store;

  StoredPrompts(Store store) {
    this.store = store;
  }

  @Override
  public Optional<Path> rows(PlanNode data, String part) throws IOException {
    Path rows =
        store
            .result(data.key())
            .map(artifact -> artifact.file(part.isEmpty() ? "rows.jsonl" : part + ".jsonl"))
            .orElse(null);
    return rows != null && small(rows) ? Optional.of(rows) : Optional.empty();
  }

  @Override
  public Optional<Path> corpus(FileRef file) throws IOException {
    Optional<Path> copy = copy(file);
    if (copy.isPresent()) {
      return small(copy.get()) ? copy : Optional.empty();
    }
    Path path = Path.of(file.path()); // runs of older versions have no copies
    return small(path) && Sha256.of(path).equals(file.digest())
        ? Optional.of(path)
        : Optional.empty();
  }

  private Optional<Path> copy(FileRef file) {
    try {
      return store.inputs().find(file);
    } catch (StoreFailure damaged) {
      return Optional.empty(); // whoever computes with it says so
    }
  }

  private static boolean small(Path file) throws IOException {
    return Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES;
  }
}
