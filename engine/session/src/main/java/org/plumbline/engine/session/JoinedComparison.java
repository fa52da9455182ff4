// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.model.VariantSpec;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.PlanSummary;
import org.plumbline.engine.report.RunFacts;
import org.plumbline.engine.report.Trigger;
import org.plumbline.engine.report.compare.Compare;
import org.plumbline.engine.report.compare.ComparisonInput;
import org.plumbline.engine.report.compare.ComparisonInput.FeedbackResult;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.RewardResult;
import org.plumbline.engine.report.compare.Monitor;
import org.plumbline.engine.report.compare.RecipeSettings;
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

  /** A recipe of a run, under the name that it has in the comparison. */
  private record Member(RunResults run, Recipe recipe, String name) {

    Recipe renamed() {
      return new Recipe(name, recipe.policy(), recipe.experiment(), recipe.variantOf());
    }
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
    Comparison compared = Compare.of(input(seeds));
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
          leaveOut("seed " + seed, "run " + run.record().id() + " does not have it");
        }
      }
      seeds.retainAll(own);
    }
    for (long seed : runs.get(0).experiment().seeds()) {
      if (!runs.get(0).measured(compare.against()).contains(seed)) {
        leaveOut("seed " + seed, runs.get(0).why(compare.against()));
      }
    }
    return seeds;
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
      if (samePolicies(member, run, recipe, seeds)) {
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

  private static boolean samePolicies(
      Member member, RunResults run, Recipe recipe, List<Long> seeds) {
    Map<Long, String> one = member.run().policies(member.recipe().name());
    Map<Long, String> other = run.policies(recipe.name());
    return member.run() != run
        && seeds.stream().allMatch(s -> String.valueOf(one.get(s)).equals(other.get(s)));
  }

  private ComparisonInput input(List<Long> seeds) throws IOException {
    List<RecipeResult> recipes = new ArrayList<>();
    Map<String, VariantSpec> variants = new LinkedHashMap<>();
    for (Member member : members) {
      VariantSpec variant = member.run().experiment().variants().get(member.recipe().name());
      if (variant != null) {
        variants.put(member.name(), variant);
      }
    }
    Set<String> names = new LinkedHashSet<>(members.stream().map(Member::name).toList());
    for (Member member : members) {
      var described = RecipeSettings.describe(member.renamed(), variants);
      String of = described.variantOf();
      recipes.add(
          new RecipeResult(
              new org.plumbline.engine.report.ComparedRecipe(
                  described.name(),
                  described.method(),
                  described.label(),
                  of != null && names.contains(of) ? of : null),
              member.run().results(member.recipe().name(), seeds)));
    }
    CompareSpec.Trigger trigger = compare.trigger();
    String experiment =
        String.join(
            " + ", new LinkedHashSet<>(runs.stream().map(r -> r.experiment().name()).toList()));
    return new ComparisonInput(
        experiment,
        compare.against(),
        recipes,
        seeds,
        RecipeSettings.of(members.stream().map(Member::renamed).toList(), variants),
        feedback(seeds),
        rewards(seeds),
        Monitor.defaults(),
        trigger == null ? null : new Trigger(trigger.text().strip(), trigger.feature()),
        compare.samples(),
        compare.margin(),
        shared());
  }

  /** The recipes that the reward model cannot judge, under the names that they have here. */
  private Map<String, String> shared() {
    Map<String, String> shared = new LinkedHashMap<>();
    for (Member member : members) {
      CompareSpec own = member.run().experiment().compare();
      String what = own == null ? null : member.run().shared(own).get(member.recipe().name());
      if (what != null) {
        shared.put(member.name(), what);
      }
    }
    return shared;
  }

  private List<FeedbackResult> feedback(List<Long> seeds) throws IOException {
    Map<String, FeedbackResult> out = new LinkedHashMap<>();
    for (RunResults run : runs) {
      for (FeedbackResult result : run.feedback(seeds)) {
        List<String> users = users(run, result.recipes());
        if (!users.isEmpty()) {
          String name = free(result.name(), out.keySet(), run);
          out.put(name, new FeedbackResult(name, users, result.seeds()));
        }
      }
    }
    return List.copyOf(out.values());
  }

  private List<RewardResult> rewards(List<Long> seeds) throws IOException {
    Map<String, RewardResult> out = new LinkedHashMap<>();
    for (RunResults run : runs) {
      for (RewardResult result : run.rewards(seeds)) {
        List<String> users = users(run, result.recipes());
        if (!users.isEmpty()) {
          String name = free(result.name(), out.keySet(), run);
          out.put(name, new RewardResult(name, users, result.seeds()));
        }
      }
    }
    return List.copyOf(out.values());
  }

  private static String free(String name, Set<String> taken, RunResults run) {
    return taken.contains(name) ? name + "@" + run.record().id() : name;
  }

  /** Those of a run's recipes that are compared, under the names that they have here. */
  private List<String> users(RunResults run, List<String> recipes) {
    return members.stream()
        .filter(m -> m.run() == run && recipes.contains(m.recipe().name()))
        .map(Member::name)
        .toList();
  }

  private RunFacts facts() {
    List<RunFacts.RecipeTime> times = new ArrayList<>();
    List<RunFacts.Fact> facts = new ArrayList<>();
    double seconds = 0;
    int interruptions = 0;
    List<String> ids = new ArrayList<>();
    for (RunResults run : runs) {
      FactsOfRun own = new FactsOfRun(store, run.record(), run.plan());
      for (Member member : members) {
        if (member.run() == run) {
          times.add(new RunFacts.RecipeTime(member.name(), own.alone(member.recipe().name())));
        }
      }
      facts.addAll(own.provenance());
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
        new PlanSummary(0, 0, 0, 0, 0, 0, 0, List.of()),
        facts,
        first.spec().name(),
        runs.size() == 1 ? first.spec().text() : "",
        List.of(new RunFacts.Command(command, "this page")),
        leftOut);
  }
}
