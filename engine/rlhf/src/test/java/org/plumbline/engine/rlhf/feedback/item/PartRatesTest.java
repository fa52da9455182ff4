// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.plumbline.engine.rlhf.feedback.item.FormRatesTest.N;
import static org.plumbline.engine.rlhf.feedback.item.FormRatesTest.RATIONALITY;
import static org.plumbline.engine.rlhf.feedback.item.FormRatesTest.group;
import static org.plumbline.engine.rlhf.feedback.item.FormRatesTest.near;
import static org.plumbline.engine.rlhf.feedback.item.FormRatesTest.people;
import static org.plumbline.engine.rlhf.feedback.item.FormRatesTest.plain;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec.SpanUnit;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec.StepLabels;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.rlhf.evaluators.Impression;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.respondents.Form;
import org.plumbline.engine.rlhf.respondents.Respondents;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Remark;
import org.plumbline.engine.rlhf.responses.Remark.Direction;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Mark;
import org.plumbline.engine.rlhf.responses.Response.Marks;
import org.plumbline.engine.rlhf.responses.Response.Remarks;
import org.plumbline.engine.rlhf.responses.Response.Steps;

/**
 * How often people say what of parts of answers, against the closed form; a word is worth 1, so a
 * part adds as much as it has words.
 */
class PartRatesTest {
  private static final List<String> ANSWER = List.of("one two. three.");

  @Test
  void stepsAreJudgedByWhatTheyAdd() throws IOException {
    Map<Double, Integer> first = new HashMap<>();
    Map<Double, Integer> second = new HashMap<>();
    Respondents people = people(new StepForm(".", StepLabels.TERNARY, false), plain());
    for (int number = 0; number < N; number++) {
      Steps steps = steps(FormRatesTest.label(people, number, ANSWER));
      assertThat(steps.ends()).containsExactly(8, 15);
      first.merge(steps.labels().get(0), 1, Integer::sum);
      second.merge(steps.labels().get(1), 1, Integer::sum);
    }

    near(first.getOrDefault(0.0, 0), wrong(2));
    near(first.getOrDefault(1.0, 0), right(2));
    near(second.getOrDefault(0.0, 0), wrong(1));
    near(second.getOrDefault(0.5, 0), 1 - wrong(1) - right(1));
    near(second.getOrDefault(1.0, 0), right(1));
  }

  @Test
  void nobodyGoesOnAfterTheFirstWrongStepAndOfTwoLabelsNeutralIsRight() throws IOException {
    Respondents people = people(new StepForm(".", StepLabels.BINARY, true), plain());
    int ended = 0;
    int wrong = 0;
    for (int number = 0; number < N; number++) {
      ItemLabel label = FormRatesTest.label(people, number, ANSWER);
      List<Double> labels = steps(label).labels();
      ended += labels.size() == 1 ? 1 : 0;
      wrong += labels.equals(List.of(1.0, 0.0)) ? 1 : 0;
      assertThat(labels).isIn(List.of(0.0), List.of(1.0, 0.0), List.of(1.0, 1.0));
      assertThat(label.cost()).isEqualTo(labels.size());
    }

    near(ended, wrong(2));
    near(wrong, (1 - wrong(2)) * wrong(1));
  }

  @Test
  void mistakesTakeRightForWrongAndLapsesAreBlind() throws IOException {
    Group slips = group(RATIONALITY, 0.2, 0.3, 0, 0);
    Respondents people = people(new StepForm(".", StepLabels.TERNARY, false), slips);
    int right = 0;
    for (int number = 0; number < N; number++) {
      right += steps(FormRatesTest.label(people, number, ANSWER)).labels().get(0) == 1 ? 1 : 0;
    }

    near(right, 0.7 * (0.8 * right(2) + 0.2 * wrong(2)) + 0.3 / 3);
  }

  /** A bias for length is a bias for every step, since each makes the answer longer. */
  @Test
  void biasesSwayStepsAsTheySwayAnswers() throws IOException {
    Respondents people =
        people(new StepForm(".", StepLabels.TERNARY, false), group(RATIONALITY, 0, 0, 0.4, 0));
    int right = 0;
    double[] worth =
        Impression.of(
                people.population().people().get(0).behaviour(),
                "p",
                List.of("", "one two.", "one two. three."),
                0)
            .worth();
    for (int number = 0; number < N; number++) {
      right += steps(FormRatesTest.label(people, number, ANSWER)).labels().get(1) == 1 ? 1 : 0;
    }

    // A word is worth 1, and the bias for it, 0.4 in log-odds, is as much as 0.4 / rho of worth.
    assertThat(worth[2] - worth[1]).isCloseTo(1 + 0.4 / RATIONALITY, within(1e-12));
    near(right, right(1 + 0.4 / RATIONALITY));
  }

