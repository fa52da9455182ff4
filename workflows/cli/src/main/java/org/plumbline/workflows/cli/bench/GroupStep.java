// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.Completion;
import org.plumbline.engine.lm.sampling.Sampler;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.training.TrainingState;
import org.plumbline.engine.statistics.Moments;

/**
 * A step of the shape of GRPO's: several answers to each of some prompts are drawn, scored and
 * compared within their group, the reference says how likely they are, and the policy is updated
 * once.
 *
 * <p>Shao et al., "DeepSeekMath", 2024, arXiv:2402.03300, equation 3 with one update per sample, so
 * that the ratio is 1 and its gradient is that of the log-probability; equation 4 for the
 * divergence: {@code exp(ref - now) - (ref - now) - 1}.
 */
final class GroupStep {
  private static final float BETA = 0.05f;
  private static final double LEARNING_RATE = 1e-5;

  private final Setting setting;
  private final LanguageModel reference;
  private final MadeUpWords words;

  GroupStep(Setting setting, LanguageModel reference, MadeUpWords words) {
    this.setting = setting;
    this.reference = reference;
    this.words = words;
  }

  double samplesPerSecond(double seconds) {
    RandomStream stream = RandomStream.of(0, RandomPurpose.ROLLOUT_TOKENS, 1);
    Clock clock = new Clock(seconds);
    try (TrainingState training = new TrainingState(reference.copy(), AdamW.Settings.DEFAULT)) {
      int step = 0;
      do {
        step(training, stream.at(step++));
      } while (!clock.tick());
    }
    return clock.rate() * setting.prompts() * setting.group();
  }

  private void step(TrainingState training, RandomStream stream) {
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < setting.prompts(); i++) {
      int[] prompt = words.ids(setting.prompt());
      for (int j = 0; j < setting.group(); j++) {
        prompts.add(prompt);
      }
    }
    List<Completion> samples =
        new Sampler(training.model())
            .sample(prompts, SamplingSettings.of(setting.answer()), stream, 0);
    List<Sequence> rows = new ArrayList<>();
    double[] scores = new double[prompts.size()];
    for (int i = 0; i < scores.length; i++) {
      rows.add(samples.get(i).after(prompts.get(i)));
      String answer = reference.tokenizer().decode(samples.get(i).ids());
      scores[i] = Arrays.stream(answer.split(" ")).distinct().count();
    }
    Batch batch = Batch.of(rows);
    float[] before = referenceLogProbs(batch);
    float[] advantages = advantages(scores);
    training.update(
        () -> "the benchmark",
        LEARNING_RATE,
        () -> loss(training.model(), batch, before, advantages));
  }

  private float[] referenceLogProbs(Batch batch) {
    try (TensorScope scope = TensorScope.open()) {
      return reference.tokenLogProbs(batch).toFloatArray();
    }
  }

  /** A score minus its group's mean, in deviations of the group. */
  private float[] advantages(double[] scores) {
    float[] advantages = new float[scores.length];
    for (int from = 0; from < scores.length; from += setting.group()) {
      double[] group = Arrays.copyOfRange(scores, from, from + setting.group());
      for (int i = 0; i < group.length; i++) {
        advantages[from + i] =
            (float)
                ((group[i] - Moments.mean(group)) / (Moments.populationDeviation(group) + 1e-4));
      }
    }
    return advantages;
  }

  private static Tensor loss(
      LanguageModel policy, Batch batch, float[] before, float[] advantages) {
    Tensor mask = batch.mask(); // [batch, time-1]
    Tensor now = policy.tokenLogProbs(batch);
    Tensor ratio = now.sub(now.stopGradient()).exp();
    Tensor gain = ratio.mul(Tensor.of(advantages, advantages.length, 1));
    Tensor apart = Tensor.of(before, batch.size(), batch.width() - 1L).sub(now);
    Tensor divergence = apart.exp().sub(apart).sub(1f);
    return divergence.mul(BETA).sub(gain).maskedMean(mask);
  }
}
