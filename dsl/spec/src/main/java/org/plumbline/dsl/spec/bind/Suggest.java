// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the word that an author probably meant. */
public final class Suggest {
  /** Short forms and other tools' names of keys, as people write them. */
  private static final Map<String, List<String>> ALIASES =
      Map.ofEntries(
          Map.entry("lr", List.of("learning_rate")),
          Map.entry("rate", List.of("learning_rate")),
          Map.entry("batch", List.of("batch_size")),
          Map.entry("bs", List.of("batch_size")),
          Map.entry("per_device_train_batch_size", List.of("batch_size")),
          Map.entry("num_epochs", List.of("epochs", "steps")),
          Map.entry("num_train_epochs", List.of("epochs", "steps")),
          Map.entry("epochs", List.of("steps", "updates")),
          Map.entry("max_steps", List.of("steps", "updates")),
          Map.entry("num_steps", List.of("steps", "updates")),
          Map.entry("iterations", List.of("steps", "updates")),
          Map.entry("temp", List.of("temperature")),
          Map.entry("max_tokens", List.of("max_new_tokens")),
          Map.entry("max_length", List.of("max_new_tokens", "context")),
          Map.entry("max_new_length", List.of("max_new_tokens")),
          Map.entry("seed", List.of("seeds")),
          Map.entry("vocab_size", List.of("vocabulary")),
          Map.entry("vocab", List.of("vocabulary")),
          Map.entry("model", List.of("from")),
          Map.entry("policy", List.of("from", "of")),
          Map.entry("base", List.of("from")),
          Map.entry("init_from", List.of("from")),
          Map.entry("dataset", List.of("data")),
          Map.entry("preferences", List.of("feedback")),
          Map.entry("reward_model", List.of("reward")),
          Map.entry("cliprange", List.of("clip")),
          Map.entry("clip_range", List.of("clip")),
          Map.entry("epsilon", List.of("clip")),
          Map.entry("cliprange_value", List.of("value_clip")),
          Map.entry("vf_coef", List.of("value_coefficient")),
          Map.entry("critic", List.of("value_model")),
          Map.entry("critic_learning_rate", List.of("value_learning_rate")),
          Map.entry("lam", List.of("gae_lambda")),
          Map.entry("lambda", List.of("gae_lambda", "odds_weight")),
          Map.entry("discount", List.of("gamma")),
          Map.entry("coef", List.of("coefficient")),
          Map.entry("coeff", List.of("coefficient")),
          Map.entry("kl_coef", List.of("regularizers.kl.coefficient")),
          Map.entry("kl_coefficient", List.of("regularizers.kl.coefficient")),
          Map.entry("init_kl_coef", List.of("regularizers.kl.coefficient")),
          Map.entry("kl_target", List.of("regularizers.kl.target")),
          Map.entry("center_rewards_coefficient", List.of("centring")),
          Map.entry("minibatch_size", List.of("minibatches")),
          Map.entry("num_mini_batches", List.of("minibatches")),
          Map.entry("from", List.of("min")),
          Map.entry("start", List.of("min")),
          Map.entry("low", List.of("min")),
          Map.entry("to", List.of("max")),
          Map.entry("end", List.of("max")),
          Map.entry("high", List.of("max")),
          Map.entry("by", List.of("step")),
          Map.entry("num", List.of("points")),
          Map.entry("num_points", List.of("points")),
          Map.entry("r", List.of("rank", "lora.rank")),
          Map.entry("lora_r", List.of("rank", "lora.rank")),
          Map.entry("lora_rank", List.of("rank", "lora.rank")),
          Map.entry("lora_alpha", List.of("alpha", "lora.alpha")),
          Map.entry("lora_dropout", List.of("dropout", "lora.dropout")),
          Map.entry("target_modules", List.of("targets", "lora.targets")),
          Map.entry("lora_target", List.of("targets", "lora.targets")),
          Map.entry("lora_target_modules", List.of("targets", "lora.targets")),
          Map.entry("adapter", List.of("lora")),
          Map.entry("peft", List.of("lora")),
          Map.entry("peft_config", List.of("lora")),
          Map.entry("base_model", List.of("directory")),
          Map.entry("model_name", List.of("directory")),
          Map.entry("model_name_or_path", List.of("directory")),
          Map.entry("pretrained_model_name_or_path", List.of("directory")),
          Map.entry("torch_dtype", List.of("dtype")),
          Map.entry("sequence_len", List.of("context")),
          Map.entry("max_seq_length", List.of("context")),
          Map.entry("max_seq_len", List.of("context")),
          Map.entry("cutoff_len", List.of("context")),
          Map.entry("warmup", List.of("warm_up")),
          Map.entry("warmup_steps", List.of("warm_up")),
          Map.entry("warmup_ratio", List.of("warm_up")),
          Map.entry("num_warmup_steps", List.of("warm_up")),
          Map.entry("lr_scheduler", List.of("schedule")),
          Map.entry("lr_scheduler_type", List.of("schedule")),
          Map.entry("max_grad_norm", List.of("max_gradient_norm")),
          Map.entry("gradient_clipping", List.of("max_gradient_norm")),
          Map.entry("gradient_checkpointing", List.of("activation_checkpointing")),
          Map.entry("adam_beta1", List.of("beta1")),
          Map.entry("adam_beta2", List.of("beta2")),
          Map.entry("per_device_batch_size", List.of("batch_size")),
          Map.entry("train_batch_size", List.of("batch_size")),
          Map.entry("scale", List.of("spacing")),
          Map.entry("holdout", List.of("hold_out")),
          Map.entry("test_size", List.of("hold_out")),
          Map.entry("eval_split", List.of("hold_out")),
          Map.entry("file", List.of("jsonl", "json")),
          Map.entry("path", List.of("jsonl", "json", "corpus")),
          Map.entry("text", List.of("corpus", "words")),
          Map.entry("number", List.of("count", "n")),
          Map.entry("size", List.of("count", "preset")),
          Map.entry("share", List.of("count")),
          Map.entry("beta", List.of("rationality", "coefficient", "regularizers.kl.coefficient")),
          Map.entry("gamma", List.of("margin")),
          Map.entry("delta", List.of("margin")),
          Map.entry("num_generations", List.of("group_size")),
          Map.entry("n", List.of("group_size")),
          Map.entry("k", List.of("group_size")),
          Map.entry("error_rate", List.of("mistakes")),
          Map.entry("noise", List.of("mistakes")),
          Map.entry("ensemble_size", List.of("ensemble")),
          Map.entry("members", List.of("ensemble")),
          Map.entry("baseline", List.of("against")),
          Map.entry("reference", List.of("against")),
          Map.entry("arms", List.of("recipes")),
          Map.entry("policies", List.of("recipes")),
          Map.entry("url_base", List.of("url")),
          Map.entry("base_url", List.of("url")),
          Map.entry("api_key", List.of("key_variable")),
          Map.entry("sft", List.of("supervised")),
          Map.entry("reward_modelling", List.of("bradley_terry")),
          Map.entry("bt", List.of("bradley_terry")),
          Map.entry("bon", List.of("best_of_n")),
          Map.entry("bond", List.of("expert_iteration")),
          Map.entry("bon_distillation", List.of("expert_iteration")),
          Map.entry("best_of_n_distillation", List.of("expert_iteration")),
          Map.entry("oaif", List.of("online_dpo")),
          Map.entry("xpo", List.of("online_dpo")),
          Map.entry("nlhf", List.of("nash_md")),
          Map.entry("stop_sequences", List.of("stop_strings")),
          Map.entry("stop", List.of("stop_strings", "max")),
          Map.entry("repetition_penalty", List.of("repeat_penalty")),
          Map.entry("raft", List.of("expert_iteration")),
          Map.entry("rest", List.of("expert_iteration")),
          Map.entry("remax", List.of("reinforce")),
          Map.entry("dapo", List.of("grpo")),
          Map.entry("dr_grpo", List.of("grpo")),
          Map.entry("rwr", List.of("reward_weighted_regression")),
          Map.entry("awr", List.of("advantage_weighted_regression")),
          Map.entry("ilf", List.of("language_feedback")),
          Map.entry("dpg", List.of("f_dpg")),
          Map.entry("constitutional", List.of("critique_revision")),
          Map.entry("openai", List.of("endpoint")),
          Map.entry("preference", List.of("comparisons")),
          Map.entry("pairs", List.of("comparisons")),
          Map.entry("datasets", List.of("data")),
          Map.entry("stages", List.of("policies")),
          Map.entry("reward_models", List.of("rewards")));

  private static final int FEW = 8;

  /** To compare longer words takes too long, and nobody types them. */
  private static final int LONGEST = 200;

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