  @Test
  void partsAreMarkedByWhatTheyChangeOfAFeature() throws IOException {
    Map<Object, Integer> marks = new HashMap<>();
    Form form = new SpanForm(List.of("words", "unknown"), SpanUnit.SENTENCE);
    Respondents people = people(form, plain());
    for (int number = 0; number < N; number++) {
      ItemLabel label = FormRatesTest.label(people, number, ANSWER);
      for (Mark mark : ((Marks) Objects.requireNonNull(label.response())).spans()) {
        marks.merge(mark, 1, Integer::sum);
      }
    }

    near(marks.getOrDefault(new Mark(0, 8, "words", 1), 0), right(2));
    near(marks.getOrDefault(new Mark(0, 8, "words", -1), 0), wrong(2));
    near(marks.getOrDefault(new Mark(9, 15, "words", 1), 0), right(1));
    near(marks.getOrDefault(new Mark(9, 15, "words", -1), 0), wrong(1));
    assertThat(marks).hasSize(4);
  }

  @Test
  void mistakesTurnMarksAndLapsesMarkAnything() throws IOException {
    Form form = new SpanForm(List.of("words"), SpanUnit.SENTENCE);
    Respondents people = people(form, group(RATIONALITY, 0.2, 0.3, 0, 0));
    int good = 0;
    for (int number = 0; number < N; number++) {
      ItemLabel label = FormRatesTest.label(people, number, ANSWER);
      List<Mark> spans = ((Marks) Objects.requireNonNull(label.response())).spans();
      good += spans.contains(new Mark(0, 8, "words", 1)) ? 1 : 0;
    }

    near(good, 0.7 * (0.8 * right(2) + 0.2 * wrong(2)) + 0.3 / 3);
  }

  /** Two features cost 1.5 and 0.5, the third nothing. */
  @Test
  void remarksAreOfWhatCostsMostByLucesRule() throws IOException {
    Map<String, Integer> said = new HashMap<>();
    Map<String, Double> weights = new LinkedHashMap<>();
    weights.put("kind", 1.5);
    weights.put("loud_word", -0.5);
    weights.put("whole", 1.0);
    Respondents people = wanting(weights, new LanguageForm(List.copyOf(weights.keySet()), 1));
    for (int number = 0; number < N; number++) {
      ItemLabel label = FormRatesTest.label(people, number, List.of("now wow."));
      said.merge(
          ((Remarks) Objects.requireNonNull(label.response())).texts().get(0), 1, Integer::sum);
    }

    double kind = Math.exp(RATIONALITY * 1.5);
    double loud = Math.exp(RATIONALITY * 0.5);
    near(said.getOrDefault("Please use more kind.", 0), kind / (kind + loud) / 3);
    near(said.getOrDefault("There is too much loud word.", 0), loud / (kind + loud) / 3);
    assertThat(said).hasSize(6);
    assertThat(said.keySet())
        .allSatisfy(text -> assertThat(Remark.of(text, List.copyOf(weights.keySet()))).isPresent());
  }

  @Test
  void asManyRemarksAreMadeAsThereIsToSay() throws IOException {
    Map<String, Double> weights = Map.of("kind", 1.5);
    Respondents people = wanting(weights, new LanguageForm(List.of("kind"), 3));

    ItemLabel lacking = FormRatesTest.label(people, 1, List.of("now."));
    ItemLabel fine = FormRatesTest.label(people, 2, List.of("please."));

    assertThat(((Remarks) Objects.requireNonNull(lacking.response())).texts()).hasSize(1);
    assertThat(fine.response()).isEqualTo(new Remarks(List.of(Remark.NOTHING)));
  }

  @Test
  void aMistakeAsksForTheContrary() {
    LanguageForm form = new LanguageForm(List.of("kind", "loud_word"), 2);
    for (int wording = 0; wording < Remark.WORDINGS; wording++) {
      Remark remark = new Remark("loud_word", Direction.LESS);

      Response turned = form.turned(new Remarks(List.of(remark.text(wording), Remark.NOTHING)));

      assertThat(turned)
          .isEqualTo(
              new Remarks(
                  List.of(new Remark("loud_word", Direction.MORE).text(wording), Remark.NOTHING)));
    }
  }

  /** People who want these things. */
  private static Respondents wanting(Map<String, Double> weights, Form form) throws IOException {
    Map<String, FeatureSpec> features = new LinkedHashMap<>();
    features.put("kind", new FeatureSpec.ContainsAny(List.of("please")));
    features.put("loud_word", new FeatureSpec.ContainsAny(List.of("wow")));
    features.put("whole", new FeatureSpec.Ends(List.of(".")));
    return FormRatesTest.people(form, plain(), new ValuesSpec(null, features, weights));
  }

  private static Steps steps(ItemLabel label) {
    return label.response() instanceof Steps steps ? steps : new Steps(List.of(), List.of());
  }

  private static double wrong(double added) {
    return Logistic.sigmoid(RATIONALITY * (-0.5 - added));
  }

  private static double right(double added) {
    return Logistic.sigmoid(RATIONALITY * (added - 0.5));
  }
}
