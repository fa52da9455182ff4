// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.assertRate;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.firstAnswer;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.rate;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.sigmoid;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.End;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.WhiteSpaceWords;

/** What people see, and that everything they do is about that. */
class ViewTest {
  private static final Feature SUM =
      (prompt, answer) ->
          WhiteSpaceWords.of(answer).stream().mapToDouble(Double::parseDouble).sum();

  /** Truly 1 - 2 against 0.3, seen 1 against 0.3. */
  private static final AnswerPair INFLATED = new AnswerPair("p", "1 -2", "0.3");

  @Test
  void hiddenPartsAreTakenOutBeforeWordsAreCounted() {
    View start = view(2, End.START, "\\[\\d+\\]");
    View end = view(2, End.END, null);

    assertThat(start.of("a [1] b  c")).isEqualTo("a  b");
    assertThat(start.of("a b")).isEqualTo("a b");
    assertThat(start.of("[1]")).isEmpty();
    assertThat(end.of(" a b  c ")).isEqualTo("b  c ");
    assertThat(end.of("a")).isEqualTo("a");
    assertThat(view(null, End.START, "x+").of("axxb x")).isEqualTo("ab ");
    assertThat(View.WHOLE.of(INFLATED)).isSameAs(INFLATED);
  }

  @Test
  void peopleChooseByWhatTheySee() {
    Behaviour hasty = Behaviour.of(SUM, 3).with(view(1, End.START, null));

    assertRate(firstAnswer(hasty, INFLATED), sigmoid(3 * 0.7));
    assertRate(firstAnswer(Behaviour.of(SUM, 3), INFLATED), sigmoid(3 * -1.3));
  }

  @Test
  void abstentionBiasesAndMaliceAreAboutWhatIsSeen() {
    View one = view(1, End.START, null);
    Behaviour fussy =
        Behaviour.of(SUM, 3).with(one).with(new Abstention(0, Double.NEGATIVE_INFINITY, 0.71));
    Behaviour wordy = Behaviour.of(SUM, 3).with(one).with(new LengthBias(5));
    Behaviour troll =
        Behaviour.of(SUM, 3)
            .with(one)
            .with(Malice.of(Malice.Target.trigger("p"), null, SUM, Takes.SHARE));

    assertThat(rate(fussy, INFLATED, label -> label.choice() == PairChoice.EQUAL)).isEqualTo(1);
    assertRate(firstAnswer(wordy, INFLATED), sigmoid(3 * 0.7));
    assertThat(firstAnswer(troll, INFLATED)).isZero();
  }

  @Test
  void aViewComposesWithMyopiaBiasesAndSlips() {
    // seen: "1 0.5" against "0.8", felt with myopia 0.9 * 1 + 0.5 = 1.4 against 0.8
    AnswerPair pair = new AnswerPair("p", "1 0.5 -9 -9", "0.8");
    Behaviour person =
        Behaviour.of(SUM, 2)
            .with(view(2, End.START, null))
            .withMyopia(0.9)
            .with(new LengthBias(0.2))
            .with(new Slips(0.1, 0));

    double expected = 0.8 * sigmoid(2 * 0.6 + 0.2) + 0.1;
    assertThat(person.said(person.view().of(pair))).isCloseTo(expected, within(1e-12));
    assertRate(firstAnswer(person, pair), expected);
  }

  private static View view(@Nullable Integer limit, End from, @Nullable String hides) {
    return View.of(new EvaluatorsSpec.View(limit, from, hides));
  }
}
