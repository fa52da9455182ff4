// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.Sampler;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.training.TrainingState;

/**
 * What an update of PPO is made of, each measured alone: answers are drawn, policy and reference
 * say how likely they are, and the model learns each row {@link #EPOCHS} times in steps of plain
 * cross-entropy.
 */
final class PpoParts {
  static final int EPOCHS = 2;
  static final int MINIBATCHES = 2;

  private final Setting setting;
  private final LanguageModel model;
  private final MadeUpWords words;

  PpoParts(Setting setting, LanguageModel model, MadeUpWords words) {
    this.setting = setting;
    this.model = model;
    this.words = words;
  }

  /**
   * The time of an update in times that of its parts.
   *
   * @param updatesPerSecond as the stage takes them
   * @param seconds for which the parts are measured together
   */
  double timesParts(double updatesPerSecond, double seconds) {
    int answers = setting.prompts() * setting.group();
    int steps = EPOCHS * MINIBATCHES;
    double parts =
        1 / drawsPerSecond(answers, seconds / 3)
            + 2 / passesPerSecond(rows(answers), seconds / 3)
            + steps / stepsPerSecond(rows(answers / MINIBATCHES), seconds / 3);
    return 1 / updatesPerSecond / parts;
  }

  private double drawsPerSecond(int answers, double seconds) {
    RandomStream stream = RandomStream.of(0, RandomPurpose.ROLLOUT_TOKENS, 3);
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < answers; i++) {
      prompts.add(words.ids(setting.prompt()));
    }
    Clock clock = new Clock(seconds);
    int calls = 0;
    do {
      new Sampler(model)
          .sample(prompts, SamplingSettings.of(setting.answer()), stream.at(calls++), 0);
    } while (!clock.tick());
    return clock.rate();
  }

  private Batch rows(int answers) {
    List<Sequence> rows = new ArrayList<>();
    for (int i = 0; i < answers; i++) {
      rows.add(new Sequence(words.ids(setting.prompt() + setting.answer()), setting.prompt()));
    }
    return Batch.of(rows);
  }

  private double passesPerSecond(Batch batch, double seconds) {
    Clock clock = new Clock(seconds);
    do {
      try (TensorScope scope = TensorScope.open()) {
        model.tokenLogProbs(batch).toFloatArray();
      }
    } while (!clock.tick());
    return clock.rate();
  }

  private double stepsPerSecond(Batch batch, double seconds) {
    Clock clock = new Clock(seconds);
    try (TrainingState training = new TrainingState(model.copy(), AdamW.Settings.DEFAULT)) {
      do {
        LmBench.learn(training, batch.rows(), 1e-4);
      } while (!clock.tick());
    }
    return clock.rate();
  }
}
