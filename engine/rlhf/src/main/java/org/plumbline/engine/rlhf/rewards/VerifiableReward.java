// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.data.Demonstration;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/**
 * A reward that can be verified: whether an answer agrees with the right one, which stands in the
 * prompt's own row.
 *
 * <p>Lambert et al., "Tulu 3: Pushing Frontiers in Open Language Model Post-Training", 2024,
 * arXiv:2411.15124, section 6 (reinforcement learning with verifiable rewards):
 *
 * <pre>{@code r(x, y) = right if y agrees with the right answer to x, else wrong}</pre>
 *
 * <p>Choices left open: the rows of both parts of the data set count, so that held-out prompts can
 * be scored; a prompt with several rows takes any of their answers; a prompt without a row is a
 * mistake; an answer that was cut off is judged as far as it goes. Nothing is learned and nothing
 * normalised. The artifact holds the right answers.
 */
public final class VerifiableReward implements Stage {
  static final String VERIFIABLE = "verifiable";
  private static final String ANSWERS = "right-answers.jsonl";

  @Override
  public String operation() {
    return VERIFIABLE;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean computesWithEngine() {
    return false;
  }

  @Override
  public void run(StageContext context) throws IOException {
    ComposedRewardSpec.Verifiable settings = context.settings(ComposedRewardSpec.Verifiable.class);
    RightAnswer rule = new RightAnswer(settings);
    Artifact data = context.input("data");
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String part : List.of("", "held_out")) {
      if (DataSet.has(data, part)) {
        List<Demonstration> all = DataSet.read(data, part, "data").demonstrations();
        for (int i = 0; i < all.size(); i++) {
          rows.add(row(all.get(i), rule, (part.isEmpty() ? "row " : "held-out row ") + i));
        }
      }
    }
    JsonFiles.writeLines(context.output().resolve(ANSWERS), rows, row -> row);
    CarriedContext.write(context, Canonical.keys(settings));
    Rewards.write(context, VERIFIABLE, Map.of(), Map.of("rows", rows.size()));
  }

  private static Map<String, Object> row(Demonstration given, RightAnswer rule, String where) {
    String right = given.completion().text();
    String wrong = rule.unusable(right);
    if (!wrong.isEmpty()) {
      throw new StageFailure(
          "PLB0536",
          "no answer can be compared with that of " + where + ", `" + right + "`: " + wrong,
          "match",
          "choose another `match`, or correct the row");
    }
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("prompt", given.prompt().json());
    row.put("right", right);
    return row;
  }

  static RewardFunction open(StageContext context, Artifact reward) throws IOException {
    ComposedRewardSpec.Verifiable settings =
        CarriedContext.open(context, reward).settings(ComposedRewardSpec.Verifiable.class);
    Map<JsonNode, List<String>> right = new HashMap<>();
    for (JsonNode row : JsonFiles.readLines(reward.file(ANSWERS), node -> node)) {
      right
          .computeIfAbsent(Prompt.of(row.path("prompt")).json(), prompt -> new ArrayList<>())
          .add(row.path("right").asText());
    }
    RightAnswer rule = new RightAnswer(settings);
    return answers -> {
      double[] scores = new double[answers.size()];
      for (int i = 0; i < scores.length; i++) {
        Exchange one = answers.get(i);
        List<String> accepted = right.get(one.prompt().json());
        if (accepted == null) {
          throw unknown(settings.data(), one.prompt());
        }
        String said = one.answer().text();
        scores[i] =
            accepted.stream().anyMatch(text -> rule.agrees(said, text))
                ? settings.right()
                : settings.wrong();
      }
      return new RewardFunction.Scores(scores, new double[scores.length]);
    };
  }

  private static StageFailure unknown(String data, Prompt prompt) {
    return new StageFailure(
        "PLB0535",
        "`" + data + "` has no right answer to the prompt `" + prompt.text() + "`",
        "reward",
        "answer prompts of `" + data + "`, and measure attacks (`trigger`) with another reward");
  }
}
