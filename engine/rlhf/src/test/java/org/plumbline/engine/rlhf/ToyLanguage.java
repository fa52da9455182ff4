// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

/** A language of four tokens whose answers of at most two tokens can all be listed. */
public final class ToyLanguage {
  /** The only prompt. */
  public static final String PROMPT = "q";

  private static final int END = 0;
  private static final Tokenizer TOKENIZER = tokenizer();

  private ToyLanguage() {}

  /** A transformer that gives all answers some probability. */
  public static LanguageModel model(long seed) {
    LanguageModel model =
        LanguageModel.create(
            ModelConfig.gpt2(4, 8, new ModelConfig.Size(32, 1, 2), END), TOKENIZER, seed);
    List<Sequence> rows = new ArrayList<>();
    int[] answers = {5, 1, 3, 2, 4, 2, 1, 3, 2, 2, 1, 2, 3};
    for (int i = 0; i < answers.length; i++) {
      for (int n = 0; n < answers[i]; n++) {
        rows.add(Sequence.of(prompt(), answers().get(i)));
      }
    }
    try (AdamW optimizer = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      for (int step = 0; step < 60; step++) {
        optimizer.step(3e-3, () -> model.meanLoss(Batch.of(rows)));
      }
    }
    return model;
  }

  /** One that has learned to say one of the answers more often than the others. */
  public static LanguageModel moved() {
    LanguageModel model = model(1);
    Batch batch = Batch.of(List.of(Sequence.of(prompt(), new int[] {1, 2})));
    try (AdamW optimizer = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      for (int step = 0; step < 20; step++) {
        optimizer.step(3e-3, () -> model.meanLoss(batch));
      }
    }
    return model;
  }

  /** The tokens of the prompt. */
  public static int[] prompt() {
    return TOKENIZER.encode(PROMPT);
  }

  /** All answers of at most two tokens: the empty one, and each first token with each second. */
  public static List<int[]> answers() {
    List<int[]> answers = new ArrayList<>();
    answers.add(new int[] {END});
    for (int first = 1; first < 4; first++) {
      for (int second = 0; second < 4; second++) {
        answers.add(new int[] {first, second});
      }
    }
    return answers;
  }

  /** The answers' texts; no two are equal. */
  public static List<String> texts() {
    return answers().stream().map(TOKENIZER::decode).toList();
  }

  /** The probability that a model gives each answer. */
  public static double[] probabilities(LanguageModel model) {
    List<Sequence> rows = answers().stream().map(answer -> Sequence.of(prompt(), answer)).toList();
    try (TensorScope scope = TensorScope.open()) {
      float[] log = model.tokenLogProbs(Batch.of(rows)).sum(1).toFloatArray();
      double[] probabilities = new double[log.length];
      for (int i = 0; i < log.length; i++) {
        probabilities[i] = StrictMath.exp(log[i]);
      }
      return probabilities;
    }
  }

  /** A reward for each answer, all different. */
  public static double[] rewards() {
    double[] rewards = new double[answers().size()];
    for (int i = 0; i < rewards.length; i++) {
      rewards[i] = 1.1 * StrictMath.sin(2.3 * i + 0.4);
    }
    return rewards;
  }

  /**
   * The optimum of reward minus beta times divergence: base times exp(reward / beta), normalised.
   */
  public static double[] optimum(double[] base, double[] rewards, double beta) {
    double[] optimum = new double[base.length];
    double sum = 0;
    for (int i = 0; i < base.length; i++) {
      optimum[i] = base[i] * StrictMath.exp(rewards[i] / beta);
      sum += optimum[i];
    }
    for (int i = 0; i < base.length; i++) {
      optimum[i] /= sum;
    }
    return optimum;
  }

  /** The probability that each answer is preferred to each, of Bradley and Terry. */
  public static double[][] preferences(double[] rewards) {
    double[][] preferences = new double[rewards.length][rewards.length];
    for (int i = 0; i < rewards.length; i++) {
      for (int j = 0; j < rewards.length; j++) {
        preferences[i][j] = 1 / (1 + StrictMath.exp(rewards[j] - rewards[i]));
      }
    }
    return preferences;
  }

  /**
   * The policy that is base times exp(P(y preferred to the opponent) / tau), normalised, where the
   * opponent is its own geometric mixture with the base: with no share of the base in it the Nash
   * equilibrium of the preference less tau times the divergence (Munos et al. 2023,
   * arXiv:2312.00886).
   *
   * @param share of the base in the opponent
   */
  public static double[] equilibrium(
      double[] base, double[][] preferences, double share, double tau) {
    double[] policy = base.clone();
    for (int iteration = 0; iteration < 20_000; iteration++) {
      double[] opponent = mixture(policy, base, share);
      double[] gains = new double[base.length];
      for (int i = 0; i < gains.length; i++) {
        for (int j = 0; j < gains.length; j++) {
          gains[i] += preferences[i][j] * opponent[j];
        }
      }
      policy = mixture(policy, optimum(base, gains, tau), .01);
    }
    return policy;
  }

  private static double[] mixture(double[] one, double[] other, double share) {
    double[] mixed = new double[one.length];
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      mixed[i] = StrictMath.pow(one[i], 1 - share) * StrictMath.pow(other[i], share);
      sum += mixed[i];
    }
    for (int i = 0; i < one.length; i++) {
      mixed[i] /= sum;
    }
    return mixed;
  }

  /** The total variation distance. */
  public static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs(one[i] - other[i]) / 2;
    }
    return sum;
  }

  private static Tokenizer tokenizer() {
    String json =
        """
        {"version": "1.0", "truncation": null, "padding": null,
         "added_tokens": [{"id": 0, "content": "<|endoftext|>", "single_word": false,
           "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
         "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
         "post_processor": null, "decoder": null,
         "model": {"type": "WordLevel", "unk_token": "q",
           "vocab": {"<|endoftext|>": 0, "q": 1, "a": 2, "b": 3}}}
        """;
    return Tokenizer.of(json.getBytes(StandardCharsets.UTF_8));
  }
}
