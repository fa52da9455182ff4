// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.ArrayList;
import java.util.List;

/** The invented run that made {@link ComparisonFixture}. */
final class RunFixture {

  private static final String ALL =
      "sft,ppo,dpo,best-of-16,constitutional,ppo-without-kl,ppo-poisoned";

  /** name | section | operation | reused seeds | seconds | steps | recipes | inputs. */
  private static final String NODES =
      """
      base | models | pretrain | 3 | 123 | 800 | ALL |
      sft | policies | supervised | 3 | 36 | 100 | ALL | base
      revised | policies | critique-revision | 0 | 51 | 0 | constitutional | sft
      pairs | feedback | sample | 3 | 18 | 0 | ppo,dpo,best-of-16,ppo-without-kl,ppo-poisoned | sft
      prefs | feedback | comparisons | 3 | 3 | 0 | ppo,dpo,best-of-16,ppo-without-kl | pairs
      prefs, troll 6 | feedback | comparisons | 0 | 3 | 0 | ppo-poisoned | pairs
      judged | feedback | comparisons | 0 | 9 | 0 | constitutional | revised
      rm | rewards | bradley-terry | 3 | 42 | 800 | ppo,best-of-16,ppo-without-kl | prefs
      rm, troll 6 | rewards | bradley-terry | 0 | 42 | 800 | ppo-poisoned | prefs, troll 6
      ai-rm | rewards | bradley-terry | 0 | 42 | 800 | constitutional | judged
      ppo | policies | ppo | 3 | 114 | 400 | ppo | rm
      dpo | policies | dpo | 3 | 33 | 200 | dpo | prefs
      best-of-16 | policies | best-of-n | 3 | 27 | 0 | best-of-16 | rm
      constitutional | policies | constitutional | 0 | 111 | 400 | constitutional | ai-rm
      ppo-without-kl | variants | ppo | 0 | 120 | 400 | ppo-without-kl | rm
      ppo-poisoned | variants | ppo | 0 | 114 | 400 | ppo-poisoned | rm, troll 6
      """;

  private RunFixture() {}

  static RunFacts facts() {
    double[] minutes = {5.7, 11.6, 7.5, 8.7, 12.8, 11.8, 11.6};
    List<RunFacts.RecipeTime> times = new ArrayList<>();
    for (int i = 0; i < minutes.length; i++) {
      times.add(new RunFacts.RecipeTime(List.of(ALL.split(",")).get(i), minutes[i] * 60));
    }
    return new RunFacts(
        "c41e",
        "finished",
        1065,
        1,
        times,
        plan(),
        List.of(
            new RunFacts.Fact("run", "c41e, finished 2026-03-14 10:22 UTC, by plumb 0.1.0"),
            new RunFacts.Fact("specification", "kind-and-brief.plumb.yaml, d712c36f30d5…"),
            new RunFacts.Fact("corpus.txt", "aa12c36f30d5…, 1.2 MB"),
            new RunFacts.Fact("seeds", "1, 2, 3; counter-based streams"),
            new RunFacts.Fact("device", "CPU, 2 cores, fp32"),
            new RunFacts.Fact("engine", "PyTorch 2.7.1 through DJL, Java 17.0.13"),
            new RunFacts.Fact("interruptions", "1: ppo-poisoned, seed 2, went on from update 200")),
        "kind-and-brief.plumb.yaml",
        "plumb: v1\nname: kind-and-brief\nseeds: [1, 2, 3]\n# < & > are escaped\n",
        List.of(
            new RunFacts.Command("plumb run kind-and-brief.plumb.yaml", "the same bytes"),
            new RunFacts.Command("plumb compare c41e -o report.html", "this page")),
        List.of());
  }

  private static PlanSummary plan() {
    List<PlanSummary.Node> nodes = new ArrayList<>();
    for (String line : NODES.split("\n")) {
      String[] f = line.split("\\|", -1);
      List<String> recipes = List.of(f[6].strip().replace("ALL", ALL).split(","));
      List<String> inputs = f[7].isBlank() ? List.of() : List.of(f[7].strip());
      String name = f[0].strip();
      nodes.add(
          new PlanSummary.Node(
              name,
              f[1].strip(),
              f[2].strip(),
              3,
              Integer.parseInt(f[3].strip()),
              Double.parseDouble(f[4].strip()),
              Long.parseLong(f[5].strip()),
              recipes,
              inputs,
              Integer.toHexString(name.hashCode()) + "44d2"));
    }
    for (String recipe : ALL.split(",")) {
      nodes.add(
          new PlanSummary.Node(
              "answers",
              "compare",
              "evaluate",
              3,
              0,
              12,
              0,
              List.of(recipe),
              List.of(recipe),
              null));
    }
    List<String> all = List.of(ALL.split(","));
    nodes.add(
        new PlanSummary.Node(
            "compare", "compare", "compare", 1, 0, 9, 0, all, List.of("answers"), "7be1a90c44d2"));
    return new PlanSummary(
        70,
        24,
        5,
        136,
        15_300,
        34_800,
        4180,
        nodes,
        List.of(
            new PlanSummary.Note(
                "ppo",
                List.of(2L),
                "constraint `length` does not hold: its mean over the last update's answers is 6.2,"
                    + " above its bound")),
        List.of(
            new PlanSummary.Constraint(
                "ppo", "length", 5, List.of(4.5, 6.2, 4.9), List.of(0.8, 1.9, 1.2))));
  }

  /** The same run, of the recipes of another comparison. */
  static RunFacts facts(Comparison comparison) {
    RunFacts like = facts();
    List<String> names = comparison.recipes().stream().map(ComparedRecipe::name).toList();
    List<RunFacts.RecipeTime> times = new ArrayList<>();
    List<PlanSummary.Node> nodes = new ArrayList<>();
    nodes.add(node("base", "models", "pretrain", names, List.of()));
    for (ComparedRecipe recipe : comparison.recipes()) {
      times.add(new RunFacts.RecipeTime(recipe.name(), 400 + 20 * times.size()));
      String from = times.size() == 1 ? "base" : comparison.reference();
      nodes.add(
          node(recipe.name(), "policies", recipe.method(), List.of(recipe.name()), List.of(from)));
    }
    PlanSummary plan =
        new PlanSummary(nodes.size() * 3, 0, 1, 400, 9000, 20_000, 9000, nodes, List.of());
    return new RunFacts(
        like.run(),
        like.status(),
        like.seconds(),
        like.interruptions(),
        times,
        plan,
        like.facts(),
        like.specFile(),
        like.specText(),
        like.commands(),
        List.of(new RunFacts.LeftOut("rrhf", "rrhf@2 failed")));
  }

  private static PlanSummary.Node node(
      String name, String section, String operation, List<String> recipes, List<String> inputs) {
    return new PlanSummary.Node(name, section, operation, 3, 0, 60, 100, recipes, inputs, "ab");
  }
}
