// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.engine.plan.Decisions;
import org.plumbline.engine.plan.NodeHistory;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanJson;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.session.planned.PlannedSpec;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.page.Phrase;

/**
 * A plan in a file: what was planned, of which spec, with which settings.
 *
 * @param spec absolute path of the spec
 * @param overrides {@code PATH=VALUE} as given on the command line
 * @param device that was planned with
 */
record SavedPlan(Path spec, List<String> overrides, String device, Plan plan) {

  private static final int FORMAT = 1;
  private static final int SHOWN = 8;

  static boolean named(Path file) {
    return file.toString().endsWith(".json");
  }

  /** Whether a file was written by `plumb plan -o`. */
  static boolean isPlan(Path file) {
    byte[] begin = ("{\"format\":" + FORMAT + ",\"spec\":").getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(begin.length), begin);
    } catch (IOException e) {
      return false;
    }
  }

  /** The text of the file. */
  static String write(PlannedSpec planned, SpecArguments arguments, Engine engine) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("format", FORMAT);
    plain.put("spec", planned.folder().resolve(planned.name()).toString());
    plain.put("overrides", arguments.overrides());
    plain.put("device", engine.device());
    plain.put("experiment", Canonical.of(planned.experiment()));
    String head = Json.line(plain);
    return head.substring(0, head.length() - 1)
        + ",\"plan\":"
        + PlanJson.write(planned.plan())
        + "}\n";
  }

  static SavedPlan read(Path file) {
    try {
      JsonNode tree = new ObjectMapper().readTree(Files.readAllBytes(file));
      if (tree.path("format").asInt() != FORMAT || !tree.path("plan").isObject()) {
        throw noPlan(file);
      }
      List<String> overrides = new ArrayList<>();
      tree.path("overrides").forEach(override -> overrides.add(override.asText()));
      return new SavedPlan(
          Path.of(tree.path("spec").asText()),
          overrides,
          tree.path("device").asText(),
          PlanJson.read(tree.path("plan").toString(), Plan.class));
    } catch (JsonProcessingException | InvalidPathException e) {
      throw noPlan(file);
    } catch (IOException e) {
      throw Refusal.mistake("`" + file + "` cannot be read");
    } catch (UncheckedIOException e) {
      throw noPlan(file);
    }
  }

  /**
   * Plans the same spec again, and refuses if anything that matters has changed since.
   *
   * @param asked what the command line says besides; it must not say anything else
   */
  static PlannedSpec again(Plumb plumb, Path file, SpecArguments asked, Engine engine) {
    SavedPlan saved = read(plumb.path(file));
    if (!asked.overrides().isEmpty()) {
      throw Refusal.mistake(
          "a plan is run as it is, and `-D` would change it",
          "plan again: plumb plan " + plumb.shown(saved.spec()) + " -D … -o " + file);
    }
    if (!saved.device().equals(engine.device())) {
      String option = "--device " + saved.device();
      throw Refusal.mistake(
          "the plan was made for another device: " + saved.device(),
          "give the same option: plumb run " + file + " " + option);
    }
    PlannedSpec now = SpecArguments.of(saved.overrides()).plan(plumb, saved.spec(), engine);
    List<String> changes = saved.changes(now.plan());
    if (!changes.isEmpty()) {
      List<String> help = new ArrayList<>(changes.subList(0, Math.min(SHOWN, changes.size())));
      if (changes.size() > SHOWN) {
        help.add("and " + (changes.size() - SHOWN) + " more");
      }
      help.add("plan again: plumb plan " + plumb.shown(saved.spec()) + " -o " + file);
      throw Refusal.mistake(
          "the plan is stale: " + Phrase.count(changes.size(), "node") + " changed since",
          help.toArray(String[]::new));
    }
    return now;
  }

  private static Refusal noPlan(Path file) {
    return Refusal.mistake(
        "`" + file + "` is not a plan", "`plumb plan SPEC -o " + file + "` writes one");
  }

  /**
   * Says what changed since the plan was made, one line a node; nothing if it still holds. What
   * does not change a result, such as a comment, does not count.
   */
  List<String> changes(Plan now) {
    List<String> changes = new ArrayList<>();
    for (Decisions.Row row : Decisions.of(now, new Before()).rows()) {
      if (row.run() > 0) {
        changes.add(row.name() + ": " + row.why());
      }
    }
    List<String> ids = now.nodes().stream().map(PlanNode::id).toList();
    for (PlanNode node : plan.nodes()) {
      if (!ids.contains(node.id())) {
        changes.add(node.id() + ": no longer in the plan");
      }
    }
    if (changes.isEmpty() && !plan.ends().equals(now.ends())) {
      changes.add("compare: other recipes are compared");
    }
    return changes;
  }

  /** The nodes of the saved plan, as if they had been done. */
  private final class Before implements NodeHistory {
    @Override
    public Result result(String key) {
      boolean planned = plan.nodes().stream().anyMatch(node -> node.key().equals(key));
      return planned ? new Result.Present("plan", key) : new Result.Unknown();
    }

    @Override
    public Optional<Earlier> sameNode(String experiment, String id) {
      return plan.nodes().stream()
          .filter(node -> node.id().equals(id))
          .map(node -> new Earlier("plan", id, node.parts()))
          .findFirst();
    }

    @Override
    public List<Earlier> sameOperation(String operation) {
      return List.of();
    }
  }
}
