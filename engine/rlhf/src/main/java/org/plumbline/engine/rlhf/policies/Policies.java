package org.plumbline.engine.rlhf.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.rewards.RewardModel;
import org.plumbline.engine.rlhf.training.Json;
import org.plumbline.engine.store.Artifact;
import org.plumbline.engine.store.StageContext;
import org.plumbline.engine.store.StageFailure;

/** Opens the artifacts that are policies: models, and compositions of a model and a reward. */
public final class Policies {

  /** The file that says what a composition is made of; a model has none. */
  static final String COMPOSITION = "policy.json";

  private Policies() {}

  /** Opens a policy to ask it. */
  public static AnswerSource open(StageContext context, Artifact policy) throws IOException {
    if (!isComposition(policy)) {
      return new ModelAnswers(LanguageModel.load(policy.folder()));
    }
    JsonNode parts = Json.read(policy.file(COMPOSITION));
    AnswerSource sampled = open(context, context.artifact(parts.path("model").asText()));
    RewardModel reward = RewardModel.open(context.artifact(parts.path("reward").asText()));
    return new BestOfN.Answers(
        sampled, reward, parts.path("n").asInt(), parts.path("temperature").asDouble());
  }

  /** Opens the model that a role of the settings names, to train it or to ask for probabilities. */
  public static LanguageModel openModel(StageContext context, String role) {
    Artifact artifact = context.input(role);
    if (isComposition(artifact)) {
      throw new StageFailure(
          "PLB0901",
          "`" + role + "` names a policy that has no parameters of its own",
          role,
          "name the model that it samples from");
    }
    return LanguageModel.load(artifact.folder());
  }

  /** Whether a policy is made of others rather than a model. */
  public static boolean isComposition(Artifact policy) {
    return Files.exists(policy.file(COMPOSITION));
  }
}
