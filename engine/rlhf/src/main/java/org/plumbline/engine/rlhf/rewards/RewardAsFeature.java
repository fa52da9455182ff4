// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.Features;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;

/**
 * The score of a reward as a feature of answers: a yardstick that was learned.
 *
 * <p>An answer counts as one that ended by itself. A prompt that is a conversation is scored as the
 * text of its transcript, which is all that a feature is given.
 */
public final class RewardAsFeature implements Features.RewardFeatures {
  private static final int REMEMBERED = 4096;

  @Override
  public Feature of(StageContext context, Artifact reward) throws IOException {
    return context.shared(
        reward.digest(), Scorer.class, () -> new Scorer(Rewards.open(context, reward)));
  }

  /** Scores answers one by one, and remembers those it scored last: several people ask alike. */
  private static final class Scorer implements Feature, AutoCloseable {
    private final RewardFunction reward;
    private final Map<List<String>, Double> known =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<List<String>, Double> eldest) {
            return size() > REMEMBERED;
          }
        };

    Scorer(RewardFunction reward) {
      this.reward = reward;
    }

    @Override
    public synchronized double of(String prompt, String answer) {
      List<String> both = List.of(prompt, answer);
      Double before = known.get(both);
      if (before != null) {
        return before;
      }
      Prompt asked = Prompt.of(prompt);
      try {
        double score =
            reward.score(List.of(new Exchange(asked, asked.answer(answer), true))).score()[0];
        known.put(both, score);
        return score;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      reward.close();
    }
  }
}
