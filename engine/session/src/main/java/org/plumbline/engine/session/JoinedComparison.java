// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.PlanSummary;
import org.plumbline.engine.report.RunFacts;
import org.plumbline.engine.report.compare.Compare;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.RunRecord;

/**
 * One comparison of recipes of several runs, also of different specifications, or of what a run
 * that did not finish has left. The first run names the reference and what is measured by. A recipe
 * whose prompts, values or judge are others is left out and named; one that stands in several runs
 * is one.
 */
public final class JoinedComparison {

  private final Store store;
  private final List<RunResults> runs;
  private final CompareSpec compare;
  private final List<Member> members = new ArrayList<>();
  private final List<RunFacts.LeftOut> leftOut = new ArrayList<>();

  private JoinedComparison(Store store, List<RunResults> runs, CompareSpec compare) {
    this.store = store;
    this.runs = runs;
    this.compare = compare;
  }

  /**
   * The comparison of these runs, with what is known of them; empty if the first compares nothing,
   * or there are not two recipes to compare, the reference of the first among them.
   */
  public static Optional<Comparison> ofRuns(Store store, List<RunRecord> records)
      throws IOException {
    List<RunResults> runs = new ArrayList<>();
    for (RunRecord record : records) {
      runs.add(new RunResults(store, record, store.runs().plan(record.id())));
    }
    return of(store, runs);
  }

  static Optional<Comparison> of(Store store, List<RunResults> runs) throws IOException {
    CompareSpec compare = runs.get(0).experiment().compare();
    return compare == null
        ? Optional.empty()
        : new JoinedComparison(store, runs, compare).compare();
  }

  private Optional<Comparison> compare() throws IOException {
    List<Long> seeds = seeds();
    if (seeds.isEmpty()) {
      return Optional.empty();
    }
    Map<Long, Yardstick> yardsticks = runs.get(0).yardsticks(compare.against());
    for (RunResults run : runs) {
      CompareSpec own = run.experiment().compare();
      if (own == null) {
        leaveOut("run " + run.record().id(), "it compares nothing");
        continue;
      }
      for (Recipe recipe : run.declared(own)) {
        join(run, recipe, seeds, yardsticks);
      }
    }
    if (members.size() < 2) {
      return Optional.empty();
    }
    Comparison compared = Compare.of(new Members(runs, members).input(compare, seeds));
    return Optional.of(compared.with(facts()));
  }

  /**
   * The seeds in which the reference has been measured; of several runs those that all of them
   * have.
   */
  private List<Long> seeds() {
    List<Long> seeds = new ArrayList<>(runs.get(0).measured(compare.against()));
    for (RunResults run : runs) {
      Set<Long> own = new LinkedHashSet<>(run.experiment().seeds());
      for (long seed : seeds) {
        if (!own.contains(seed)) {
          leaveOut("seed " + seed, notOf(run));
        }
      }
      seeds.retainAll(own);
      own.removeAll(runs.get(0).experiment().seeds());
      own.forEach(seed -> leaveOut("seed " + seed, notOf(runs.get(0))));
    }
    for (long seed : runs.get(0).experiment().seeds()) {
      if (!runs.get(0).measured(compare.against()).contains(seed)) {
        leaveOut("seed " + seed, runs.get(0).why(compare.against()));
      }
    }
    if (runs.size() == 1) {
      seeds.retainAll(shared(seeds));
    }
    return seeds;
  }

  private static String notOf(RunResults run) {
    return "run " + run.record().id() + " does not have it";
  }

  /** Of one run: if no other recipe has all seeds, those of the one that has most. */
  private List<Long> shared(List<Long> seeds) {
    List<Long> most = List.of();
    for (Recipe recipe : runs.get(0).declared(compare)) {
      if (!recipe.name().equals(compare.against())) {
        List<Long> own = new ArrayList<>(seeds);
        own.retainAll(runs.get(0).measured(recipe.name()));
        most = own.size() > most.size() ? own : most;
      }
    }
    for (long seed : seeds) {
      if (!most.contains(seed)) {
        leaveOut("seed " + seed, "the other recipes have not been measured in it");
      }
    }
    return most;
  }

  private void leaveOut(String what, String why) {
    RunFacts.LeftOut out = new RunFacts.LeftOut(what, why);
    if (!leftOut.contains(out)) {
      leftOut.add(out);
    }
  }

  private void join(
      RunResults run, Recipe recipe, List<Long> seeds, Map<Long, Yardstick> yardsticks) {
    String shown =
        runs.size() == 1 ? recipe.name() : recipe.name() + " of run " + run.record().id();
    for (Member member : members) {
      if (member.samePolicies(run, recipe.name(), seeds)) {
        return; // it is there already
      }
    }
    if (!run.measured(recipe.name()).containsAll(seeds)) {
      leaveOut(shown, run.why(recipe.name()));
      return;
    }
    Map<Long, Yardstick> own = run.yardsticks(recipe.name());
    for (long seed : seeds) {
      Optional<String> other = measure(own, seed).differs(measure(yardsticks, seed));
      if (other.isPresent()) {
        leaveOut(shown, other.get());
        return;
      }
    }
    boolean taken = members.stream().anyMatch(m -> m.name().equals(recipe.name()));
    members.add(
        new Member(run, recipe, taken ? recipe.name() + "@" + run.record().id() : recipe.name()));
  }

  private static Yardstick measure(Map<Long, Yardstick> yardsticks, long seed) {
    Yardstick found = yardsticks.get(seed);
    if (found == null) {
      throw new IllegalStateException("no evaluation in seed " + seed);
    }
    return found;
  }

  private RunFacts facts() {
    List<RunFacts.RecipeTime> times = new ArrayList<>();
    List<RunFacts.Fact> facts = new ArrayList<>();
    double seconds = 0;
    int interruptions = 0;
    List<String> ids = new ArrayList<>();
    Set<PlanSummary.Note> notes = new LinkedHashSet<>();
    Set<PlanSummary.Constraint> constraints = new LinkedHashSet<>();
    for (RunResults run : runs) {
      FactsOfRun own = new FactsOfRun(store, run.record(), run.plan());
      for (Member member : members) {
        if (member.run() == run) {
          times.add(new RunFacts.RecipeTime(member.name(), own.alone(member.recipe().name())));
        }
      }
      facts.addAll(own.provenance());
      notes.addAll(own.notes());
      constraints.addAll(own.constraints());
      seconds += run.record().seconds();
      interruptions += run.record().interruptions();
      ids.add(run.record().id());
    }
    RunRecord first = runs.get(0).record();
    String command = "plumb compare " + String.join(" ", ids) + " -o report.html";
    return new RunFacts(
        String.join(" + ", ids),
        first.status().word(),
        seconds,
        interruptions,
        times,
        new PlanSummary(
            0, 0, 0, 0, 0, 0, 0, List.of(), List.copyOf(notes), List.copyOf(constraints)),
        facts,
        first.spec().name(),
        runs.size() == 1 ? first.spec().text() : "",
        List.of(new RunFacts.Command(command, "this page")),
        leftOut);
  }
}
