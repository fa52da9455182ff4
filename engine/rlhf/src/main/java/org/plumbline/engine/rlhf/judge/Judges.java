// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.io.IOException;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageContext;

/** Makes judges of their declarations. */
public final class Judges {
  private Judges() {}

  /**
   * The judge that a spec declares; an endpoint's key is read from the environment.
   *
   * @param role of the evaluators who declare it, in the settings of the node
   */
  public static Judge open(StageContext context, EvaluatorsSpec.Judge spec, String role)
      throws IOException {
    String key = role + ".judge.model";
    if (!context.inputs(key).isEmpty()) {
      return new ModelJudge(
          spec.model(),
          spec.principles(),
          Models.openModel(context, key),
          new ModelJudge.Writing(spec.reasoning(), context.seed()));
    }
    ModelSpec model = context.declared(Section.MODELS, spec.model(), ModelSpec.class);
    if (model instanceof ModelSpec.Rules rules) {
      Utility values = Utility.declared(context, rules.values());
      return new RuleJudge(spec.principles(), values, rules.rationality(), context.seed());
    } else if (model instanceof ModelSpec.Endpoint endpoint) {
      EndpointKey secret = EndpointKey.of(endpoint.keyVariable(), System.getenv());
      return new RememberingJudge(
          new EndpointJudge(endpoint, spec.principles(), secret, context::stopAsked),
          context.answers());
    }
    throw new AssertionError(model);
  }
}
