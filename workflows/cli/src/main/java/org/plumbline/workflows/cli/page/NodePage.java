// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.Store.NodeSigns;
import org.plumbline.engine.store.content.Checkpoints;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.NodeRecord;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.progress.Times;

/** All that is known of one node of a run. */
public final class NodePage {

  private final Store store;
  private final RunRecord record;
  private final PlanNode node;
  private final @Nullable NodeOutcome outcome;
  private @Nullable Path place;

  public NodePage(Store store, RunRecord record, PlanNode node) {
    this.store = store;
    this.record = record;
    this.node = node;
    this.outcome = store.runs().outcomes(record.id()).get(node.id());
  }

  /** The fields of a node in `show RUN`, which other programs rely on. */
  static Map<String, Object> brief(PlanNode node, @Nullable NodeOutcome outcome) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("name", node.name());
    plain.put("recipes", node.recipes());
    plain.put("seed", node.seed() == 0 ? null : node.seed());
    plain.put("operation", node.operation());
    plain.put("key", node.key());
    plain.put("action", outcome == null ? null : outcome.action());
    plain.put("artifact", outcome == null ? null : outcome.artifact());
    plain.put("seconds", outcome == null ? null : outcome.seconds());
    plain.put("steps", outcome == null ? null : outcome.steps());
    plain.put("resumedFrom", outcome == null ? null : outcome.resumedFrom());
    plain.put("id", node.id());
    plain.put("section", node.section());
    plain.put("failure", outcome == null ? null : outcome.failure());
    return plain;
  }

  public Map<String, Object> plain() {
    Map<String, Object> plain = brief(node, outcome);
    plain.put("version", node.version());
    plain.put("settings", node.settings());
    plain.put("inputs", node.inputs());
    plain.put("files", node.files());
    plain.put("parts", node.parts());
    Optional<NodeRecord> made = store.nodes().find(node.key());
    made.ifPresent(by -> plain.put("madeBy", by.run()));
    made.ifPresent(by -> plain.put("watchedSeconds", by.watched()));
    made.ifPresent(by -> plain.put("notes", by.notes()));
    NodeSigns signs = signs();
    plain.put("checkpoint", checkpoint(signs));
    plain.put("heartbeat", signs == null || signs.sign() == null ? null : signs.sign().toString());
    plain.put("attempts", NodeAttempts.of(store, record.id(), node.id()).plain());
    artifact();
    LabelsPage labels = LabelsPage.of(node, place);
    if (labels != null) {
      plain.put("labels", labels.plain());
    }
    RewardPage learned = RewardPage.of(node, place);
    if (learned != null) {
      plain.put("learned", learned.plain());
    }
    return plain;
  }

  public void show(Console console) {
    String seed = node.seed() == 0 ? "" : "  seed " + node.seed();
    console.result(
        "node "
            + node.name()
            + seed
            + "  "
            + node.operation()
            + " v"
            + node.version()
            + "  run "
            + record.id()
            + "  "
            + state());
    console.result("  key         " + Phrase.brief(node.key()));
    console.result("  artifact    " + artifact());
    if (outcome != null) {
      String from =
          outcome.resumedFrom() == null ? "" : "; went on from step " + outcome.resumedFrom();
      console.result(
          "  time        "
              + Times.minutes(outcome.seconds())
              + ", "
              + Phrase.count(outcome.steps(), "step")
              + from);
    }
    NodeAttempts.of(store, record.id(), node.id()).show(console);
    signs(console);
    made(console);
    if (outcome != null && outcome.failure() != null) {
      console.result("  failure     " + outcome.failure());
    }
    console.result("");
    node.inputs().forEach((role, inputs) -> input(console, role, inputs));
    for (Map.Entry<String, FileRef> file : node.files().entrySet()) {
      console.result(
          line(file.getKey(), file.getValue().written(), Phrase.brief(file.getValue().digest())));
    }
    console.result("  settings    " + node.settings().size());
    node.settings()
        .forEach(
            (key, value) -> console.result("              " + Phrase.left(key, 18) + " " + value));
    LabelsPage labels = LabelsPage.of(node, place);
    if (labels != null) {
      labels.show(console);
    }
    RewardPage learned = RewardPage.of(node, place);
    if (learned != null) {
      learned.show(console);
    }
    files(console);
    console.result("");
  }

  /** How far it is, if it has not finished; null if it has, or that cannot be told. */
  private @Nullable NodeSigns signs() {
    try {
      return outcome == null || outcome.artifact() == null ? store.look(node.key()) : null;
    } catch (StoreFailure failure) {
      return null; // a store that is damaged is still good for all the rest of the page
    }
  }

  private static @Nullable Map<String, Object> checkpoint(@Nullable NodeSigns signs) {
    Checkpoints.Mark saved = signs == null ? null : signs.checkpoint();
    if (saved == null) {
      return null;
    }
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("step", saved.step());
    plain.put("time", saved.time().toString());
    return plain;
  }

  private void signs(Console console) {
    NodeSigns signs = signs();
    if (signs == null) {
      return;
    }
    Checkpoints.Mark saved = signs.checkpoint();
    if (saved != null) {
      console.result("  checkpoint  step " + saved.step() + ", " + Times.ago(saved.time()));
    }
    if (signs.sign() != null) {
      console.result("  heartbeat   " + Times.ago(signs.sign()));
    }
  }

  private void made(Console console) {
    NodeRecord made = store.nodes().find(node.key()).orElse(null);
    if (made == null) {
      return;
    }
    if (!made.run().equals(record.id())) {
      console.result("  made by     run " + made.run());
    }
    Double watched = made.watched();
    if (watched != null) {
      console.result(
          "  watching    %s, %.1f %% of the rest"
              .formatted(
                  Times.minutes(watched),
                  100 * watched / Math.max(1e-9, made.seconds() - watched)));
    }
    made.notes().forEach(note -> console.result("  noted       " + note));
  }

  private void input(Console console, String role, List<PlanNode.Input> inputs) {
    for (PlanNode.Input input : inputs) {
      String part = input.part().isEmpty() ? "" : "." + input.part();
      console.result(line(role, input.node() + part, "key " + Phrase.brief(input.key())));
    }
  }

  private static String line(String role, String name, String digest) {
    return "  " + Phrase.left(role, 11) + " " + Phrase.left(name, 18) + " " + digest;
  }

  private String state() {
    if (outcome == null) {
      return "not finished";
    }
    if (outcome.artifact() == null) {
      return "failed";
    }
    return outcome.action().equals(NodeOutcome.REUSE) ? "reused" : "finished";
  }

  /** What is said of the artifact, which is opened. */
  private String artifact() {
    String digest = outcome == null ? null : outcome.artifact();
    if (digest == null) {
      return "none";
    }
    try {
      Path folder = store.artifacts().open(digest).folder();
      place = folder;
      return Phrase.brief(digest) + ", " + size(folder) + ", verified";
    } catch (StoreFailure failure) {
      return Phrase.brief(digest) + ", " + failure.getMessage();
    }
  }

  private static String size(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes < 1_000_000 ? bytes / 1000 + " kB" : "%.1f MB".formatted(bytes / 1e6);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void files(Console console) {
    if (place != null) {
      console.detail("  in          " + place);
    }
  }
}
