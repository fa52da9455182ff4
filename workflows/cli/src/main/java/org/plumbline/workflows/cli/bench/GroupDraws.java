// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.Sampler;
import org.plumbline.engine.lm.sampling.SamplingSettings;

/**
 * What it saves that a prompt is read once for a group of answers to it: {@value #PROMPTS} ×
 * {@value #GROUP} answers of {@value #ANSWER} tokens to prompts of {@value #PROMPT}, beside as many
 * answers to prompts of their own. Only reading can be saved, so prompts are long here; at the
 * sizes of the other figures answers are twice as long as prompts, and reading is a fifth of the
 * time.
 */
final class GroupDraws {
  static final int PROMPTS = 8;
  static final int GROUP = 8;
  static final int PROMPT = 256;
  static final int ANSWER = 32;

  private static final RandomStream STREAM = RandomStream.of(0, RandomPurpose.ROLLOUT_TOKENS, 2);

  private final Setting setting;
  private final MadeUpWords words;

  /** Measures a model of these sizes but for its context. */
  GroupDraws(Setting setting, MadeUpWords words) {
    this.setting = setting.withContext(PROMPT + ANSWER);
    this.words = words;
  }

  /** The time of groups in times that of prompts of their own, drawn by turns. */
  double timesApart(double seconds) {
    List<Double> together = new ArrayList<>();
    List<Double> apart = new ArrayList<>();
    try (LanguageModel model = LanguageModel.create(setting.config(), words.tokenizer(), 0)) {
      Sampler sampler = new Sampler(model);
      Clock clock = new Clock(seconds);
      do {
        together.add(time(sampler, prompts(PROMPTS, GROUP)));
        apart.add(time(sampler, prompts(PROMPTS * GROUP, 1)));
      } while (!clock.tick());
    }
    return Row.median(together) / Row.median(apart);
  }

  private List<int[]> prompts(int prompts, int each) {
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i < prompts; i++) {
      rows.addAll(Collections.nCopies(each, words.ids(PROMPT)));
    }
    return rows;
  }

  private static double time(Sampler sampler, List<int[]> prompts) {
    long begun = System.nanoTime();
    sampler.sample(prompts, SamplingSettings.of(ANSWER), STREAM, 0);
    return System.nanoTime() - begun;
  }
}
