// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.ComparisonJson;
import org.plumbline.engine.report.RunFacts;
import org.plumbline.engine.report.compare.Compare;
import org.plumbline.engine.report.html.HtmlReport;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.runs.Runs;

/** The comparison of a run, computed from the artifacts that its nodes left in the store. */
public final class StoredComparison {

  /** The comparison as data, in the folder of the run. */
  public static final String DATA = "comparison.json";

  /** The comparison as a page, in the folder of the run. */
  public static final String PAGE = Runs.REPORT;

  private final Store store;
  private final RunRecord record;
  private final Plan plan;
  private final RunResults results;

  /** The comparison of a run. */
  public StoredComparison(Store store, RunRecord record, Plan plan) {
    this.store = store;
    this.record = record;
    this.plan = plan;
    this.results = new RunResults(store, record, plan);
  }

  /** Computes it and puts it into the folder of the run, as data and as a page. */
  void write() throws IOException {
    Optional<Comparison> computed = compute();
    if (computed.isEmpty()) {
      return;
    }
    keep(computed.get());
    store.runs().forgetReport(record.id());
  }

  private void keep(Comparison comparison) throws IOException {
    String text = new String(ComparisonJson.write(comparison), StandardCharsets.UTF_8);
    store.runs().keep(record.id(), DATA, text);
  }

  /**
   * The comparison of a run that has ended: the one that was written down, or else, if all of its
   * nodes have results by now, computed anew; with the facts of the run. Empty if the experiment
   * compares nothing, or a result is not there.
   */
  public Optional<Comparison> read() throws IOException {
    Optional<Comparison> comparison = kept();
    if (comparison.isEmpty() && results.complete()) {
      comparison = compute();
      if (comparison.isPresent() && store.runs().isThere(record.id(), DATA)) {
        keep(comparison.get()); // what is there is damaged
      }
    }
    return comparison.map(c -> c.with(new FactsOfRun(store, record, plan).facts(c)));
  }

  /**
   * The comparison of what a run that failed or was stopped has left: the recipes that were
   * measured in as many seeds as the reference was. What is left out is named in the facts of the
   * run. Empty if there are not two recipes, the reference among them.
   */
  public Optional<Comparison> readPart() throws IOException {
    Optional<Comparison> whole = read();
    return whole.isPresent() ? whole : JoinedComparison.of(store, List.of(results));
  }

  private Optional<Comparison> kept() {
    Optional<byte[]> data = store.runs().kept(record.id(), DATA);
    try {
      return data.isEmpty() ? Optional.empty() : Optional.of(ComparisonJson.read(data.get()));
    } catch (IOException e) {
      return Optional.empty(); // of another version; it is computed anew
    }
  }

  /** Writes the page of a run that has ended, beside its data. */
  public Optional<String> writePage() throws IOException {
    Optional<Comparison> comparison = read();
    if (comparison.isEmpty()) {
      return Optional.empty();
    }
    store.runs().put(record.id(), PAGE, HtmlReport.render(comparison.get()));
    return Optional.of(store.runs().where(record.id(), PAGE));
  }

  /**
   * Writes the page of what a run that failed or was stopped has left, beside its data; it names
   * what is left out. Nothing is written if there are not two recipes to compare.
   */
  public Optional<Part> writePart() throws IOException {
    Optional<Comparison> comparison = readPart();
    RunFacts facts = comparison.map(Comparison::run).orElse(null);
    if (comparison.isEmpty() || facts == null) {
      return Optional.empty();
    }
    store.runs().put(record.id(), PAGE, HtmlReport.render(comparison.get()));
    String file = store.runs().where(record.id(), PAGE);
    return Optional.of(new Part(file, comparison.get().recipes().size(), facts.leftOut()));
  }

  /**
   * A report of a part of a run.
   *
   * @param file where it is, as users name it
   * @param recipes how many are compared
   * @param leftOut what is not
   */
  public record Part(String file, int recipes, List<RunFacts.LeftOut> leftOut) {
    public Part {
      leftOut = List.copyOf(leftOut);
    }
  }

  private Optional<Comparison> compute() throws IOException {
    CompareSpec compare = results.experiment().compare();
    if (compare == null) {
      return Optional.empty();
    }
    List<Long> seeds = results.experiment().seeds();
    return Optional.of(Compare.of(Members.of(results, compare).input(compare, seeds)));
  }
}
