// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.plan.Dependencies;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.PlanSummary;
import org.plumbline.engine.report.RunFacts;
import org.plumbline.engine.report.RunFacts.Fact;
import org.plumbline.engine.session.planned.ForcedNodes;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.NodeRecord;
import org.plumbline.engine.store.record.Provenance;
import org.plumbline.engine.store.record.RunRecord;

/** What a report says about the run that it is of: plan, times, provenance. */
final class FactsOfRun {

  private final Store store;
  private final RunRecord record;
  private final Plan plan;
  private final Dependencies dependencies;
  private final Map<String, NodeOutcome> outcomes;

  FactsOfRun(Store store, RunRecord record, Plan plan) {
    this.store = store;
    this.record = record;
    this.plan = plan;
    this.dependencies = new Dependencies(plan);
    this.outcomes = new HashMap<>(store.runs().outcomes(record.id()));
  }

  RunFacts facts(Comparison comparison) {
    List<RunFacts.RecipeTime> times = new ArrayList<>();
    comparison
        .recipes()
        .forEach(r -> times.add(new RunFacts.RecipeTime(r.name(), alone(r.name()))));
    return new RunFacts(
        record.id(),
        record.status().word(),
        record.seconds(),
        record.interruptions(),
        times,
        summary(times),
        provenance(),
        record.spec().name(),
        record.spec().text(),
        List.of(
            new RunFacts.Command(command(), "the same nodes and bytes"),
            new RunFacts.Command("plumb compare " + record.id() + " -o report.html", "this page"),
            new RunFacts.Command("plumb show " + record.id(), "every node with its digest")),
        List.of());
  }

  /** As it was given, changes to the spec included. */
  private String command() {
    StringBuilder command = new StringBuilder("plumb run ").append(record.spec().name());
    record
        .overrides()
        .forEach(
            (path, value) -> {
              if (!path.equals(ForcedNodes.KEPT_AS)) {
                command.append(" -D '").append(path).append('=');
                command.append(value.replace("'", "'\\''")).append('\'');
              }
            });
    return command.toString();
  }

  private double seconds(PlanNode node) {
    NodeOutcome outcome = outcomes.get(node.id());
    return outcome == null ? 0 : outcome.seconds();
  }

  private boolean reused(PlanNode node) {
    NodeOutcome outcome = outcomes.get(node.id());
    return outcome != null && outcome.action().equals(NodeOutcome.REUSE);
  }

  double alone(String recipe) {
    return dependencies.alone(recipe).stream().mapToDouble(this::seconds).sum();
  }

  private PlanSummary summary(List<RunFacts.RecipeTime> times) {
    int alone = 0;
    long stepsAlone = 0;
    for (RunFacts.RecipeTime time : times) {
      List<PlanNode> nodes = dependencies.alone(time.recipe());
      alone += nodes.size();
      stepsAlone += nodes.stream().mapToLong(PlanNode::steps).sum();
    }
    return new PlanSummary(
        plan.nodes().size(),
        (int) plan.nodes().stream().filter(this::reused).count(),
        (int) plan.nodes().stream().filter(n -> n.recipes().size() > 1).count(),
        alone,
        plan.steps(),
        stepsAlone,
        times.stream().mapToDouble(RunFacts.RecipeTime::seconds).sum(),
        byName().stream().map(this::row).toList(),
        notes(),
        constraints());
  }

  /** What the nodes of the run that have a result said, in the order of the plan. */
  List<PlanSummary.Note> notes() {
    return byName().stream().flatMap(same -> notes(same).stream()).toList();
  }

  /** What the policies of the run were to keep below limits, in the order of the plan. */
  List<PlanSummary.Constraint> constraints() {
    return byName().stream().flatMap(same -> constraints(same).stream()).toList();
  }

  private List<PlanSummary.Constraint> constraints(List<PlanNode> same) {
    PlanNode first = same.get(0);
    if (!(first.settings().get("regularizers") instanceof Map<?, ?> regularizers)
        || !(regularizers.get("constraints") instanceof Map<?, ?> declared)) {
      return List.of();
    }
    List<PlanSummary.Constraint> all = new ArrayList<>();
    declared.forEach(
        (name, constraint) -> {
          if (constraint instanceof Map<?, ?> own && own.get("at_most") instanceof Double atMost) {
            all.add(
                new PlanSummary.Constraint(
                    RunResults.title(first),
                    String.valueOf(name),
                    atMost,
                    summarised(same, "cost_" + name),
                    summarised(same, "multiplier_" + name)));
          }
        });
    return all.stream().filter(constraint -> !constraint.costs().isEmpty()).toList();
  }

