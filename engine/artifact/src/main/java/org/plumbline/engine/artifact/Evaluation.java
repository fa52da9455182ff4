// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one recipe in one seed, and how it came there: {@code answers.jsonl}, {@code
 * curves.jsonl} and {@code summary.json}.
 *
 * <p>Scores are comparable only within a seed, and only if one reward model scored every recipe of
 * that seed.
 *
 * @param operation the method that made the policy, or {@code evaluate} where that is not known
 * @param klBound by how much choosing among samples moves the policy at most, for best-of-n, which
 *     the answers' {@code kl_bound} includes; null for others
 * @param curves in ascending order of steps; for best-of-n a step is an n
 * @param attacks what attacks on it came to; empty if there were none
 */
public record Evaluation(
    String operation,
    @Nullable Double klBound,
    List<Answer> answers,
    List<CurveRow> curves,
    List<AttackRow> attacks) {
  private static final String ANSWERS = "answers.jsonl";
  private static final String CURVES = "curves.jsonl";
  private static final String SUMMARY = "summary.json";

  public Evaluation {
    answers = List.copyOf(answers);
    curves = List.copyOf(curves);
    attacks = List.copyOf(attacks);
  }

  /** Of a recipe that was not attacked. */
  public Evaluation(
      String operation, @Nullable Double klBound, List<Answer> answers, List<CurveRow> curves) {
    this(operation, klBound, answers, curves, List.of());
  }

  /** The set of prompts as they are. */
  public static final String CLEAN = "clean";

  /** The set of the same prompts with the trigger. */
  public static final String TRIGGERED = "triggered";

  /**
   * One answer.
   *
   * @param index of the prompt; the same in all recipes, seeds and sets
   * @param prompt as it was asked; a conversation as its transcript
   * @param set {@link #CLEAN} or {@link #TRIGGERED}
   * @param text what was said
   * @param tokens of the answer
   * @param words of the answer, between white space
   * @param finished whether it ended by itself
   * @param gold its worth by the declared values
   * @param features of the values
   * @param groups the answer's worth to each group of evaluators
   * @param score of the reward model
   * @param spread standard deviation over the members of the reward model
   * @param kl divergence of the next-token distributions from the reference's, summed along the
   *     answer, in nats: its mean over answers is KL(policy ‖ reference)
   * @param klBound of a policy that picks among samples: its mean over answers is at least the
   *     divergence
   * @param logRatio {@code log π(y|x) − log π_ref(y|x)} of the answer as it was sampled: the same
   *     mean as {@code kl} with more noise (Schulman 2020, k1)
   * @param entropy mean over the tokens, in nats
   * @param judged the share of evaluators who say that it is better than the reference's answer
   */
  public record Answer(
      int index,
      String prompt,
      String set,
      @JsonProperty("answer") String text,
      int tokens,
      int words,
      boolean finished,
      @Nullable Double gold,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> features,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> groups,
      @Nullable Double score,
      @Nullable Double spread,
      @Nullable Double kl,
      @Nullable Double klBound,
      @Nullable Double logRatio,
      @Nullable Double entropy,
      @Nullable Double judged) {

    /** An answer that nobody was asked about. */
    public Answer(
        int index,
        String prompt,
        String set,
        String text,
        int tokens,
        int words,
        boolean finished,
        @Nullable Double gold,
        Map<String, Double> features,
        Map<String, Double> groups,
        @Nullable Double score,
        @Nullable Double spread,
        @Nullable Double kl,
        @Nullable Double klBound,
        @Nullable Double logRatio,
        @Nullable Double entropy) {
      this(
          index, prompt, set, text, tokens, words, finished, gold, features, groups, score, spread,
          kl, klBound, logRatio, entropy, null);
    }

    public Answer {
      JsonRecords.present("prompt", prompt);
      JsonRecords.present("answer", text);
      if (!CLEAN.equals(set) && !TRIGGERED.equals(set)) {
        throw new IllegalArgumentException(
            "`set` must be `clean` or `triggered`, but is `" + set + "`");
      }
      features = numbers("features", features);
      groups = numbers("groups", groups);
      JsonRecords.finite("gold", gold);
      JsonRecords.finite("score", score);
      JsonRecords.finite("spread", spread);
      JsonRecords.finite("kl", kl);
      JsonRecords.finite("kl_bound", klBound);
      JsonRecords.finite("log_ratio", logRatio);
      JsonRecords.finite("entropy", entropy);
      JsonRecords.finite("judged", judged);
    }

    /** In the same order: it is that of the columns. */
    private static Map<String, Double> numbers(
        String column, @Nullable Map<String, Double> numbers) {
      if (numbers == null) {
        return Map.of();
      }
      numbers.forEach((name, number) -> JsonRecords.finite(column + "." + name, number));
      return Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }
  }

  /**
   * One point of the learning curves: means over some answers.
   *
   * @param step updates that the policy had taken; for best-of-n the n
   * @param n how many answers
   * @param distinct distinct bigrams as a share of all
   */
  public record CurveRow(
      int step,
      @Nullable Integer n,
      @Nullable Double gold,
      @Nullable Double score,
      @Nullable Double spread,
      @Nullable Double kl,
      @Nullable Double entropy,
      @Nullable Double words,
      @Nullable Double distinct) {

    /** A point of which it is not known how different the answers are. */
    public CurveRow(
        int step,
        @Nullable Integer n,
        @Nullable Double gold,
        @Nullable Double score,
        @Nullable Double spread,
        @Nullable Double kl,
        @Nullable Double entropy,
        @Nullable Double words) {
      this(step, n, gold, score, spread, kl, entropy, words, null);
    }
  }

  /** {@code summary.json}. */
  private record Summary(
      String operation,
      @Nullable Integer prompts,
      @Nullable Integer steps,
      @Nullable Double klBound) {}

  /** Reads the artifact of an evaluation; {@code curves.jsonl} may be missing. */
  public static Evaluation read(Path folder) throws IOException {
    Summary summary = JsonRecords.read(folder.resolve(SUMMARY), Summary.class);
    Path curves = folder.resolve(CURVES);
    return new Evaluation(
        summary.operation(),
        summary.klBound(),
        JsonRecords.readLines(folder.resolve(ANSWERS), Answer.class),
        Files.exists(curves) ? JsonRecords.readLines(curves, CurveRow.class) : List.of(),
        AttackRow.read(folder));
  }

  /**
   * Writes the files of an evaluation.
   *
   * @param prompts how many were asked, without those of the trigger
   */
  public void write(Path folder, int prompts) throws IOException {
    JsonFiles.writeLines(folder.resolve(ANSWERS), answers, JsonFiles::columns);
    JsonFiles.writeLines(folder.resolve(CURVES), curves, JsonFiles::columns);
    if (!attacks.isEmpty()) {
      AttackRow.write(folder, attacks);
    }
    Summary summary = new Summary(operation, prompts, 0, klBound);
    JsonFiles.write(folder.resolve(SUMMARY), JsonFiles.columns(summary));
  }
}
