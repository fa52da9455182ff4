// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.session.StoredComparison;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.RunRecord;

/** What a run has that its spec does not say: the content of its files, and its results. */
public final class RunContent {

  private RunContent() {}

  /** The beginning of each file's digest, by its path in the spec. */
  public static Map<String, String> files(Store store, RunRecord record) {
    Map<String, String> files = new LinkedHashMap<>();
    store
        .runs()
        .plan(record.id())
        .nodes()
        .forEach(
            node ->
                node.files()
                    .values()
                    .forEach(f -> files.put(f.written(), Phrase.brief(f.digest()))));
    return files;
  }

  /** The metrics of each recipe, as in {@code ppo.win_rate}; none if the run is not complete. */
  public static Map<String, String> metrics(Store store, RunRecord record) {
    Map<String, String> metrics = new LinkedHashMap<>();
    try {
      Comparison comparison =
          new StoredComparison(store, record, store.runs().plan(record.id())).read().orElse(null);
      if (comparison != null) {
        for (Metric metric : comparison.metrics()) {
          for (Cell cell : metric.cells()) {
            String text = "%.4g".formatted(cell.value().value());
            metrics.put(cell.recipe() + "." + metric.id(), text);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return metrics;
  }
}
