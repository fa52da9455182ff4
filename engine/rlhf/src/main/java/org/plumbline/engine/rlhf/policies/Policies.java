// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.rewards.Rewards;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;

/** Opens the artifacts that are policies: models, and compositions of a model and a reward. */
public final class Policies {

  private Policies() {}

  /** Opens a policy to ask it. */
  public static AnswerSource open(StageContext context, Artifact policy) throws IOException {
    if (!Models.isComposition(policy)) {
      return new ModelAnswers(Models.load(policy));
    }
    JsonNode parts = JsonFiles.read(policy.file(Models.COMPOSITION));
    AnswerSource sampled = open(context, context.artifact(parts.path("model").asText()));
    RewardFunction reward = Rewards.open(context, context.artifact(parts.path("reward").asText()));
    return new BestOfN.Answers(
        sampled, reward, parts.path("n").asInt(), parts.path("temperature").asDouble());
  }
}
