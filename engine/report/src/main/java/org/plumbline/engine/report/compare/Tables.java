// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.Evaluation.Answer;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;
import org.plumbline.engine.statistics.Moments;

/**
 * The answers of all recipes as tables of seeds × prompts, aligned so that equal places hold
 * answers to the same prompt in the same seed.
 */
final class Tables {

  private final String reference;
  private final Map<String, Answer[][]> clean = new HashMap<>();
  private final Map<String, Answer[][]> triggered = new HashMap<>();

  Tables(ComparisonInput input) {
    reference = input.reference();
    Map<String, Map<Integer, String>> prompts = new HashMap<>();
    for (RecipeResult result : input.recipes()) {
      clean.put(result.recipe().name(), aligned(result, Evaluation.CLEAN, prompts));
      triggered.put(result.recipe().name(), aligned(result, Evaluation.TRIGGERED, prompts));
    }
    if (promptCount() == 0) {
      throw new IllegalArgumentException("nobody answered a prompt without the trigger");
    }
  }

  private static Answer[][] aligned(
      RecipeResult result, String set, Map<String, Map<Integer, String>> prompts) {
    List<Answer[]> rows = new ArrayList<>();
    for (SeedResult seed : result.seeds()) {
      TreeMap<Integer, Answer> byIndex = new TreeMap<>();
      Map<Integer, String> asked = new TreeMap<>();
      for (Answer answer : seed.evaluation().answers()) {
        if (answer.set().equals(set)) {
          asked.put(answer.index(), answer.prompt());
          if (byIndex.put(answer.index(), answer) != null) {
            throw mismatch(result, seed, "answers prompt " + answer.index() + " twice");
          }
        }
      }
      if (!asked.equals(Objects.requireNonNullElse(prompts.putIfAbsent(set, asked), asked))) {
        throw mismatch(result, seed, "answers other prompts than the first recipe");
      }
      rows.add(byIndex.values().toArray(new Answer[0]));
    }
    return rows.toArray(new Answer[0][]);
  }

  private static IllegalArgumentException mismatch(
      RecipeResult result, SeedResult seed, String what) {
    return new IllegalArgumentException(
        result.recipe().name() + ", seed " + seed.seed() + ": " + what);
  }

  int promptCount() {
    return answers(Evaluation.CLEAN, reference)[0].length;
  }

  /** How many of the prompts differ. */
  int distinctPrompts() {
    return (int)
        Stream.of(answers(Evaluation.CLEAN, reference)[0]).map(Answer::prompt).distinct().count();
  }

  boolean hasTriggered() {
    return answers(Evaluation.TRIGGERED, reference)[0].length > 0;
  }

  Answer[][] answers(String set, String recipe) {
    Map<String, Answer[][]> tables = set.equals(Evaluation.CLEAN) ? clean : triggered;
    return Objects.requireNonNull(tables.get(recipe), recipe);
  }

  /** A number of each answer; null if no answer has it; an error if only some have it. */
  double @Nullable [][] table(
      String set, String recipe, Function<Answer, @Nullable Double> number) {
    Answer[][] answers = answers(set, recipe);
    double[][] out = new double[answers.length][];
    int missing = 0;
    int total = 0;
    for (int s = 0; s < answers.length; s++) {
      out[s] = new double[answers[s].length];
      for (int p = 0; p < out[s].length; p++) {
        Double value = number.apply(answers[s][p]);
        missing += value == null ? 1 : 0;
        total++;
        out[s][p] = value == null ? 0 : value;
      }
    }
    if (missing == total) {
      return null;
    }
    if (missing > 0) {
      throw new IllegalArgumentException(
          recipe + ": a number is there for " + (total - missing) + " of " + total + " answers");
    }
    return out;
  }

  /** A number of each clean answer; null if no answer has it, or if it is the same in a seed. */
  double @Nullable [][] varying(String recipe, Function<Answer, @Nullable Double> number) {
    double[][] table = table(Evaluation.CLEAN, recipe, number);
    for (int s = 0; table != null && s < table.length; s++) {
      if (Moments.sd(table[s]) == 0) {
        return null;
      }
    }
    return table;
  }

  /** Mean and standard deviation over the reference's clean answers in each seed. */
  @Nullable Scale scale(Function<Answer, @Nullable Double> number) {
    double[][] table = varying(reference, number);
    if (table == null) {
      return null;
    }
    double[] means = new double[table.length];
    double[] sds = new double[table.length];
    for (int s = 0; s < table.length; s++) {
      means[s] = Moments.mean(table[s]);
      sds[s] = Moments.sd(table[s]);
    }
    return new Scale(means, sds);
  }

  /**
   * What the reference's gold reward rises by, in its standard deviations, where its score rises by
   * one: their correlation, in each seed. Null if one of the two is missing or does not vary.
   */
  double @Nullable [] correlation() {
    double[][] score = varying(reference, Answer::score);
    double[][] gold = varying(reference, Answer::gold);
    if (score == null || gold == null) {
      return null;
    }
    double[] out = new double[score.length];
    for (int s = 0; s < out.length; s++) {
      out[s] = Moments.correlation(score[s], gold[s]);
    }
    return out;
  }

  /** How numbers are standardised: the reference's mean and standard deviation in each seed. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Scale(double[] means, double[] sds) {

    double z(int seed, double value) {
      return (value - means[seed]) / sds[seed];
    }
  }
}
