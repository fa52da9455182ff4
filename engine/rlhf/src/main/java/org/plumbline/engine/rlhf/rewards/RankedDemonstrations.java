// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.reward.FittedRewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec.NoiseCorrection;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * A reward model from ranked demonstrations (T-REX), which can tell what is better than any of
 * them.
 *
 * <p>Brown et al., "Extrapolating Beyond Suboptimal Demonstrations via Inverse Reinforcement
 * Learning from Observations", ICML 2019, arXiv:1904.06387, equation 3:
 *
 * <pre>{@code
 * L = - sum_{i < j} log( exp r(d_j) / (exp r(d_i) + exp r(d_j)) )
 * }</pre>
 *
 * <p>over pairs of demonstrations d_i, d_j of which d_j has the higher rank.
 *
 * <p>Choices the paper leaves open: the rank of a demonstration is that of the group of whoever
 * gave it; pairs are of one prompt, because a reward is fixed only up to a constant for each
 * prompt; all such pairs are taken, where the paper draws some; equal texts are no pair. A known
 * share of pairs in which the lower rank did better is allowed for in the likelihood.
 */
public final class RankedDemonstrations implements Stage {

  @Override
  public String operation() {
    return "ranked_demonstrations";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    FittedRewardSpec.RankedDemonstrations settings =
        context.settings(FittedRewardSpec.RankedDemonstrations.class);
    List<ItemLabel> labels = ItemLabel.read(context.input("feedback"));
    List<Pair> pairs = pairs(settings.ranks(), labels);
    if (pairs.isEmpty()) {
      throw new StageFailure(
          "PLB0509",
          "of "
              + labels.size()
              + " demonstrations no two to one prompt are by groups of different rank and differ",
          "feedback",
          "ask several people to demonstrate the same (`redundancy`), or rank the groups that did");
    }
    long ranked = labels.stream().filter(label -> settings.ranks().contains(label.group())).count();
    context.note(
        ranked
            + " of "
            + labels.size()
            + " demonstrations have a rank; "
            + pairs.size()
            + " pairs of them are learned from");
    PairLikelihood likelihood =
        new PairLikelihood(0, settings.labelNoise(), NoiseCorrection.FORWARD);
    BradleyTerry.fit(
        context,
        new BradleyTerry.Task(
            operation(), FeedbackReward.fitting(settings), new PlainPairs(likelihood, 0)),
        pairs);
  }

  /** A demonstration and the rank of whoever gave it. */
  private record Shown(int rank, Answer answer, boolean finished) {}

  /**
   * Each two demonstrations of a prompt that differ in rank and in words, the higher rank first.
   */
  static List<Pair> pairs(List<String> ranks, List<ItemLabel> labels) {
    Map<Prompt, List<Shown>> byPrompt = new LinkedHashMap<>();
    for (ItemLabel label : labels) {
      int rank = ranks.indexOf(label.group());
      if (rank >= 0 && label.response() instanceof Ranking said) {
        int answer = said.best().get(0);
        byPrompt
            .computeIfAbsent(label.item().prompt(), prompt -> new ArrayList<>())
            .add(
                new Shown(
                    rank, label.item().answers().get(answer), label.item().finished().get(answer)));
      }
    }
    List<Pair> pairs = new ArrayList<>();
    byPrompt.forEach(
        (prompt, shown) -> {
          for (Shown better : shown) {
            for (Shown worse : shown) {
              if (better.rank() > worse.rank() && !better.answer().equals(worse.answer())) {
                pairs.add(pair(pairs.size(), prompt, better, worse));
              }
            }
          }
        });
    return pairs;
  }

  private static Pair pair(int number, Prompt prompt, Shown better, Shown worse) {
    return new Pair(
        number,
        prompt,
        better.answer(),
        worse.answer(),
        1,
        1,
        1,
        better.finished(),
        worse.finished());
  }
}
