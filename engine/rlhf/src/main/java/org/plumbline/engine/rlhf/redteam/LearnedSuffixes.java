// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.redteam;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.rlhf.numerics.RunningMoments;

/**
 * A learning attacker: a distribution over texts, one softmax per place, that is trained by RLOO on
 * what its texts achieve, and keeps what it has learned from prompt to prompt.
 *
 * <p>Perez et al., "Red Teaming Language Models with Language Models", EMNLP 2022,
 * arXiv:2202.03286, section 3.1 (reinforcement learning, with a price for sameness); RLOO: Ahmadian
 * et al., "Back to Basics: Revisiting REINFORCE Style Optimization for Learning from Human Feedback
 * in LLMs", ACL 2024, arXiv:2402.14740, equation 7:
 *
 * <pre>{@code
 * r_i = z(score_i) - lambda * share of places where text i has the token of another text
 * A_i = r_i - mean of r_j over the other texts j of the batch
 * logit_t(v) += rate / B * sum_i A_i (1[v is token t of text i] - p_t(v))
 * }</pre>
 *
 * <p>Choices the papers leave open: batches of 8; scores are standardised by all that were seen, so
 * that the rate of 2 means the same for all; lambda is 0.5. The paper's attacker is a language
 * model and its price is self-BLEU: a softmax per place has neither grammar nor n-grams to vary.
 */
final class LearnedSuffixes implements SuffixSearch {
  private static final int BATCH = 8;
  private static final double RATE = 2;
  private static final double SAMENESS = 0.5;

  private final double[][] logits;
  private @Nullable RandomSequence random;
  private RunningMoments seen = RunningMoments.NONE;
  private List<int[]> proposed = List.of();

  LearnedSuffixes(Space space) {
    this.logits = new double[space.length()][space.vocabulary()];
  }

  @Override
  public void begin(RandomSequence numbers, Slopes slopes) {
    random = numbers;
  }

  @Override
  public List<int[]> propose(int most) {
    RandomSequence numbers = Objects.requireNonNull(random, "not begun");
    double[][] weights =
        Arrays.stream(logits).map(LearnedSuffixes::softmax).toArray(double[][]::new);
    List<int[]> texts = new ArrayList<>();
    for (int i = 0; i < Math.min(most, BATCH); i++) {
      int[] text = new int[weights.length];
      for (int t = 0; t < text.length; t++) {
        text[t] = numbers.categorical(weights[t]);
      }
      texts.add(text);
    }
    proposed = texts;
    return texts;
  }

  @Override
  public void told(double[] scores) {
    seen = seen.and(scores);
    int n = scores.length;
    if (n < 2) {
      return; // there is nothing to compare it with
    }
    double[] rewards = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double z = seen.deviation() == 0 ? 0 : (scores[i] - seen.mean()) / seen.deviation();
      rewards[i] = z - SAMENESS * sameness(i);
      sum += rewards[i];
    }
    for (int t = 0; t < logits.length; t++) {
      double[] p = softmax(logits[t]);
      for (int i = 0; i < n; i++) {
        double step = RATE / n * (rewards[i] - (sum - rewards[i]) / (n - 1));
        for (int v = 0; v < p.length; v++) {
          logits[t][v] -= step * p[v];
        }
        logits[t][proposed.get(i)[t]] += step;
      }
    }
  }

  private double sameness(int of) {
    int[] own = proposed.get(of);
    int same = 0;
    for (int i = 0; i < proposed.size(); i++) {
      for (int t = 0; i != of && t < own.length; t++) {
        same += proposed.get(i)[t] == own[t] ? 1 : 0;
      }
    }
    return same / (double) (own.length * (proposed.size() - 1));
  }

  /** The moments of the scores, then the logits place by place. */
  @Override
  public double[] memory() {
    int vocabulary = logits[0].length;
    double[] memory = new double[3 + logits.length * vocabulary];
    memory[0] = seen.count();
    memory[1] = seen.mean();
    memory[2] = seen.squares();
    for (int t = 0; t < logits.length; t++) {
      System.arraycopy(logits[t], 0, memory, 3 + t * vocabulary, vocabulary);
    }
    return memory;
  }

  @Override
  public void remember(double[] memory) {
    int vocabulary = logits[0].length;
    seen = new RunningMoments(memory[0], memory[1], memory[2]);
    for (int t = 0; t < logits.length; t++) {
      System.arraycopy(memory, 3 + t * vocabulary, logits[t], 0, vocabulary);
    }
  }

  private static double[] softmax(double[] logits) {
    double most = Arrays.stream(logits).max().orElse(0);
    double[] p = Arrays.stream(logits).map(l -> StrictMath.exp(l - most)).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(w -> w / sum).toArray();
  }
}
