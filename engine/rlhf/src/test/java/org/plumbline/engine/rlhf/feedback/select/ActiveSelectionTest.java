// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.plumbline.engine.rlhf.Vectors.number;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.feedback.FeedbackSpec.SelectBy;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Selection;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.numerics.Logistic;

class ActiveSelectionTest {
  private static final double[] P = {.9, .6, .2};

  /** What a label tells of two hypotheses about a gap: most where people neither guess nor know. */
  @Test
  void whatALabelTellsMatchesTheWorkedExamples() {
    for (String beta : List.of("0.1", "1", "3", "50")) {
      double b = Double.parseDouble(beta);
      double[] same = {Logistic.sigmoid(.2 * b), Logistic.sigmoid(2 * b)};
      double[] contrary = {Logistic.sigmoid(b), Logistic.sigmoid(-b)};

      assertThat(Informativeness.information(same))
          .isCloseTo(Vectors.number("1.eig_teacher", "beta" + beta), within(1e-9));
      assertThat(Informativeness.information(contrary))
          .isCloseTo(Vectors.number("1.eig_sign", "beta" + beta), within(1e-9));
    }
  }

  @Test
  void measuresAreThoseOfTheirFormulas() {
    assertThat(Informativeness.disagreement(P))
        .isCloseTo(number("3.active", "std_pop"), within(1e-12));
    assertThat(Informativeness.entropy(P))
        .isCloseTo(number("3.active", "entropy_of_mean"), within(1e-12));
    assertThat(Informativeness.information(P))
        .isCloseTo(number("3.active", "bald_nats"), within(1e-12));
    assertThat(Informativeness.information(new double[] {.7, .7})).isZero();
    assertThat(Informativeness.entropy(new double[] {1, 1})).isZero();
  }

  @ParameterizedTest
  @EnumSource(SelectBy.class)
  void aQuestionDependsOnItsNumberAlone(SelectBy by) {
    List<Drawn> once = selection(by, 0.2).draw(0, 100);
    List<Drawn> pieces = new ArrayList<>();
    for (int from = 0; from < 100; from += 7) {
      // Anew each time, as after an interruption.
      pieces.addAll(selection(by, 0.2).draw(from, Math.min(100, from + 7)));
    }

    assertThat(pieces).isEqualTo(once);
    for (int i = 0; i < 100; i++) {
      assertThat(once.get(i).number()).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @EnumSource(SelectBy.class)
  void noCandidateIsAskedTwice(SelectBy by) {
    Set<Long> asked = new HashSet<>();
    for (Drawn drawn : selection(by, 0.2).draw(0, 96)) {
      assertThat(asked.add(drawn.candidate())).isTrue();
    }
  }

  @Test
  void theShareOfChanceIsDrawnByChanceAndTheRestIsMoreTelling() {
    int n = 3200;
    List<Drawn> drawn = selection(SelectBy.DISAGREEMENT, 0.25).draw(0, n);

    List<Drawn> byChance = drawn.stream().filter(Drawn::byChance).toList();
    double error = Math.sqrt(0.25 * 0.75 / n);
    assertThat(byChance.size() / (double) n).isCloseTo(0.25, within(4 * error));
    double chosen = mean(drawn.stream().filter(one -> !one.byChance()).toList());
    assertThat(chosen).isGreaterThan(1.5 * mean(byChance));
    assertThat(mean(byChance)).isCloseTo(mean(plain(n)), within(0.02));
  }

  @Test
  void allByChanceIsWhatIsDrawnAnyway() {
    List<Drawn> drawn = selection(SelectBy.INFORMATION, 0.999999).draw(0, 32);

    for (int i = 0; i < 32; i++) {
      assertThat(drawn.get(i).candidate()).isEqualTo(i * 10L);
    }
  }

  @Test
  void theFarthestIsUnlikeWhatIsChosen() {
    List<String> texts = List.of("a b c", "a b d", "x y z", "a b c");

    List<String> chosen =
        KCentre.of(texts, List.of("a b c"), 2, text -> List.of(exchange("p", text)));

    assertThat(chosen).containsExactly("x y z", "a b d");
  }

  /** A question: the scores of its two answers by each member are functions of its number. */
  private record Drawn(long number, long candidate, boolean byChance) {}

  private static double mean(List<Drawn> drawn) {
    return drawn.stream()
        .mapToDouble(
            one -> {
              double[][] scores = MEMBERS.byMember(new Pairs().answers(one));
              return Informativeness.disagreement(
                  Informativeness.probabilities(column(scores, 0), column(scores, 1)));
            })
        .average()
        .orElseThrow();
  }

  private static double[] column(double[][] scores, int answer) {
    double[] column = new double[scores.length];
    for (int m = 0; m < scores.length; m++) {
      column[m] = scores[m][answer];
    }
    return column;
  }

  private static List<Drawn> plain(int n) {
    return new Pairs().draw(0, n);
  }

  private static ActiveSelection<Drawn> selection(SelectBy by, double random) {
    return new ActiveSelection<>(new Selection(by, "rm", 10, random), new Pairs(), MEMBERS, 3);
  }

  private static final ActiveSelection.Ensemble MEMBERS =
      answers -> {
        double[][] scores = new double[3][answers.size()];
        for (int m = 0; m < 3; m++) {
          RandomStream stream = RandomStream.of(m, RandomPurpose.ENVIRONMENT, 0);
          for (int i = 0; i < answers.size(); i++) {
            scores[m][i] = stream.normal(Long.parseLong(answers.get(i).answer().text()));
          }
        }
        return scores;
      };

  private static final class Pairs implements ActiveSelection.Candidates<Drawn> {
    @Override
    public List<Drawn> draw(int from, int to) {
      List<Drawn> drawn = new ArrayList<>();
      for (int i = from; i < to; i++) {
        drawn.add(new Drawn(i, i, false));
      }
      return drawn;
    }

    @Override
    public List<Exchange> answers(Drawn question) {
      return List.of(
          exchange("p", String.valueOf(2 * question.candidate())),
          exchange("p", String.valueOf(2 * question.candidate() + 1)));
    }

    @Override
    public Drawn asked(Drawn question, long number, boolean byChance) {
      return new Drawn(number, question.candidate(), byChance);
    }
  }

  private static Exchange exchange(String asked, String text) {
    Prompt prompt = Prompt.of(asked);
    return new Exchange(prompt, prompt.answer(text), true);
  }
}
