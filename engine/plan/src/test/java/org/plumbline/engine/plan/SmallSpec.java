// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;

/** A spec that has a bit of everything, and plans of it. */
final class SmallSpec {
  static final Map<String, String> RUNTIME = Map.of("engine", "PyTorch 2.7.1", "device", "cpu");
  static final Planner PLANNER = new Planner(operation -> 1, RUNTIME, SmallSpec::file);

  private SmallSpec() {}

  static String text() {
    return text("small.plumb.yaml");
  }

  static String text(String resource) {
    try (InputStream in = Objects.requireNonNull(SmallSpec.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files whose content is their name; what follows a `#` in the name is not content. */
  static FileRef file(NamedFile named) {
    String written = named.written();
    return new FileRef(written, "/specs/" + written, Sha256.of(written.replaceAll("#.*", "")));
  }

  static Plan plan() {
    return plan(text());
  }

  static Plan plan(String text, String... overrides) {
    return plan(PLANNER, text, overrides);
  }

  static Plan plan(Planner planner, String text, String... overrides) {
    SpecResult read = read(text, overrides);
    Experiment experiment =
        read.experiment().orElseThrow(() -> new AssertionError(read.diagnostics()));
    return planner.plan(experiment, read.recipes(), Sha256.of(text));
  }

  static SpecResult read(String text, String... overrides) {
    return Specs.readText("small.plumb.yaml", text, List.of(overrides));
  }

  /** Every node's key by its id. */
  static Map<String, String> keys(Plan plan) {
    Map<String, String> keys = new HashMap<>();
    plan.nodes().forEach(node -> keys.put(node.id(), node.key()));
    return keys;
  }

  static PlanNode node(Plan plan, String id) {
    return Objects.requireNonNull(plan.byId().get(id), () -> id + " in " + plan.byId().keySet());
  }

  static <T> T at(Map<String, T> map, String key) {
    return Objects.requireNonNull(map.get(key), () -> key + " in " + map.keySet());
  }
}
