// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;

/** Opens the artifacts that are rewards: fitted models, rules, whoever is asked, several as one. */
public final class Rewards {
  /** The key of {@code reward.json} that says what a reward is; fitted models have none. */
  static final String KIND = "kind";

  private Rewards() {}

  /** Opens a reward to ask it. */
  public static RewardFunction open(StageContext context, Artifact reward) throws IOException {
    JsonNode file = JsonFiles.read(reward.file(RewardModel.FILE));
    return switch (file.path(KIND).asText()) {
      case "" -> RewardModel.open(reward);
      case RulesReward.RULES -> RulesReward.open(context, reward);
      case VerifiableReward.VERIFIABLE -> VerifiableReward.open(context, reward);
      case MultiObjective.SEVERAL -> MultiObjective.open(context, file);
      case AiJudge.JUDGE -> AiJudge.open(context, reward);
      case DirectOversight.PEOPLE -> DirectOversight.open(context, reward);
      default -> throw new IllegalStateException("no reward " + file.path(KIND));
    };
  }

  /**
   * Writes the artifact of a reward that is not fitted.
   *
   * @param kind what it is
   * @param file what else {@code reward.json} says
   * @param summary what else the summary says
   */
  static void write(
      StageContext context, String kind, Map<String, Object> file, Map<String, Object> summary)
      throws IOException {
    Map<String, Object> reward = new LinkedHashMap<>();
    reward.put(KIND, kind);
    reward.putAll(file);
    JsonFiles.write(context.output().resolve(RewardModel.FILE), reward);
    new RewardMeasures(kind, null, 0, 0).write(context.output());
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("operation", kind);
    about.put("steps", 0);
    about.putAll(summary);
    JsonFiles.write(context.output().resolve("summary.json"), about);
  }
}
