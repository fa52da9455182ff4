// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/** Makes judges of their declarations. */
public final class Judges {
  private Judges() {}

  /** The judge that a spec declares; an endpoint's key is read from the environment. */
  public static Judge open(StageContext context, EvaluatorsSpec.Judge spec) throws IOException {
    Optional<Artifact> own = model(context, spec);
    if (own.isPresent()) {
      return new ModelJudge(
          spec.model(),
          spec.principles(),
          Models.openModel(own.get(), "judge.model"),
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

  /** The judges whom people have make labels of theirs, by name. */
  public static Map<String, EvaluatorsSpec.Judge> outsourced(
      StageContext context, EvaluatorsSpec declared) {
    Map<String, EvaluatorsSpec.Judge> judges = new LinkedHashMap<>();
    Map<String, EvaluatorsSpec.Group> groups =
        declared.groups() == null ? Map.of() : declared.groups();
    for (EvaluatorsSpec.Group group : groups.values()) {
      EvaluatorsSpec.Outsourcing outsourcing = group.outsourcing();
      if (outsourcing == null) {
        continue;
      }
      String name = outsourcing.judge();
      EvaluatorsSpec.Judge judge =
          context.declared(Section.EVALUATORS, name, EvaluatorsSpec.class).judge();
      if (judge == null) {
        throw new StageFailure(
            "PLB0213",
            "`" + name + "` are people and no machine",
            "evaluators",
            "name evaluators that declare a `judge`");
      }
      judges.put(name, judge);
    }
    return judges;
  }

  /** The language model of the spec that judges, if one does. */
  public static Optional<Artifact> model(StageContext context, EvaluatorsSpec.Judge spec) {
    return Stream.of(Section.POLICIES, Section.MODELS)
        .flatMap(section -> context.inputs(section.key() + "." + spec.model()).stream())
        .findFirst();
  }
}
