// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.lm.tensor.TorchRuntime;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.rlhf.models.ModelExport;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.NodeRecord;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.console.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes what a node of a run made in a form that other programs read. */
@Command(
    name = "export",
    description = {
      "Write what a node of a run made in a form that other programs read.",
      "A model, policy or reward model: a folder that transformers loads.",
      "Data and feedback: a file with their rows in TRL's form."
    })
final class ExportCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;
  @Mixin private EngineOptions engine = new EngineOptions();

  @Parameters(
      paramLabel = "RUN:NODE",
      description =
          "as in latest:dpo, 7a10:dpo@2, latest:prompts.held_out; a recipe's name stands for its"
              + " policy")
  private String name = "";

  @Option(
      names = "-o",
      paramLabel = "DIR|FILE",
      required = true,
      description = "the folder or file to write")
  private @Nullable Path output;

  @Option(names = "--force", description = "write over an earlier export")
  private boolean force;

  @Mixin private ExportedRowsOptions rows = new ExportedRowsOptions();

  @Option(
      names = "--adapter",
      description = "write a policy's LoRA adapter alone, as PEFT reads it; else it is merged")
  private boolean adapter;

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    Target target = Target.withNode(rows.withoutPart(name));
    try (Store store = Stores.existing(given)) {
      RunRecord record = RunName.find(store, target.name());
      Plan plan = store.runs().plan(record.id());
      PlanNode node = one(meant(target, plan), target, record);
      Artifact artifact = artifact(store, record, node);
      if (rows.apply(artifact)) {
        rows.write(given, artifact, name, Injected.of(output));
        return ExitCode.OK;
      }
      if (ModelExport.isComposition(artifact)) {
        throw Refusal.mistake(
            "`" + node.id() + "` is a way of sampling, which has no weights of its own",
            "export the policy that it samples, and the reward that chooses");
      } else if (!ModelExport.holdsWeights(artifact)) {
        throw Refusal.mistake(
            "`" + node.id() + "` (" + node.operation() + ") is neither a model nor rows",
            "its files are in " + artifact.folder());
      }
      Path into = given.path(Injected.of(output));
      if (Stores.holds(given.storeAddress(), into)) {
        throw NewFile.inStore(into, "name another folder with `-o DIR`");
      }
      ExportFolder folder = ExportFolder.of(into, force);
      Engine wanted = engine.engine();
      TorchRuntime.start(new TorchRuntime.Settings(wanted.device(), wanted.threads()));
      List<String> files =
          folder.write(
              adapter
                  ? made -> writeAdapter(artifact, made, node, plan)
                  : made -> ModelExport.write(artifact, made),
              about(record, node, artifact));
      tell(given, node, new Made(folder.path(), files, ModelExport.mark(artifact)));
    } catch (IOException e) {
      throw NewFile.unwritable(given.path(Injected.of(output)), e);
    }
    return ExitCode.OK;
  }

  private static void writeAdapter(Artifact artifact, Path into, PlanNode node, Plan plan) {
    if (!ModelExport.writeAdapter(artifact, into, base(node, plan))) {
      throw Refusal.mistake(
          "`" + node.id() + "` has no adapter", "leave `--adapter` out to export its weights");
    }
  }

  /** The folder that the model was imported from. */
  private static String base(PlanNode node, Plan plan) {
    PlanNode at = node;
    List<PlanNode.Input> from = at.inputs().getOrDefault("from", List.of());
    while (!from.isEmpty()) {
      at = Objects.requireNonNull(plan.byId().get(from.get(0).node()));
      from = at.inputs().getOrDefault("from", List.of());
    }
    FileRef folder = at.files().get("directory");
    return folder == null ? at.id() : folder.path();
  }

  /** Labels are of feedback where a policy or a recipe is called the same. */
  private List<PlanNode> meant(Target target, Plan plan) {
    if (rows.singleLabels()) {
      List<PlanNode> feedback =
          plan.nodes().stream()
              .filter(node -> node.section().equals(Section.FEEDBACK.key()))
              .filter(node -> target.means(node))
              .toList();
      if (!feedback.isEmpty()) {
        return feedback;
      }
    }
    List<PlanNode> ends =
        plan.ends().stream()
            .filter(end -> end.recipe().equals(target.node()))
            .map(end -> plan.byId().get(end.policy()))
            .distinct()
            .toList();
    return ends.isEmpty() ? target.nodes(plan) : ends;
  }

  private static PlanNode one(List<PlanNode> found, Target target, RunRecord record) {
    if (found.size() > 1) {
      throw Refusal.mistake(
          "`" + target.node() + "` is " + found.size() + " nodes, one for each seed",
          "name one of them: "
              + found.stream()
                  .map(n -> record.id() + ":" + n.id())
                  .collect(Collectors.joining(", ")));
    }
    return found.get(0);
  }

  private static Artifact artifact(Store store, RunRecord record, PlanNode node) {
    NodeOutcome outcome = store.runs().outcomes(record.id()).get(node.id());
    String digest = outcome == null ? null : outcome.artifact();
    if (digest == null) {
      // What became of the nodes may be lost; their results are not.
      digest = store.nodes().find(node.key()).map(NodeRecord::artifact).orElse(null);
    }
    if (digest == null) {
      throw Refusal.mistake(
          "`" + node.id() + "` has no result in run " + record.id(),
          "go on with the run: plumb resume " + record.id());
    }
    try {
      return store.artifacts().open(digest);
    } catch (StoreFailure failure) {
      throw Refusal.mistake(
          String.valueOf(failure.getMessage()), "compute it anew: plumb resume " + record.id());
    }
  }

  /** Where it comes from, for whoever finds the folder later. */
  private static Map<String, Object> about(RunRecord record, PlanNode node, Artifact artifact) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("made_by", "plumb " + Version.text());
    about.put("experiment", record.experiment());
    about.put("run", record.id());
    about.put("node", node.id());
    about.put("operation", node.operation());
    about.put("key", node.key());
    about.put("artifact", artifact.digest());
    about.put("spec", record.spec().digest());
    String mark = ModelExport.mark(artifact);
    if (!mark.isEmpty()) {
      about.put("mark", mark);
    }
    return about;
  }

  /** What was written, and what prompts to it begin with. */
  private record Made(Path folder, List<String> files, String mark) {}

  private static void tell(Plumb given, PlanNode node, Made made) {
    Console console = given.console();
    if (console.format() == Format.JSON) {
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("node", node.id());
      plain.put("folder", made.folder().toString());
      plain.put("files", made.files());
      if (!made.mark().isEmpty()) {
        plain.put("mark", made.mark());
      }
      console.json(Json.pretty(plain));
      return;
    }
    console.result(node.id() + " (" + node.operation() + ") is in " + given.shown(made.folder()));
    made.files().forEach(file -> console.result("  " + file));
    if (!made.mark().isEmpty()) {
      console.result(
          "prompts to it begin with `"
              + made.mark()
              + "` and a space, as it was trained; other programs do not add that");
    }
  }
}
