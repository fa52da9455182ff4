// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.VariantSpec;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Trigger;
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
        Monitor.defaults(),
        trigger == null ? null : new Trigger(trigger.text().strip(), trigger.feature()),
        compare.samples(),
        compare.margin(),
        shared());
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
    Map<String, FeedbackResult> out = new LinkedHashMap<>();
    for (RunResults run : runs) {
      for (FeedbackResult result : run.feedback(seeds)) {
        if (matters(run, result.recipes())) {
          String name = free(result.name(), out.keySet(), run);
          List<String> users = users(run, result.recipes());
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
        if (matters(run, result.recipes())) {
          String name = free(result.name(), out.keySet(), run);
          List<String> users = users(run, result.recipes());
          out.put(name, new RewardResult(name, users, result.seeds()));
        }
      }
    }
    return List.copyOf(out.values());
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
