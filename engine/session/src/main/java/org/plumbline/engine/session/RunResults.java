// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.LabelExample;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.TrainingStop;
import org.plumbline.engine.plan.Dependencies;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.report.RewardModelSummary;
import org.plumbline.engine.report.compare.ComparisonInput.FeedbackResult;
import org.plumbline.engine.report.compare.ComparisonInput.RewardResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;
import org.plumbline.engine.report.compare.EvaluatorTraits;
import org.plumbline.engine.report.compare.HeldOut;
import org.plumbline.engine.report.compare.HeldOutSet;
import org.plumbline.engine.rlhf.feedback.PooledFeedback;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.RunRecord;

/** What the nodes of a run left in the store, as a comparison needs it; some may not be there. */
final class RunResults {

  private final Store store;
  private final RunRecord record;
  private final Plan plan;
  private final Experiment experiment;
  private final Dependencies dependencies;
  private final Map<String, NodeOutcome> outcomes;

  RunResults(Store store, RunRecord record, Plan plan) {
    this.store = store;
    this.record = record;
    this.plan = plan;
    this.experiment = Specs.bindCanonical(Experiment.class, record.frozen());
    this.dependencies = new Dependencies(plan);
    this.outcomes = store.runs().outcomes(record.id());
  }

  RunRecord record() {
    return record;
  }

  Plan plan() {
    return plan;
  }

  Experiment experiment() {
    return experiment;
  }

  boolean complete() {
    return plan.nodes().stream().allMatch(this::isThere);
  }

  private boolean isThere(PlanNode node) {
    return store.nodes().find(node.key()).isPresent();
  }

  /** The compared recipes, each with the experiment that it is computed in. */
  List<Recipe> declared(CompareSpec compare) {
    Map<String, Recipe> byName = new HashMap<>();
    // Not from the text of the spec: it may be a script, which is evaluated only when planned.
    Specs.readText("frozen.json", Specs.canonicalJson(experiment), List.of())
        .recipes()
        .forEach(recipe -> byName.put(recipe.name(), recipe));
    List<Recipe> recipes = new ArrayList<>();
    for (String name : compare.recipes()) {
      Recipe recipe = byName.get(name);
      if (recipe == null) {
        throw new IllegalStateException("run " + record.id() + " declares no recipe " + name);
      }
      recipes.add(recipe);
    }
    return recipes;
  }

  /** The seeds in which a recipe has been measured. */
  List<Long> measured(String recipe) {
    List<Long> seeds = new ArrayList<>();
    for (Plan.End end : dependencies.ends(recipe)) {
      if (isThere(evaluation(end))) {
        seeds.add(end.seed());
      }
    }
    return seeds;
  }

  /** Why a recipe has not been measured in all seeds: what failed upstream, or that nothing did. */
  String why(String recipe) {
    for (Plan.End end : dependencies.ends(recipe)) {
      for (String id : dependencies.upstream(evaluation(end).id())) {
        NodeOutcome outcome = outcomes.get(id);
        if (outcome != null && outcome.artifact() == null && !isThere(dependencies.node(id))) {
          return id + " failed";
        }
      }
    }
    return "the run is " + record.status().word() + " and did not come to it";
  }

  /** What a recipe was measured by, by seed. */
  Map<Long, Yardstick> yardsticks(String recipe) {
    Map<Long, Yardstick> out = new LinkedHashMap<>();
    dependencies.ends(recipe).forEach(e -> out.put(e.seed(), yardstick(evaluation(e))));
    return out;
  }

  private Yardstick yardstick(PlanNode evaluation) {
    List<PlanNode> attacks =
        evaluation.inputs().getOrDefault("attacks", List.of()).stream()
            .map(read -> dependencies.node(read.node()))
            .toList();
    return Yardstick.of(evaluation, attacks);
  }

  /** The keys of a recipe's policies by seed: equal ones are the same policy. */
  Map<Long, String> policies(String recipe) {
    Map<Long, String> out = new LinkedHashMap<>();
    dependencies.ends(recipe).forEach(e -> out.put(e.seed(), dependencies.node(e.policy()).key()));
    return out;
  }

  private PlanNode evaluation(Plan.End end) {
    return dependencies.node(String.valueOf(end.evaluation()));
  }

