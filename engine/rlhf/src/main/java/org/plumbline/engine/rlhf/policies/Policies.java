// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.rewards.Rewards;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;

/** Opens the artifacts that are policies: models, and compositions of models and a reward. */
public final class Policies {

  private Policies() {}

  /**
   * Writes the artifact of a policy that chooses among samples.
   *
   * @param own the method's own numbers
   */
  static void write(
      StageContext context, String kind, Map<String, Object> own, ChosenSamples.Drawing drawing)
      throws IOException {
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("kind", kind);
    policy.put("model", context.input("from").digest());
    policy.put("reward", context.input("reward").digest());
    policy.putAll(own);
    JsonFiles.write(context.output().resolve(Models.COMPOSITION), policy);
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("operation", kind);
    summary.put("steps", 0);
    summary.put("kl_bound", drawing.klBound());
    JsonFiles.write(context.output().resolve("summary.json"), summary);
  }

  /** Opens a policy to ask it. */
  public static AnswerSource open(StageContext context, Artifact policy) throws IOException {
    if (!Models.isComposition(policy)) {
      return new ModelAnswers(Models.load(policy));
    }
    JsonNode parts = JsonFiles.read(policy.file(Models.COMPOSITION));
    if (parts.path("kind").asText().equals("shield")) {
      return Shield.open(context, policy, parts);
    } else if (parts.path("kind").asText().equals(MixedPolicies.MIXTURE)) {
      return MixedPolicies.open(context, parts);
    }
    AnswerSource sampled = open(context, context.artifact(parts.path("model").asText()));
    RewardFunction reward = Rewards.open(context, context.artifact(parts.path("reward").asText()));
    String kind = parts.path("kind").asText();
    return switch (kind) {
      case "best_of_n" -> BestOfN.open(sampled, reward, parts);
      case "quantilizer" -> Quantilizer.open(sampled, reward, parts);
      case "rejection_sampling" -> RejectionSampling.open(sampled, reward, parts);
      default -> throw new IllegalStateException("a policy of kind " + kind);
    };
  }
}
