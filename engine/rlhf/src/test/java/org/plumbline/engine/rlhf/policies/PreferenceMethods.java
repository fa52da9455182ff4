// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.policy.AnswerFittingSpec;
import org.plumbline.dsl.model.policy.PairFittingSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.PreferencePolicySpec;
import org.plumbline.engine.run.Stage;

/** Every method that is fitted to feedback without a reward model in between. */
final class PreferenceMethods {
  private PreferenceMethods() {}

  /** The stages. */
  static List<Stage> stages() {
    return List.copyOf(all(new PairFittingSpec(1, 1, 1)).keySet());
  }

  /** Settings of one of them. */
  static PolicySpec settings(Stage stage, PairFittingSpec fitting) {
    return all(fitting).entrySet().stream()
        .filter(method -> method.getKey().operation().equals(stage.operation()))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static Map<Stage, PolicySpec> all(PairFittingSpec pairs) {
    AnswerFittingSpec answers =
        new AnswerFittingSpec(
            pairs.steps(), pairs.batchSize(), pairs.learningRate(), pairs.training());
    Map<Stage, PolicySpec> all = new LinkedHashMap<>();
    all.put(new Dpo(), new PolicySpec.Dpo("base", "prefs", .1, .1, pairs));
    all.put(new Ipo(), new PreferencePolicySpec.Ipo("base", "prefs", .1, false, pairs));
    all.put(new Simpo(), new PreferencePolicySpec.Simpo("base", "prefs", 2, 1, pairs));
    all.put(new Cpo(), new PreferencePolicySpec.Cpo("base", "prefs", .1, 1, pairs));
    all.put(new Slic(), new PreferencePolicySpec.Slic("base", "prefs", 1, .1, pairs));
    all.put(
        new Rrhf(),
        new PreferencePolicySpec.Rrhf(
            "base",
            "prefs",
            1,
            1,
            pairs.steps(),
            pairs.batchSize(),
            pairs.learningRate(),
            pairs.training()));
    all.put(new Orpo(), new PreferencePolicySpec.Orpo("base", "prefs", .1, pairs));
    all.put(new Kto(), new PreferencePolicySpec.Kto("base", "prefs", .1, 1, 1.3, answers));
    all.put(new Bco(), new PreferencePolicySpec.Bco("base", "prefs", .1, answers));
    return all;
  }
}
