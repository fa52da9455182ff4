// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.model.VariantSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.policy.PairFittingSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Settings;

class RecipeSettingsTest {

  private static final Map<String, VariantSpec> VARIANTS =
      Map.of(
          "dpo-tight", new VariantSpec("dpo", Map.of("policies.dpo.dpo.beta", 0.5)),
          "dpo-few", new VariantSpec("dpo", Map.of("feedback.prefs.recorded.pairs", 10L)));

  private static final List<Recipe> RECIPES =
      List.of(
          recipe("sft", "sft", 0.1, 100),
          recipe("dpo", "dpo", 0.1, 100),
          recipe("dpo-tight", "dpo", 0.5, 100),
          recipe("dpo-few", "dpo", 0.1, 10));

  private static Recipe recipe(String name, String policy, double beta, int pairs) {
    Map<String, PolicySpec> policies = new LinkedHashMap<>();
    policies.put("sft", new PolicySpec.Supervised("base", "demos", null, 60, 32, 1e-3, 0));
    policies.put(
        "dpo", new PolicySpec.Dpo("sft", "prefs", beta, 0, new PairFittingSpec(150, 32, 3e-4)));
    Experiment experiment =
        new Experiment(
            Experiment.Version.V1,
            "small",
            List.of(1L),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of("prefs", new FeedbackSpec.Recorded("rows", pairs)),
            Map.of(),
            policies,
            VARIANTS,
            null);
    return new Recipe(name, policy, experiment, name.equals(policy) ? "" : "dpo");
  }

  private static Settings.Setting setting(String path) {
    return RecipeSettings.of(RECIPES, VARIANTS).differing().stream()
        .filter(s -> s.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not shown as different: " + path));
  }

  @Test
  void policiesStandBesideEachOther() {
    assertThat(setting("policy learning_rate").values())
        .extracting(Settings.Value::value)
        .containsExactly("0.001", "3e-4", "3e-4", "3e-4");
  }

  @Test
  void whatTheVariantSetsIsMarked() {
    assertThat(setting("policy beta").values())
        .containsExactly(
            new Settings.Value("sft", null, false),
            new Settings.Value("dpo", "0.1", false),
            new Settings.Value("dpo-tight", "0.5", true),
            new Settings.Value("dpo-few", "0.1", false));
  }

  @Test
  void settingsUpstreamKeepTheirPath() {
    assertThat(setting("feedback.prefs.recorded.pairs").values())
        .containsExactly(
            new Settings.Value("sft", null, false),
            new Settings.Value("dpo", "100", false),
            new Settings.Value("dpo-tight", "100", false),
            new Settings.Value("dpo-few", "10", true));
  }

  @Test
  void whatIsEqualIsOnlyCounted() {
    Settings settings = RecipeSettings.of(RECIPES, VARIANTS);

    assertThat(settings.differing()).noneMatch(s -> s.path().equals("policy batch_size"));
    assertThat(settings.same()).isPositive();
  }

  @Test
  void recipesAreDescribedByWhatTheyAreMadeFrom() {
    assertThat(RecipeSettings.describe(RECIPES.get(1), VARIANTS).label())
        .isEqualTo("dpo: from sft, feedback prefs, beta 0.1");
    ComparedRecipe described = RecipeSettings.describe(RECIPES.get(2), VARIANTS);
    assertThat(described)
        .isEqualTo(
            new ComparedRecipe(
                    "dpo-tight",
                    "dpo",
                    "dpo with dpo.beta 0.5",
                    "dpo",
                    new ComparedRecipe.Training("sft", "prefs"))
                .at(described.point()));
  }

  @Test
  void variantsLieAmongThoseOfTheSameRecipe() {
    assertThat(RecipeSettings.describe(RECIPES.get(0), VARIANTS).point()).isNull();
    assertThat(RecipeSettings.describe(RECIPES.get(1), VARIANTS).point())
        .isEqualTo(point("0.1", "100"));
    assertThat(RecipeSettings.describe(RECIPES.get(2), VARIANTS).point())
        .isEqualTo(point("0.5", "100"));
    assertThat(RecipeSettings.describe(RECIPES.get(3), VARIANTS).point())
        .isEqualTo(point("0.1", "10"));
  }

  private static ComparedRecipe.Point point(String beta, String pairs) {
    return new ComparedRecipe.Point(
        "dpo", Map.of("policies.dpo.dpo.beta", beta, "feedback.prefs.recorded.pairs", pairs));
  }

  @Test
  void curvesStartFromWhatThePolicyStartsFrom() {
    assertThat(RecipeSettings.describe(RECIPES.get(0), VARIANTS).training())
        .isEqualTo(new ComparedRecipe.Training("base", "demos"));
  }
}
