// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.VariantSpec;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Trigger;
import org.plumbline.engine.report.compare.Asked;
import org.plumbline.engine.report.compare.ComparisonInput;
import org.plumbline.engine.report.compare.ComparisonInput.FeedbackResult;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.RewardResult;
import org.plumbline.engine.report.compare.Monitor;
import org.plumbline.engine.report.compare.RecipeSettings;

/**
 * The recipes of one comparison, whatever runs they are of: reads their results and puts together
 * what a comparison is computed from.
 *
 * @param runs in the order in which they were named; the first says what is measured by
 * @param recipes in the order of the comparison
 */
record Members(List<RunResults> runs, List<Member> recipes) {

  Members {
    runs = List.copyOf(runs);
    recipes = List.copyOf(recipes);
  }

  /** All that is compared in one run. */
  static Members of(RunResults run, CompareSpec compare) {
    return new Members(
        List.of(run),
        run.declared(compare).stream().map(r -> new Member(run, r, r.name())).toList());
  }

  /**
   * What the comparison of them is computed from.
   *
   * @param compare of the first run
   * @param seeds in which all of them were measured
   */
  ComparisonInput input(CompareSpec compare, List<Long> seeds) throws IOException {
    Map<String, VariantSpec> variants = new LinkedHashMap<>();
    recipes.forEach(m -> m.variant().ifPresent(v -> variants.put(m.name(), v)));
    CompareSpec.Trigger trigger = compare.trigger();
    return new ComparisonInput(
        String.join(
            " + ", new LinkedHashSet<>(runs.stream().map(r -> r.experiment().name()).toList())),
        compare.against(),
        results(variants, seeds),
        seeds,
        RecipeSettings.of(recipes.stream().map(Member::renamed).toList(), variants),
        feedback(seeds),
        rewards(seeds),
        Monitor.of(compare.monitors()),
        trigger == null ? null : new Trigger(trigger.text().strip(), trigger.feature()),
        compare.samples(),
        compare.margin(),
        shared(),
        Asked.of(compare.metrics()));
  }

  private List<RecipeResult> results(Map<String, VariantSpec> variants, List<Long> seeds)
      throws IOException {
    Set<String> names = new LinkedHashSet<>(recipes.stream().map(Member::name).toList());
    List<RecipeResult> out = new ArrayList<>();
    for (Member member : recipes) {
      ComparedRecipe described = RecipeSettings.describe(member.renamed(), variants);
      String of = described.variantOf();
      // What it varies may not be compared.
      out.add(
          new RecipeResult(
              described.variantOf(of != null && names.contains(of) ? of : null),
              member.run().results(member.recipe().name(), seeds)));
    }
    return out;
  }

  /** The recipes that the reward model cannot judge. */
  private Map<String, String> shared() {
    Map<String, String> shared = new LinkedHashMap<>();
    recipes.forEach(m -> m.shared().ifPresent(what -> shared.put(m.name(), what)));
    return shared;
  }

  private List<FeedbackResult> feedback(List<Long> seeds) throws IOException {
    Shared<FeedbackResult> out =
        new Shared<>(
            FeedbackResult::recipes,
            (r, n, u) -> new FeedbackResult(n, u, r.seeds(), r.examples(), r.traits()));
    for (RunResults run : runs) {
      run.feedback(seeds).forEach((key, result) -> out.add(run, key, result.name(), result));
    }
    return out.results();
  }

  private List<RewardResult> rewards(List<Long> seeds) throws IOException {
    Shared<RewardResult> out =
        new Shared<>(
            RewardResult::recipes,
            (r, n, u) -> new RewardResult(n, u, r.seeds(), r.measures(), r.feedback()));
    for (RunResults run : runs) {
      run.rewards(seeds).forEach((key, result) -> out.add(run, key, result.name(), result));
    }
    return out.results();
  }

  /** What recipes of several runs were trained by: what stands in several is one. */
  private final class Shared<T> {

    /** The same result under another name, with those of the compared that it trained. */
    interface Renaming<R> {
      R of(R result, String name, List<String> users);
    }

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, T> byName = new LinkedHashMap<>();
    private final Function<T, List<String>> recipesOf;
    private final Renaming<T> renaming;

    Shared(Function<T, List<String>> recipesOf, Renaming<T> renaming) {
      this.recipesOf = recipesOf;
      this.renaming = renaming;
    }

    void add(RunResults run, String key, String name, T result) {
      List<String> trained = recipesOf.apply(result);
      if (!matters(run, trained)) {
        return;
      }
      String known = names.get(key);
      String own = known == null ? free(name, byName.keySet(), run) : known;
      Set<String> users = new LinkedHashSet<>();
      T earlier = byName.get(own);
      if (earlier != null) {
        users.addAll(recipesOf.apply(earlier));
      }
      users.addAll(users(run, trained));
      names.put(key, own);
      byName.put(own, renaming.of(result, own, List.copyOf(users)));
    }

    List<T> results() {
      return List.copyOf(byName.values());
    }
  }

  /** Whether anything that is compared is trained by it; or nothing at all is: it judges. */
  private boolean matters(RunResults run, List<String> trained) {
    return trained.isEmpty() ? run == runs.get(0) : !users(run, trained).isEmpty();
  }

  private static String free(String name, Set<String> taken, RunResults run) {
    return taken.contains(name) ? name + "@" + run.record().id() : name;
  }

  /** Those of a run's recipes that are compared, under the names that they have here. */
  private List<String> users(RunResults run, List<String> trained) {
    return recipes.stream()
        .filter(m -> m.run() == run && trained.contains(m.recipe().name()))
        .map(Member::name)
        .toList();
  }
}
