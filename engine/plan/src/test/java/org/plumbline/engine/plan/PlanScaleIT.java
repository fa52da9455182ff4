// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.spec.Specs;

/** A plan of 10,000 nodes fits into 512 MiB; prints how long it takes. */
class PlanScaleIT {
  private static final int VARIANTS = 333;
  private static final int SEEDS = 10;

  @Test
  void tenThousandNodesFitIntoHalfAGibibyte() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PlanScaleIT.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    System.out.print(output);
    assertThat(output).contains("planned").doesNotContain("OutOfMemory");
    assertThat(process.exitValue()).isZero();
  }

  /** Plans and prints counts and times. */
  public static void main(String[] args) {
    String text = SmallSpec.text().replaceAll("(?s)variants:.*?\n\n", "");
    text = text.replaceAll("recipes: .*", "recipes: [sft]");
    Experiment experiment = SmallSpec.read(text).experiment().orElseThrow();
    List<Recipe> variants = variants(experiment);
    List<String> names = new ArrayList<>(variants.stream().map(Recipe::name).toList());
    Experiment compared = compared(experiment, names);
    long begun = System.nanoTime();
    Plan plan = SmallSpec.PLANNER.plan(compared, variants, "");
    Decisions decisions = Decisions.of(plan, NodeHistory.NONE);
    double seconds = (System.nanoTime() - begun) / 1e9;
    int bytes = PlanJson.bytes(plan).length;
    if (plan.nodes().size() < 10_000 || decisions.running() != plan.nodes().size()) {
      throw new AssertionError(plan.nodes().size() + " nodes");
    }
    String report =
        "planned %d nodes of %d variants in %.2f s; %.1f MB of JSON"
            .formatted(plan.nodes().size(), VARIANTS, seconds, bytes / 1e6);
    System.out.println(report);
  }

  /** Every variant makes new labels, a new reward model and a new policy. */
  private static List<Recipe> variants(Experiment experiment) {
    List<Recipe> variants = new ArrayList<>();
    String json = Specs.canonicalJson(experiment);
    for (int i = 0; i < VARIANTS; i++) {
      String changed = json.replace("\"pairs\":2000", "\"pairs\":" + (2001 + i));
      Map<?, ?> plain = PlanJson.read(changed, Map.class);
      Experiment varied = Specs.bindCanonical(Experiment.class, plain);
      variants.add(new Recipe("ppo-" + i, "ppo", varied, "ppo"));
    }
    return variants;
  }

  private static Experiment compared(Experiment experiment, List<String> recipes) {
    Map<String, Object> plain = new LinkedHashMap<>(Canonical.of(experiment));
    Map<String, Object> compare = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(plain.get("compare")))
        .forEach((key, value) -> compare.put((String) key, value));
    compare.put("recipes", recipes);
    plain.put("compare", compare);
    plain.put("seeds", LongStream.rangeClosed(1, SEEDS).boxed().toList());
    return Specs.bindCanonical(Experiment.class, plain);
  }
}
