// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.plumbline.engine.artifact.JsonFiles;
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
      case MultiObjective.SEVERAL -> MultiObjective.open(context, file);
      case AiJudge.JUDGE -> AiJudge.open(context, reward);
      case DirectOversight.PEOPLE -> DirectOversight.open(context, reward);
      default -> throw new IllegalStateException("no reward " + file.path(KIND));
    };
  }
}
