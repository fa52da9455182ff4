// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.run.StageContext;

/**
 * The likelihood of texts beside the reward, so that a policy does not forget them (PPO-ptx).
 *
 * <p>Ouyang et al., "Training language models to follow instructions with human feedback", NeurIPS
 * 2022, arXiv:2203.02155, equation 2: to the loss of each step is added
 *
 * <pre>{@code
 * - gamma mean over the tokens of some texts of log pi(token | those before)
 * }</pre>
 *
 * <p>Each step has as many texts as answers, drawn by chance.
 */
public final class PretrainingMix {
  private final List<Sequence> texts;
  private final double coefficient;
  private final long seed;

  private PretrainingMix(List<Sequence> texts, double coefficient, long seed) {
    this.texts = texts;
    this.coefficient = coefficient;
    this.seed = seed;
  }

  /** The texts that the settings name; null if they name none. */
  public static @Nullable PretrainingMix open(
      StageContext context, Regularizers.@Nullable PretrainingMix settings, LanguageModel policy)
      throws IOException {
    if (settings == null) {
      return null;
    }
    AnswerFormat format = new AnswerFormat(policy);
    List<Sequence> texts =
        DataSet.of(context, "regularizers.pretraining_mix.data").textsToLearn().stream()
            .map(format::document)
            .toList();
    format.note(context);
    return new PretrainingMix(texts, settings.coefficient(), context.seed());
  }

  /** The texts of a step. */
  public List<Sequence> drawn(long update, int step, int answers) {
    RandomSequence draws =
        RandomStream.of(seed, RandomPurpose.PRETRAINING_TEXTS, (int) update).forItem(step);
    List<Sequence> some = new ArrayList<>();
    for (int i = 0; i < answers; i++) {
      some.add(draws.pick(texts));
    }
    return some;
  }

  /**
   * The mean loss of the rows of a part of a step with the texts' beside it: parts are weighted
   * with their share of the rows afterwards.
   *
   * @param some texts of the part, as many as rows
   * @param all texts of the step
   */
  public Loss besideMean(Loss loss, LanguageModel model, List<Sequence> some, List<Sequence> all) {
    return beside(loss, model, some, tokens(some) / mean(all) / some.size());
  }

  private static double mean(List<Sequence> texts) {
    return tokens(texts) / (double) texts.size();
  }

  /**
   * The loss of a part of a step with the texts' beside it: parts are added up.
   *
   * @param some texts of the part
   * @param all texts of the step
   */
  public Loss with(Loss loss, LanguageModel model, List<Sequence> some, List<Sequence> all) {
    return beside(loss, model, some, tokens(some) / (float) tokens(all));
  }

  private Loss beside(Loss loss, LanguageModel model, List<Sequence> some, double share) {
    Tensor unlikely = model.meanLoss(Batch.of(some)).mul((float) share);
    loss.log("pretraining_loss", unlikely);
    return new Loss(added(loss.value(), unlikely, coefficient), loss.logged());
  }

  /** How many tokens are predicted: not the first of a text, before which there is nothing. */
  private static long tokens(List<Sequence> texts) {
    return texts.stream().mapToLong(text -> text.length() - Math.max(1, text.promptLength())).sum();
  }

  /** Equation 2 as a loss. */
  static Tensor added(Tensor loss, Tensor unlikely, double coefficient) {
    return loss.add(unlikely.mul((float) coefficient));
  }
}
