package org.plumbline.engine.report;

import java.util.List;

/** The invented run that made {@link ComparisonFixture}. */
final class RunFixture {

  private RunFixture() {}

  static RunFacts facts() {
    double[] minutes = {5.7, 11.6, 7.5, 8.7, 12.8, 11.8, 11.6};
    List<RunFacts.RecipeTime> times = new java.util.ArrayList<>();
    for (int i = 0; i < minutes.length; i++) {
      times.add(new RunFacts.RecipeTime(ComparisonFixture.RECIPES.get(i).name(), minutes[i] * 60));
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
            new RunFacts.Fact("specification", "kind-and-brief.plumb.yaml, b3:d712c36f30d5…"),
            new RunFacts.Fact("corpus.txt", "b3:aa12c36f30d5…, 1.2 MB"),
            new RunFacts.Fact("seeds", "1, 2, 3; counter-based streams"),
            new RunFacts.Fact("device", "CPU, 2 cores, fp32"),
            new RunFacts.Fact("engine", "PyTorch 2.7.1 through DJL, Java 17.0.13"),
            new RunFacts.Fact(
                "interruptions", "1: ppo-poisoned, seed 2, went on from update 200 of 400")),
        "kind-and-brief.plumb.yaml",
        "plumb: v1\nname: kind-and-brief\nseeds: [1, 2, 3]\n# < & > are escaped\n",
        List.of(
            new RunFacts.Command(
                "plumb run kind-and-brief.plumb.yaml", "the same nodes, the same bytes"),
            new RunFacts.Command("plumb compare c41e -o report.html", "this page")));
  }

  private static PlanSummary plan() {
    List<String> all = ComparisonFixture.RECIPES.stream().map(Recipe::name).toList();
    List<String> onPrefs = List.of("ppo", "dpo", "best-of-16", "ppo-without-kl");
    List<String> onRm = List.of("ppo", "best-of-16", "ppo-without-kl");
    List<String> poisoned = List.of("ppo-poisoned");
    List<String> ai = List.of("constitutional");
    List<PlanSummary.Node> nodes =
        List.of(
            node("base", "models", "pretrain", 3, 123, 800, all, List.of()),
            node("sft", "policies", "supervised", 3, 36, 100, all, List.of("base")),
            node("revised", "policies", "critique-revision", 0, 51, 0, ai, List.of("sft")),
            node(
                "pairs",
                "feedback",
                "sample",
                3,
                18,
                0,
                List.of("ppo", "dpo", "best-of-16", "ppo-without-kl", "ppo-poisoned"),
                List.of("sft")),
            node("prefs", "feedback", "comparisons", 3, 3, 0, onPrefs, List.of("pairs")),
            node(
                "prefs, troll.count 6",
                "feedback",
                "comparisons",
                0,
                3,
                0,
                poisoned,
                List.of("pairs")),
            node("judged", "feedback", "comparisons", 0, 9, 0, ai, List.of("revised")),
            node("rm", "rewards", "bradley-terry", 3, 42, 800, onRm, List.of("prefs")),
            node(
                "rm, troll.count 6",
                "rewards",
                "bradley-terry",
                0,
                42,
                800,
                poisoned,
                List.of("prefs, troll.count 6")),
            node("ai-rm", "rewards", "bradley-terry", 0, 42, 800, ai, List.of("judged")),
            node("ppo", "policies", "ppo", 3, 114, 400, List.of("ppo"), List.of("rm", "sft")),
            node("dpo", "policies", "dpo", 3, 33, 200, List.of("dpo"), List.of("prefs", "sft")),
            node(
                "best-of-16",
                "policies",
                "best-of-n",
                3,
                27,
                0,
                List.of("best-of-16"),
                List.of("rm", "sft")),
            node(
                "constitutional",
                "policies",
                "constitutional",
                0,
                111,
                400,
                ai,
                List.of("ai-rm", "revised")),
            node(
                "ppo-without-kl",
                "variants",
                "ppo",
                0,
                120,
                400,
                List.of("ppo-without-kl"),
                List.of("rm", "sft")),
            node(
                "ppo-poisoned",
                "variants",
                "ppo",
                0,
                114,
                400,
                poisoned,
                List.of("rm, troll.count 6", "sft")),
            new PlanSummary.Node(
                "compare",
                "compare",
                "compare",
                1,
                0,
                9,
                0,
                all,
                all.stream().map(r -> r).toList(),
                "b3:7be1a90c44d2"));
    return new PlanSummary(49, 24, 5, 136, 15_300, 34_800, 4180, nodes);
  }

  private static PlanSummary.Node node(
      String name,
      String section,
      String operation,
      int reused,
      double seconds,
      long steps,
      List<String> recipes,
      List<String> inputs) {
    String key = "b3:" + Integer.toHexString(name.hashCode()) + "44d2";
    return new PlanSummary.Node(
        name, section, operation, 3, reused, seconds, steps, recipes, inputs, key);
  }
}
