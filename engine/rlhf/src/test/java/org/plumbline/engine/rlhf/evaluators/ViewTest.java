// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.assertRate;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.firstAnswer;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.rate;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.sigmoid;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.vector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.End;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.Utility;
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

  /**
   * Where people know what usually hides behind what they see, their values of what they see are
   * what they believe it to be worth: E[u | o] of Lang et al. 2024. The log is what they do not
   * see; it works seven times in ten.
   */
  @Test
  void whatPeopleBelieveOfWhatTheyDoNotSeeIsWhatTheyWantOfWhatTheySee() throws IOException {
    double believed = 0.7 * 1 + 0.3 * -2;
    Behaviour blind = person(Map.of("logged", believed, "plain", 0.2), "it works|it fails");
    Behaviour seeing = person(Map.of("works", 1.0, "fails", -2.0, "plain", 0.2), null);
    AnswerPair pair = new AnswerPair("p", "log: it fails", "plain");

    assertThat(believed).isCloseTo(vector("1.partial", "belief_return"), within(1e-12));
    assertThat(blind.said(blind.view().of(pair)))
        .isCloseTo(vector("1.partial", "p_choose_over_0.2"), within(1e-12));
    assertThat(seeing.said(seeing.view().of(pair)))
        .isCloseTo(vector("1.partial", "p_true_bad"), within(1e-12));
    assertRate(firstAnswer(blind, pair), vector("1.partial", "p_choose_over_0.2"));
  }

  /** A person of a spec, with values that give words of an answer a weight. */
  private static Behaviour person(Map<String, Double> weights, @Nullable String hides)
      throws IOException {
    Map<String, FeatureSpec> features = new LinkedHashMap<>();
    features.put("logged", new FeatureSpec.ContainsAny(List.of("log:")));
    features.put("works", new FeatureSpec.ContainsAny(List.of("works")));
    features.put("fails", new FeatureSpec.ContainsAny(List.of("fails")));
    features.put("plain", new FeatureSpec.ContainsAny(List.of("plain")));
    features.keySet().retainAll(weights.keySet());
    ValuesSpec good = new ValuesSpec(null, features, weights);
    Map<String, Object> keys = new HashMap<>(Map.of("rationality", 3.0));
    if (hides != null) {
      keys.put("sees", new EvaluatorsSpec.View(null, End.START, hides));
    }
    return Population.of(
            TestGroups.people(TestGroups.group(keys)),
            name -> Utility.of(name, n -> good, path -> Path.of(path)),
            path -> Path.of(path),
            1)
        .people()
        .get(0)
        .behaviour();
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
