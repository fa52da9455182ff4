// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.statistics.Mahalanobis;
import org.plumbline.engine.statistics.Quantile;
import org.plumbline.engine.store.content.Artifact;

/**
 * How far answers are from those that a reward model learned from, by what the model itself makes
 * of them: where that is far, its score is a guess.
 *
 * <p>Lee, Lee, Lee, Shin, "A Simple Unified Framework for Detecting Out-of-Distribution Samples and
 * Adversarial Attacks", NeurIPS 2018, arXiv:1807.03888, equation 2, with one class: the {@link
 * Mahalanobis} distance of the last hidden state at an answer's last token.
 *
 * <p>Choices left open: of an ensemble the first member; at most 1024 answers of the feedback,
 * drawn by chance, of which half make mean and covariance and the others the limit, the distance
 * that 95 % of them do not exceed. Answers that a cloud was fitted to seem nearer to it than they
 * are, so their own distances would make a limit that others exceed by chance alone.
 */
public final class RewardDistance {
  private static final int MOST = 1024;
  private static final int FEWEST = 20;
  private static final int ROWS_AT_ONCE = 64;
  private static final double CLEAN = 0.95;

  private final LanguageModel model;
  private final Mahalanobis cloud;
  private final double limit;

  private RewardDistance(LanguageModel model, Mahalanobis cloud, double limit) {
    this.model = model;
    this.cloud = cloud;
    this.limit = limit;
  }

  /** From the answers of the feedback; null if these are too few, or all the same to the model. */
  public static @Nullable RewardDistance of(RewardModel reward, Artifact feedback, long seed)
      throws IOException {
    List<Exchange> all = answers(feedback);
    int[] order = RandomStream.of(seed, RandomPurpose.KNOWN_ANSWERS, 0).permutation(all.size());
    int[] drawn = Arrays.copyOf(order, Math.min(MOST, order.length));
    LanguageModel model = reward.first();
    List<double[]> states = states(model, TrainingRun.pick(all, drawn));
    List<double[]> fitted = states.subList(0, states.size() / 2);
    if (states.size() < FEWEST || fitted.stream().allMatch(s -> Arrays.equals(s, fitted.get(0)))) {
      return null;
    }
    Mahalanobis cloud = Mahalanobis.of(fitted);
    double[] others =
        states.subList(fitted.size(), states.size()).stream()
            .mapToDouble(cloud::squared)
            .sorted()
            .toArray();
    return new RewardDistance(model, cloud, Quantile.ofSorted(others, CLEAN));
  }

  private static List<Exchange> answers(Artifact feedback) throws IOException {
    List<Exchange> all = new ArrayList<>();
    if (Files.exists(feedback.file(Pairs.FILE))) {
      for (Pair pair : Pairs.read(feedback)) {
        all.add(new Exchange(pair.prompt(), pair.chosen(), pair.chosenFinished()));
        all.add(new Exchange(pair.prompt(), pair.rejected(), pair.rejectedFinished()));
      }
    } else {
      ItemLabel.read(feedback).forEach(label -> all.addAll(label.item().exchanges()));
    }
    return all;
  }

  private static List<double[]> states(LanguageModel model, List<Exchange> answers) {
    AnswerFormat format = new AnswerFormat(model);
    List<Sequence> rows = answers.stream().map(format::example).toList();
    int width = model.config().width();
    List<double[]> states = new ArrayList<>();
    for (int at = 0; at < rows.size(); at += ROWS_AT_ONCE) {
      Batch batch = Batch.of(rows.subList(at, Math.min(rows.size(), at + ROWS_AT_ONCE)));
      try (TensorScope scope = TensorScope.open()) {
        float[] part = model.lastStates(batch).toFloatArray();
        for (int row = 0; row < batch.size(); row++) {
          double[] state = new double[width];
          for (int i = 0; i < width; i++) {
            state[i] = part[row * width + i];
          }
          states.add(state);
        }
      }
    }
    return states;
  }

  /** The share of answers that are beyond the limit: 0.05 of such as it learned from. */
  public double beyond(List<Exchange> answers) {
    long far =
        states(model, answers).stream().filter(state -> cloud.squared(state) > limit).count();
    return far / (double) answers.size();
  }
}
