// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec.SelectBy;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.AnswerLogProbs;
import org.plumbline.engine.run.StageContext;

/**
 * How well refinements follow what was written about an answer (Scheurer et al. 2023,
 * arXiv:2303.16755, section 3.2: InstructRM ensemble, and embedding similarity).
 */
final class Following {
  private static final String YES = "Yes";
  private static final String NO = "No";

  /** What is asked of each refinement; of each question the probability of yes counts the same. */
  private static final List<String> QUESTIONS =
      List.of(
          "Does the new answer follow the feedback? Reply Yes or No.",
          "Is the feedback incorporated into the new answer? Reply Yes or No.",
          "Does the new answer do what the feedback asks for? Reply Yes or No.",
          "Would whoever wrote the feedback be content with the new answer? Reply Yes or No.",
          "Is the new answer better than the answer, as the feedback wants it? Reply Yes or No.");

  private final SelectBy by;
  private final LanguageModel model;
  private final AnswerFormat format;

  /**
   * A way to score.
   *
   * @param model that is asked
   */
  Following(SelectBy by, LanguageModel model) {
    this.by = by;
    this.model = model;
    this.format = new AnswerFormat(model);
  }

  /** A score for each refinement; those of one answer follow each other. */
  double[] scores(List<Told> told, List<SampledAnswer> refined) {
    int group = told.isEmpty() ? 1 : refined.size() / told.size();
    double[] scores = new double[refined.size()];
    if (by == SelectBy.SIMILARITY) {
      for (int i = 0; i < scores.length; i++) {
        scores[i] = similarity(told.get(i / group).words(), refined.get(i).text());
      }
      return scores;
    }
    List<Sequence> rows = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      for (String question : QUESTIONS) {
        Prompt prompt = told.get(i / group).question(model, refined.get(i).text(), question);
        for (String reply : List.of(YES, NO)) {
          rows.add(format.example(new Exchange(prompt, prompt.answer(reply), false)));
        }
      }
    }
    double[] logs = AnswerLogProbs.of(model, rows);
    for (int at = 0; at < logs.length; at += 2) {
      scores[at / 2 / QUESTIONS.size()] +=
          Logistic.sigmoid(logs[at] - logs[at + 1]) / QUESTIONS.size();
    }
    return scores;
  }

  /** Tells the user if questions had to be cut. */
  void note(StageContext context) {
    if (format.cut() > 0) {
      context.note(
          format.cut()
              + " questions about refinements are longer than the model's context and lost their"
              + " beginning");
    }
  }

  /** The cosine of how often each word is in two texts; 0 if one has none. */
  static double similarity(String one, String other) {
    Map<String, Integer> first = words(one);
    Map<String, Integer> second = words(other);
    double product = 0;
    for (Map.Entry<String, Integer> word : first.entrySet()) {
      product += word.getValue() * (double) second.getOrDefault(word.getKey(), 0);
    }
    double lengths = StrictMath.sqrt(squares(first) * squares(second));
    return lengths == 0 ? 0 : product / lengths;
  }

  private static double squares(Map<String, Integer> words) {
    return words.values().stream().mapToDouble(n -> (double) n * n).sum();
  }

  private static Map<String, Integer> words(String text) {
    Map<String, Integer> words = new HashMap<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
      if (!word.isEmpty()) {
        words.merge(word, 1, Integer::sum);
      }
    }
    return words;
  }
}
