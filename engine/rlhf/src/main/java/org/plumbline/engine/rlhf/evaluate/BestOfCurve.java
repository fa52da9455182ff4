// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.numerics.BestOf;
import org.plumbline.engine.rlhf.policies.Policies;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.rewards.Rewards;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;

/**
 * What the best of n would be worth for smaller n: the curve of a policy that takes no steps. As
 * many samples as the policy chooses among are drawn once for a few prompts, and every n up to that
 * is estimated from them without bias ({@link BestOf#expectedGold}).
 */
final class BestOfCurve {
  /** Samples in all, and the fewest and the most prompts that they are drawn for. */
  private static final int SAMPLES = 512;

  private static final int FEWEST = 4;
  private static final int MOST = 32;

  private BestOfCurve() {}

  /** A row for each power of two up to n, and n; empty for a policy of another kind. */
  static List<Evaluation.CurveRow> of(
      StageContext context, Artifact policy, Questions asked, Yardsticks yardsticks)
      throws IOException {
    if (!Models.isComposition(policy)) {
      return List.of();
    }
    JsonNode parts = JsonFiles.read(policy.file(Models.COMPOSITION));
    if (!parts.path("kind").asText().equals("best_of_n")) {
      return List.of();
    }
    int n = parts.path("n").asInt();
    int count = Math.max(FEWEST, Math.min(MOST, SAMPLES / n));
    List<Prompt> some = asked.prompts().subList(0, Math.min(count, asked.prompts().size()));
    SamplingSettings sampling =
        SamplingSettings.of(asked.maxNewTokens())
            .withTemperature(parts.path("temperature").asDouble());
    try (AnswerSource sampled =
            Policies.open(context, context.artifact(parts.path("model").asText()));
        RewardFunction proxy =
            Rewards.open(context, context.artifact(parts.path("reward").asText()))) {
      List<Prompt> repeated = Prompt.repeated(some, n);
      RandomStream stream =
          RandomStream.of(
              context.seed(), RandomPurpose.ROLLOUT_TOKENS, RandomPurpose.LEARNING_CURVE);
      List<Exchange> answers =
          SampledAnswer.to(repeated, sampled.answer(repeated, sampling, stream, 0));
      return rows(new Drawn(n, some.size(), answers, proxy.score(answers).score()), yardsticks);
    }
  }

  /** What is answered: prompts, and how long answers may be. */
  record Questions(List<Prompt> prompts, int maxNewTokens) {}

  /** Samples prompt by prompt, and what the policy chooses by. */
  private record Drawn(int n, int prompts, List<Exchange> answers, double[] proxy) {}

  private static List<Evaluation.CurveRow> rows(Drawn drawn, Yardsticks yardsticks)
      throws IOException {
    double[] gold = new double[drawn.answers.size()];
    boolean worth = yardsticks.gold() != null;
    for (int i = 0; worth && i < gold.length; i++) {
      Exchange given = drawn.answers.get(i);
      Double own = yardsticks.worth(given.prompt().text(), given.answer().text());
      gold[i] = own == null ? 0 : own;
    }
    RewardFunction.Scores scores = yardsticks.scores(drawn.answers);
    List<Evaluation.CurveRow> rows = new ArrayList<>();
    for (int n = 1; n <= drawn.n; n = n < drawn.n ? Math.min(2 * n, drawn.n) : n + 1) {
      rows.add(
          new Evaluation.CurveRow(
              n,
              drawn.prompts,
              worth ? (Double) mean(drawn, gold, n) : null,
              scores == null ? null : (Double) mean(drawn, scores.score(), n),
              null,
              null,
              null,
              null));
    }
    return rows;
  }

  private static double mean(Drawn drawn, double[] of, int n) {
    double sum = 0;
    for (int prompt = 0; prompt < drawn.prompts; prompt++) {
      int from = prompt * drawn.n;
      int to = from + drawn.n;
      sum +=
          BestOf.expectedGold(
              Arrays.copyOfRange(drawn.proxy, from, to), Arrays.copyOfRange(of, from, to), n);
    }
    return sum / drawn.prompts;
  }
}
