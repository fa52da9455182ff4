// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
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
import org.plumbline.engine.lm.tensor.TorchRuntime;

/** What only shows over many steps or in several threads. */
class TrainingIT {

  private static final Batch BATCH = Batch.of(TestModels.sequences(16, 32, 64, 4));

  private static Map<String, float[]> train(long seed, int steps) {
    try (LanguageModel model = TestModels.micro(seed);
        AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      Sampler sampler = new Sampler(model);
      for (int i = 0; i < steps; i++) {
        adam.step(1e-3, () -> model.meanLoss(BATCH));
        if (i % 10 == 0) {
          sampler.sample(
              List.of(new int[] {1, 2, 3}),
              SamplingSettings.of(8),
              RandomStream.of(seed, RandomPurpose.ROLLOUT_TOKENS, i),
              0);
        }
      }
      return TestModels.numbers(model.parameters());
    }
  }

  @Test
  void threadsThatTrainAtTheSameTimeGetTheSameBytes()
      throws InterruptedException, ExecutionException {
    List<Map<String, float[]>> sequential = List.of(train(1, 60), train(2, 60), train(3, 60));
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<Map<String, float[]>>> running = new ArrayList<>();
      for (long seed = 1; seed <= 3; seed++) {
        long own = seed;
        running.add(threads.submit(() -> train(own, 60)));
      }
      for (int i = 0; i < 3; i++) {
        assertThat(running.get(i).get()).usingRecursiveComparison().isEqualTo(sequential.get(i));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void memoryStaysFlat() {
    try (LanguageModel model =
            TestModels.micro(1)
                .withHead(ScalarHead.VALUE, 0.1, 1)
                .withHead(ScalarHead.REWARD, 0.1, 1);
        LanguageModel reference = model.copy();
        AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      Sampler sampler = new Sampler(model);
      step(model, reference, adam, sampler, 0);
      int live = TorchRuntime.start().liveTensors();

      for (int i = 1; i <= 200; i++) {
        step(model, reference, adam, sampler, i);
        assertThat(TorchRuntime.start().liveTensors()).isEqualTo(live);
      }
    }
  }

  /** A step in the shape of policy optimisation: sample, score, several passes, update. */
  private static void step(
      LanguageModel model, LanguageModel reference, AdamW adam, Sampler sampler, int i) {
    List<int[]> prompts = List.of(new int[] {1, 2, 3}, new int[] {4, 5}, new int[] {4, 5});
    List<Completion> samples =
        sampler.sample(
            prompts,
            SamplingSettings.of(8),
            RandomStream.of(1, RandomPurpose.ROLLOUT_TOKENS, i),
            0);
    List<Sequence> rows = new ArrayList<>();
    for (int r = 0; r < prompts.size(); r++) {
      rows.add(samples.get(r).after(prompts.get(r)));
    }
    Batch batch = Batch.of(rows);
    try (TensorScope scope = TensorScope.open()) {
      Tensor old = reference.tokenLogProbs(batch);
      Tensor reward = model.score(batch).reshape(batch.size(), 1);
      adam.step(
          1e-4,
          () -> {
            TokenScores now = model.tokenScores(batch);
            Tensor ratio = now.logProbs().sub(old).clamp(-20, 20).exp();
            Tensor gain = ratio.mul(reward).minimum(ratio.clamp(0.8f, 1.2f).mul(reward));
            Tensor value = now.values().sub(reward).square();
            return value.sub(gain).sub(now.entropy().mul(0.01f)).maskedMean(batch.mask());
          });
    }
  }
}
