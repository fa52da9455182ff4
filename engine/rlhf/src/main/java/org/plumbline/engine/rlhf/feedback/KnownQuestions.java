// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.GoldQuestions;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.data.TextHash;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Questions whose answer is known, mixed into what people are asked, so that it is seen who answers
 * them rightly (Casper et al. 2023, section 3.1.1, on the quality of evaluators; L. von Ahn, L.
 * Dabbish, "Labeling images with a computer game", CHI 2004, section 2.5, let known questions check
 * people).
 *
 * <p>With each question that somebody is asked they are asked a known one with a probability of
 * {@code share}. What is said of it is paid and counted, but no vote.
 *
 * <p>Choices of this engine: nobody knows which questions these are, so people answer them as any
 * other, as tired as they are at that time; they do not tire. What is skipped tells nothing.
 *
 * @param <T> a question with its answer
 * @param share how many for each other question, on average
 */
public record KnownQuestions<T>(double share, List<T> known, long seed) {
  /** Numbers of known questions are behind those of all others. */
  private static final long BEHIND = 1L << 42;

  /** Copies the list. */
  public KnownQuestions {
    known = List.copyOf(known);
  }

  /** Nobody is asked any. */
  public static <T> KnownQuestions<T> none(long seed) {
    return new KnownQuestions<>(0, List.of(), seed);
  }

  /** The values that know the answers: those of whoever asks. */
  public static Utility values(StageContext context, GoldQuestions terms, EvaluatorsSpec asked)
      throws IOException {
    String values = terms.values() == null ? asked.values() : terms.values();
    if (values == null) {
      throw new StageFailure(
          "PLB0346",
          "nothing says which answers of gold questions are right",
          "gold_questions",
          "name `values`, or give the evaluators some");
    }
    return Utility.declared(context, values);
  }

  /** Those that were found of those that a spec asks for. */
  public static <T> KnownQuestions<T> of(StageContext context, GoldQuestions terms, List<T> known) {
    if (known.isEmpty()) {
      throw new StageFailure(
          "PLB0509",
          "of none of the policy's answers the values know what is right to say",
          "gold_questions",
          "raise `temperature`, or name other `values`");
    } else if (known.size() < terms.questions()) {
      context.note(
          "only "
              + known.size()
              + " of "
              + terms.questions()
              + " gold questions have an answer that is known to be right");
    }
    return new KnownQuestions<>(terms.share(), known, context.seed());
  }

  /** The known question that somebody is asked with another; null for none. */
  public @Nullable T with(String evaluator, long question) {
    if (share == 0) {
      return null;
    }
    int own = (int) TextHash.word(evaluator);
    double draw = RandomStream.of(seed, RandomPurpose.GOLD_QUESTIONS, own).uniform(question);
    // Below the share it is uniform, too, and chooses the question.
    return draw < share ? known.get((int) (draw / share * known.size())) : null;
  }

  /** Whether a question of this number is a known one. */
  public static boolean known(long number) {
    return number >= BEHIND;
  }

  /** The number of the known question that is asked with another. */
  public static long number(long question) {
    return BEHIND + question;
  }
}