  List<SeedResult> results(String recipe, List<Long> wanted) throws IOException {
    List<SeedResult> seeds = new ArrayList<>();
    for (Plan.End end : dependencies.ends(recipe)) {
      if (!wanted.contains(end.seed())) {
        continue;
      }
      long steps = steps(dependencies.upstream(end.policy()));
      Evaluation measured = read(evaluation(end), Evaluation::read);
      // The artifact does not know what made the policy that it measures; the plan does.
      String method = dependencies.node(end.policy()).operation();
      Evaluation made =
          new Evaluation(
              method,
              measured.klBound(),
              measured.answers(),
              measured.curves(),
              measured.attacks());
      TrainingStop stop = read(dependencies.node(end.policy()), TrainingStop::read).orElse(null);
      seeds.add(new SeedResult(end.seed(), made, steps, stop));
    }
    return seeds;
  }

  /** Training steps that were taken: a training that ends before its last has fewer. */
  private long steps(Set<String> nodes) {
    return nodes.stream().map(dependencies::node).mapToLong(this::steps).sum();
  }

  /** Of a stage that also counts other work, such as revisions, those of its training. */
  private long steps(PlanNode node) {
    NodeOutcome outcome = outcomes.get(node.id());
    return outcome == null ? node.steps() : Math.min(node.steps(), outcome.steps());
  }

  /** The feedback stages that are there in all these seeds, by their {@link #keys}. */
  Map<String, FeedbackResult> feedback(List<Long> seeds) throws IOException {
    Map<String, FeedbackResult> results = new LinkedHashMap<>();
    List<List<PlanNode>> asked = new ArrayList<>(bySeeds("feedback", seeds));
    asked.removeIf(same -> same.get(0).operation().equals(PooledFeedback.OPERATION));
    // Some policies ask while they learn, and pay for it: for revisions, or for scores.
    for (List<PlanNode> same : bySeeds("policies", seeds)) {
      if (read(same.get(0), FeedbackSummary::isThere)) {
        asked.add(same);
      }
    }
    // So do those who say which answers win.
    for (List<PlanNode> same : bySeeds("compare", seeds)) {
      if (read(same.get(0), FeedbackSummary::isThere)) {
        asked.add(same);
      }
    }
    for (List<PlanNode> same : asked) {
      List<FeedbackSummary> summaries = new ArrayList<>();
      for (PlanNode node : same) {
        summaries.add(read(node, FeedbackSummary::read));
      }
      results.put(
          keys(same),
          new FeedbackResult(
              title(same.get(0)),
              trainedOn(same.get(0)),
              summaries,
              read(same.get(0), LabelExample::read),
              traits(same.get(0))));
    }
    return results;
  }

  /** What those whom a node asks are declared to be like. */
  private static Map<String, String> traits(PlanNode node) {
    Map<String, Object> declared = node.declared().getOrDefault(Section.EVALUATORS.key(), Map.of());
    for (String key : List.of("evaluators", "judge")) {
      if (node.settings().get(key) instanceof String name
          && declared.get(name) instanceof Map<?, ?> plain) {
        return EvaluatorTraits.of(Specs.bindCanonical(EvaluatorsSpec.class, plain));
      }
    }
    return Map.of();
  }

  /** The reward models that are there in all these seeds, and have held-out comparisons. */
  Map<String, RewardResult> rewards(List<Long> seeds) throws IOException {
    Map<String, RewardResult> results = new LinkedHashMap<>();
    for (List<PlanNode> same : bySeeds("rewards", seeds)) {
      add(results, same, "", HeldOutSet.ALL);
      // An attack shows where the trigger is, and is diluted in the mean over everything.
      if (heldOut(same, HeldOutSet.CLEAN).size() == same.size()) {
        add(results, same, ", clean prompts", HeldOutSet.CLEAN);
        add(results, same, ", prompts with the trigger", HeldOutSet.TRIGGERED);
      }
    }
    return results;
  }

  private List<HeldOut> heldOut(List<PlanNode> same, HeldOutSet set) throws IOException {
    List<HeldOut> heldOut = new ArrayList<>();
    for (PlanNode node : same) {
      read(node, at -> Optional.ofNullable(set.read(at))).ifPresent(heldOut::add);
    }
    return heldOut;
  }

