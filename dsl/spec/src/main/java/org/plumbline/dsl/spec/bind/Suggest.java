// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the word that an author probably meant. */
public final class Suggest {
  /** Keys and kinds of ours, each with short forms and other tools' names of it. */
  private static final String ALIASES_BY_KEY =
      """
      learning_rate: lr, rate
      batch_size: batch, bs, per_device_train_batch_size, per_device_batch_size, train_batch_size
      epochs, steps: num_epochs, num_train_epochs
      steps, updates: epochs, max_steps, num_steps, iterations
      temperature: temp
      max_new_tokens: max_tokens, max_new_length
      max_new_tokens, context: max_length
      seeds: seed
      vocabulary: vocab_size, vocab
      from: model, base, init_from
      from, of: policy
      data: dataset, datasets
      feedback: preferences
      reward: reward_model
      clip: cliprange, clip_range, epsilon
      value_clip: cliprange_value
      value_coefficient: vf_coef
      value_model: critic
      value_learning_rate: critic_learning_rate
      gae_lambda: lam
      gae_lambda, odds_weight: lambda
      gamma: discount
      coefficient: coef, coeff
      regularizers.kl.coefficient: kl_coef, kl_coefficient, init_kl_coef
      regularizers.kl.target: kl_target
      centring: center_rewards_coefficient
      minibatches: minibatch_size, num_mini_batches
      min: from, start, low
      max: to, end, high
      step: by
      points: num, num_points
      rank, lora.rank: r, lora_r, lora_rank
      alpha, lora.alpha: lora_alpha
      dropout, lora.dropout: lora_dropout
      targets, lora.targets: target_modules, lora_target, lora_target_modules
      lora: adapter, peft, peft_config
      directory: base_model, model_name, model_name_or_path, pretrained_model_name_or_path
      dtype: torch_dtype
      context: sequence_len, max_seq_length, max_seq_len, cutoff_len
      warm_up: warmup, warmup_steps, warmup_ratio, num_warmup_steps
      schedule: lr_scheduler, lr_scheduler_type
      max_gradient_norm: max_grad_norm, gradient_clipping
      training.micro_batch: gradient_accumulation_steps
      activation_checkpointing: gradient_checkpointing
      beta1: adam_beta1
      beta2: adam_beta2
      spacing: scale
      hold_out: holdout, test_size, eval_split
      jsonl, json: file
      jsonl, json, corpus: path
      corpus, words: text
      count, n: number
      count, preset: size
      count: share
      rationality, coefficient, regularizers.kl.coefficient: beta
      margin: gamma, delta
      group_size: num_generations, n, k
      mistakes: error_rate, noise
      ensemble: ensemble_size, members
      against: baseline, reference
      recipes: arms, policies
      url: url_base, base_url
      key_variable: api_key
      supervised: sft
      bradley_terry: reward_modelling, bt
      best_of_n: bon
      expert_iteration: bond, bon_distillation, best_of_n_distillation, raft, rest
      online_dpo: oaif, xpo
      nash_md: nlhf
      stop_strings: stop_sequences
      stop_strings, max: stop
      repeat_penalty: repetition_penalty
      reinforce: remax
      grpo: dapo, dr_grpo
      reward_weighted_regression: rwr
      advantage_weighted_regression: awr
      language_feedback: ilf
      f_dpg: dpg
      critique_revision: constitutional
      endpoint: openai
      comparisons: preference, pairs
      policies: stages
      rewards: reward_models
      """;

  private static final Map<String, List<String>> ALIASES =
      ALIASES_BY_KEY
          .lines()
          .map(line -> line.split(": "))
          .flatMap(
              line ->
                  Stream.of(line[1].split(", "))
                      .map(alias -> Map.entry(alias, List.of(line[0].split(", ")))))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final int FEW = 8;

  /** To compare longer words takes too long, and nobody types them. */
  static final int LONGEST = 200;

  private Suggest() {}

  /** The candidate that looks like the word, by the fewest slips of the finger. */
  public static Optional<String> near(String word, Collection<String> candidates) {
    String plain = plain(word);
    for (String candidate : candidates) {
      if (plain(candidate).equals(plain)) {
        return Optional.of(candidate);
      }
    }
    for (String candidate : candidates) {
      if (singular(plain(candidate)).equals(singular(plain))) {
        return Optional.of(candidate);
      }
    }
    int most = word.length() < 5 ? 1 : 2;
    String best = null;
    int least = most + 1;
    for (String candidate : candidates) {
      int distance = distance(word, candidate, most);
      // One slip in a word of one or two letters makes any word of any other.
      boolean meaningful = distance < Math.max(word.length(), candidate.length()) - 1;
      if (distance < least && meaningful) {
        least = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The candidate that the word is another name for. */
  public static Optional<String> alias(String word, Collection<String> candidates) {
    for (String meant : aliases(word)) {
      if (candidates.contains(meant)) {
        return Optional.of(meant);
      }
    }
    return Optional.empty();
  }

  /** What the word is another name for: keys, or paths of keys. */
  static List<String> aliases(String word) {
    return ALIASES.getOrDefault(snake(word), List.of());
  }

  /** {@code `a`, `b`, `c`}. */
  public static String list(Collection<String> words) {
    return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }

  /** The first of them: {@code `a`, `b` and 7 more}. */
  public static String few(Collection<String> words) {
    if (words.size() <= FEW) {
      return list(words);
    }
    return list(words.stream().limit(FEW).toList()) + " and " + (words.size() - FEW) + " more";
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace(" ", "");
  }

  private static String singular(String word) {
    boolean many = word.endsWith("s") && word.length() > 3;
    return many ? word.substring(0, word.length() - 1).replaceFirst("ie$", "y") : word;
  }

  private static String snake(String word) {
    return word.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /**
   * Damerau-Levenshtein distance in the restricted form: insert, delete, replace, swap neighbours.
   */
  static int distance(String a, String b, int most) {
    boolean tooLong = Math.max(a.length(), b.length()) > LONGEST;
    if (tooLong || Math.abs(a.length() - b.length()) > most) {
      return most + 1;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
