package org.plumbline.engine.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.plan.Dependencies;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.ComparisonJson;
import org.plumbline.engine.report.Trigger;
import org.plumbline.engine.report.compare.ArtifactReader;
import org.plumbline.engine.report.compare.Compare;
import org.plumbline.engine.report.compare.ComparisonInput;
import org.plumbline.engine.report.compare.ComparisonInput.FeedbackResult;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.RewardResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;
import org.plumbline.engine.report.compare.Evaluation;
import org.plumbline.engine.report.compare.FeedbackSummary;
import org.plumbline.engine.report.compare.HeldOut;
import org.plumbline.engine.report.compare.Monitor;
import org.plumbline.engine.report.compare.RecipeSettings;
import org.plumbline.engine.report.html.HtmlReport;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.StoreFailure;
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
  private final Experiment experiment;
  private final Dependencies dependencies;
  private final Map<String, NodeOutcome> outcomes;

  /** The comparison of a run. */
  public StoredComparison(Store store, RunRecord record, Plan plan) {
    this.store = store;
    this.record = record;
    this.plan = plan;
    this.experiment = Specs.bindCanonical(Experiment.class, record.frozen());
    this.dependencies = new Dependencies(plan);
    this.outcomes = store.runs().outcomes(record.id());
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
    if (comparison.isEmpty() && complete()) {
      comparison = compute();
      if (comparison.isPresent() && store.runs().isThere(record.id(), DATA)) {
        keep(comparison.get()); // what is there is damaged
      }
    }
    return comparison.map(c -> c.with(new FactsOfRun(store, record, plan).facts(c)));
  }

  private Optional<Comparison> kept() {
    Optional<byte[]> data = store.runs().kept(record.id(), DATA);
    try {
      return data.isEmpty() ? Optional.empty() : Optional.of(ComparisonJson.read(data.get()));
    } catch (IOException e) {
      return Optional.empty(); // of another version; it is computed anew
    }
  }

  private boolean complete() {
    return plan.nodes().stream().allMatch(n -> store.nodes().find(n.key()).isPresent());
  }

  /** Writes the page of a run that has ended, beside its data. */
  public Optional<Path> writePage() throws IOException {
    Optional<Comparison> comparison = read();
    if (comparison.isEmpty()) {
      return Optional.empty();
    }
    store.runs().put(record.id(), PAGE, HtmlReport.render(comparison.get()));
    return Optional.of(store.runs().folder(record.id()).resolve(PAGE));
  }

  private Optional<Comparison> compute() throws IOException {
    CompareSpec compare = experiment.compare();
    if (compare == null) {
      return Optional.empty();
    }
    List<Recipe> declared = declared(compare);
    List<RecipeResult> recipes = new ArrayList<>();
    for (Recipe recipe : declared) {
      recipes.add(result(recipe));
    }
    CompareSpec.Trigger trigger = compare.trigger();
    ComparisonInput input =
        new ComparisonInput(
            experiment.name(),
            compare.against(),
            recipes,
            experiment.seeds(),
            RecipeSettings.of(declared, experiment.variants()),
            feedback(),
            rewards(),
            Monitor.defaults(),
            trigger == null ? null : new Trigger(trigger.text().strip(), trigger.feature()),
            compare.samples(),
            compare.margin(),
            new SharedSources(dependencies, plan).of(compare));
    return Optional.of(Compare.of(input));
  }

  /** The compared recipes, each with the experiment that it is computed in. */
  private List<Recipe> declared(CompareSpec compare) {
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

  private RecipeResult result(Recipe recipe) throws IOException {
    List<SeedResult> seeds = new ArrayList<>();
    for (Plan.End end : dependencies.ends(recipe.name())) {
      PlanNode evaluation = dependencies.node(String.valueOf(end.evaluation()));
      long steps = steps(dependencies.upstream(end.policy()));
      Evaluation measured = ArtifactReader.evaluation(folder(evaluation));
      // The artifact does not know what made the policy that it measures; the plan does.
      String method = dependencies.node(end.policy()).operation();
      Evaluation made =
          new Evaluation(method, measured.klBound(), measured.answers(), measured.curves());
      seeds.add(new SeedResult(end.seed(), made, steps));
    }
    return new RecipeResult(RecipeSettings.describe(recipe, experiment.variants()), seeds);
  }

  private long steps(Set<String> nodes) {
    return nodes.stream().map(dependencies::node).mapToLong(PlanNode::steps).sum();
  }

  private List<FeedbackResult> feedback() throws IOException {
    List<FeedbackResult> results = new ArrayList<>();
    List<List<PlanNode>> asked = new ArrayList<>(bySeeds("feedback"));
    // A judge that criticises and revises is asked as well, and paid for.
    bySeeds("policies").stream()
        .filter(same -> same.get(0).operation().equals("critique_revision"))
        .forEach(asked::add);
    for (List<PlanNode> same : asked) {
      List<FeedbackSummary> summaries = new ArrayList<>();
      for (PlanNode node : same) {
        summaries.add(ArtifactReader.feedback(folder(node)));
      }
      results.add(new FeedbackResult(title(same.get(0)), trainedOn(same.get(0)), summaries));
    }
    return results;
  }

  private List<RewardResult> rewards() throws IOException {
    List<RewardResult> results = new ArrayList<>();
    for (List<PlanNode> same : bySeeds("rewards")) {
      add(results, same, "", ArtifactReader::heldOut);
      // An attack shows where the trigger is, and is diluted in the mean over everything.
      add(results, same, ", clean prompts", folder -> ArtifactReader.heldOut(folder, "clean"));
      add(
          results,
          same,
          ", prompts with the trigger",
          folder -> ArtifactReader.heldOut(folder, "triggered"));
    }
    return results;
  }

  /** Reads what a reward model's artifact says of held-out comparisons, or of a part of them. */
  @FunctionalInterface
  private interface HeldOutReader {
    @Nullable HeldOut read(Path folder) throws IOException;
  }

  private void add(
      List<RewardResult> results, List<PlanNode> same, String part, HeldOutReader reader)
      throws IOException {
    List<HeldOut> heldOut = new ArrayList<>();
    for (PlanNode node : same) {
      HeldOut measured = reader.read(folder(node));
      if (measured != null) {
        heldOut.add(measured);
      }
    }
    if (heldOut.size() == experiment.seeds().size()) {
      results.add(new RewardResult(title(same.get(0)) + part, trainedOn(same.get(0)), heldOut));
    }
  }

  /** The nodes of a section, those that differ only in their seed together. */
  private List<List<PlanNode>> bySeeds(String section) {
    Map<String, List<PlanNode>> byName = new LinkedHashMap<>();
    for (PlanNode node : plan.nodes()) {
      if (node.section().equals(section)) {
        byName.computeIfAbsent(node.name(), name -> new ArrayList<>()).add(node);
      }
    }
    return List.copyOf(byName.values());
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

  /** What the run itself came to; another run may have computed the same node anew since. */
  private Path folder(PlanNode node) {
    return outcome(node)
        .or(() -> store.result(node.key()))
        .orElseThrow(
            () -> new IllegalStateException("a run is compared before " + node.id() + " is done"))
        .folder();
  }

  private Optional<Artifact> outcome(PlanNode node) {
    NodeOutcome outcome = outcomes.get(node.id());
    String digest = outcome == null ? null : outcome.artifact();
    try {
      return digest == null ? Optional.empty() : Optional.of(store.artifacts().open(digest));
    } catch (StoreFailure gone) {
      return Optional.empty();
    }
  }
}
