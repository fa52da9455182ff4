// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.io.IOException;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/** Makes judges of their declarations. */
public final class Judges {
  private Judges() {}

  /** The judge that a spec declares; an endpoint's key is read from the environment. */
  public static Judge open(StageContext context, EvaluatorsSpec.Judge spec) throws IOException {
    ModelSpec model = context.declared(Section.MODELS, spec.model(), ModelSpec.class);
    if (model instanceof ModelSpec.Rules rules) {
      Utility values = Utility.declared(context, rules.values());
      return new RuleJudge(spec.principles(), values, rules.rationality(), context.seed());
    } else if (model instanceof ModelSpec.Endpoint endpoint) {
      EndpointKey key = EndpointKey.of(endpoint.keyVariable(), System.getenv());
      return new RememberingJudge(
          new EndpointJudge(endpoint, spec.principles(), key, context::stopAsked),
          context.answers());
    } else if (model instanceof ModelSpec.Pretrain) {
      throw new StageFailure(
          "PLB0213",
          "model `" + spec.model() + "` cannot judge",
          "evaluators",
          "name a model of kind `rules` or `endpoint`");
    }
    throw new AssertionError(model);
  }
}