  private void add(
      Map<String, RewardResult> results, List<PlanNode> same, String part, HeldOutSet set)
      throws IOException {
    List<HeldOut> heldOut = heldOut(same, set);
    boolean whole = set == HeldOutSet.ALL;
    List<RewardMeasures> measures = new ArrayList<>();
    for (PlanNode node : whole ? same : List.<PlanNode>of()) {
      measures.add(read(node, RewardMeasures::read));
    }
    boolean gold = whole && measures.stream().allMatch(own -> own.gold() != null);
    if (heldOut.size() == same.size() || gold) {
      results.put(
          keys(same) + part,
          new RewardResult(
              title(same.get(0)) + part,
              trainedOn(same.get(0)),
              heldOut,
              measures,
              whole ? fittedTo(same) : null));
    }
  }

  /** The feedback that a reward model was fitted to, as means over its seeds. */
  private RewardModelSummary.@Nullable Feedback fittedTo(List<PlanNode> rewards)
      throws IOException {
    Set<String> names = new LinkedHashSet<>();
    Set<String> kinds = new LinkedHashSet<>();
    double labels = 0;
    double cost = 0;
    for (PlanNode reward : rewards) {
      for (PlanNode node : learnedFrom(reward)) {
        FeedbackSummary summary = read(node, FeedbackSummary::read);
        FeedbackSummary.Items items = summary.items();
        names.add(title(node));
        kinds.add(items == null ? "comparisons" : items.kind().replace('_', ' '));
        labels += summary.labels() / (double) rewards.size();
        cost += summary.cost() / rewards.size();
      }
    }
    return names.isEmpty()
        ? null
        : new RewardModelSummary.Feedback(
            String.join(", ", names), String.join(", ", kinds), (int) Math.round(labels), cost);
  }

  /** What nodes are, whatever run they are of: equal keys are the same results. */
  private static String keys(List<PlanNode> nodes) {
    return nodes.stream().map(PlanNode::key).sorted().collect(Collectors.joining(" "));
  }

  /** The recipes that the reward model cannot judge, and why. */
  Map<String, String> shared(CompareSpec compare) {
    return new SharedSources(dependencies, plan).of(compare);
  }

  /** The nodes of a section, those that differ only in their seed together, if all are there. */
  /** The feedback that a node reads; of several sets that were pooled, each. */
  private List<PlanNode> learnedFrom(PlanNode node) {
    List<PlanNode> feedback = new ArrayList<>();
    for (String id : node.needs()) {
      PlanNode read = dependencies.node(id);
      if (read.operation().equals(PooledFeedback.OPERATION)) {
        feedback.addAll(learnedFrom(read));
      } else if (read.section().equals("feedback")) {
        feedback.add(read);
      }
    }
    return feedback;
  }

  private List<List<PlanNode>> bySeeds(String section, List<Long> seeds) {
    Map<String, List<PlanNode>> byName = new LinkedHashMap<>();
    for (PlanNode node : plan.nodes()) {
      boolean wanted = node.seed() == 0 || seeds.contains(node.seed());
      if (node.section().equals(section) && wanted) {
        byName.computeIfAbsent(node.name(), name -> new ArrayList<>()).add(node);
      }
    }
    return byName.values().stream().filter(same -> same.stream().allMatch(this::isThere)).toList();
  }

  static String title(PlanNode node) {
    return node.name().replace("~", ", ");
  }

  private List<String> trainedOn(PlanNode node) {
    List<String> recipes = new ArrayList<>();
    for (Plan.End end : plan.ends()) {
      if (!recipes.contains(end.recipe())
          && dependencies.upstream(end.policy()).contains(node.id())) {
        recipes.add(end.recipe());
      }
    }
    return recipes;
  }

  private <T> T read(PlanNode node, NodeResults.Reader<T> reader) throws IOException {
    return NodeResults.read(node.id(), folder(node), reader);
  }

  /** What the run itself came to; another run may have computed the same node anew since. */
  private Path folder(PlanNode node) {
    NodeOutcome outcome = outcomes.get(node.id());
    String digest = outcome == null ? null : outcome.artifact();
    Optional<Artifact> made =
        digest == null ? store.result(node.key()) : Optional.of(store.artifacts().open(digest));
    return made.orElseThrow(
            () -> new IllegalStateException("a run is compared before " + node.id() + " is done"))
        .folder();
  }
}