  /** A number of the summaries of nodes, of those that have it. */
  private List<Double> summarised(List<PlanNode> same, String key) {
    List<Double> numbers = new ArrayList<>();
    for (PlanNode node : same) {
      NodeOutcome outcome = outcomes.get(node.id());
      String digest = outcome == null ? null : outcome.artifact();
      if (digest != null) {
        Path file = store.artifacts().open(digest).file("summary.json");
        try {
          JsonNode number = JsonFiles.read(file).path(key);
          if (number.isNumber()) {
            numbers.add(number.asDouble());
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return numbers;
  }

  /** The nodes, those that differ only in their seed together. */
  private Collection<List<PlanNode>> byName() {
    Map<String, List<PlanNode>> byName = new LinkedHashMap<>();
    plan.nodes().forEach(n -> byName.computeIfAbsent(n.name(), x -> new ArrayList<>()).add(n));
    return byName.values();
  }

  /** What nodes that differ only in their seed said: what several say stands once. */
  private List<PlanSummary.Note> notes(List<PlanNode> same) {
    Map<String, List<Long>> seeds = new LinkedHashMap<>();
    for (PlanNode node : same) {
      store
          .nodes()
          .find(node.key())
          .map(NodeRecord::notes)
          .ifPresent(
              said ->
                  said.forEach(
                      text ->
                          seeds.computeIfAbsent(text, none -> new ArrayList<>()).add(node.seed())));
    }
    List<PlanSummary.Note> notes = new ArrayList<>();
    seeds.forEach(
        (text, in) -> notes.add(new PlanSummary.Note(RunResults.title(same.get(0)), in, text)));
    return notes;
  }

  private PlanSummary.Node row(List<PlanNode> same) {
    PlanNode first = same.get(0);
    Set<String> inputs = new LinkedHashSet<>();
    first.needs().forEach(id -> inputs.add(RunResults.title(dependencies.node(id))));
    boolean evaluation = first.section().equals("compare");
    boolean variant = first.section().equals("policies") && !first.name().equals(first.entry());
    return new PlanSummary.Node(
        evaluation ? "answers" : RunResults.title(first),
        variant ? "variants" : first.section(),
        first.operation(),
        same.size(),
        (int) same.stream().filter(this::reused).count(),
        same.stream().mapToDouble(this::seconds).sum(),
        same.stream().mapToLong(PlanNode::steps).sum(),
        first.recipes(),
        List.copyOf(inputs),
        first.key());
  }

  List<Fact> provenance() {
    Provenance by = record.provenance();
    List<Fact> facts = new ArrayList<>();
    String ended = record.ended() == null ? "" : ", " + record.ended();
    facts.add(new Fact("run", record.id() + ", " + record.status().word() + ended));
    facts.add(new Fact("plumb", by.plumb()));
    facts.add(new Fact("specification", record.spec().name() + ", " + record.spec().digest()));
    record
        .overrides()
        .forEach((path, value) -> facts.add(new Fact(path, value + ", from the command line")));
    Map<String, String> files = new LinkedHashMap<>();
    for (PlanNode node : plan.nodes()) {
      for (FileRef file : node.files().values()) {
        files.put(file.written(), file.digest());
      }
    }
    files.forEach((name, digest) -> facts.add(new Fact(name, digest)));
    seenPrompts().ifPresent(seen -> facts.add(new Fact("prompts", seen.line())));
    String seeds =
        record.seeds().stream().map(String::valueOf).reduce((a, b) -> a + ", " + b).orElse("");
    facts.add(new Fact("seeds", seeds + "; counter-based streams"));
    by.engine().forEach((name, value) -> facts.add(new Fact(name, value)));
    facts.add(new Fact("Java", by.java()));
    String processor = by.processor();
    if (processor != null) {
      facts.add(new Fact("processor", processor));
    }
    facts.add(new Fact("machine", by.os() + ", " + by.arch() + ", " + by.cpus() + " cores"));
    facts.add(new Fact("Temporal", "embedded"));
    facts.add(new Fact("interruptions", interruptions()));
    return facts;
  }

  /** How many of the prompts were seen upstream; empty if the prompts are not in the store. */
  private Optional<SeenPrompts> seenPrompts() {
    try {
      return SeenPrompts.of(plan, new StoredPrompts(store));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty(); // a fact about the run; the comparison does not hang on it
    }
  }

  private String interruptions() {
    List<String> resumed = new ArrayList<>();
    outcomes
        .values()
        .forEach(
            o -> {
              if (o.resumedFrom() != null && o.action().equals(NodeOutcome.RUN)) {
                resumed.add(o.node() + " went on from step " + o.resumedFrom());
              }
            });
    String count = String.valueOf(record.interruptions());
    return resumed.isEmpty() ? count : count + ": " + String.join(", ", resumed);
  }
}
