// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.artifact.FeedbackSummary.Repeats;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Remark;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Label;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.responses.Response.Rating;
import org.plumbline.engine.rlhf.responses.Response.Steps;

/** How far people say the same again, by hand-computed examples. */
class RepeatedItemsTest {

  private static ItemLabel label(int item, Response said) {
    return new ItemLabel(
        new Item(item, Prompt.of("p"), List.of(Answer.of("a")), List.of(true)),
        List.of(0),
        List.of(),
        null,
        null,
        "ann",
        "all",
        said,
        false,
        0,
        List.of());
  }

  private static Repeats repeats(String kind, List<Response> one, List<Response> two) {
    List<ItemLabel> first = new ArrayList<>();
    List<ItemLabel> again = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      first.add(label(i, one.get(i)));
      again.add(label(i, two.get(i)));
    }
    return Objects.requireNonNull(RepeatedItems.summary(kind, first, again));
  }

  private static List<Response> ratings(double... numbers) {
    List<Response> ratings = new ArrayList<>();
    for (double number : numbers) {
      ratings.add(new Rating(number));
    }
    return ratings;
  }

  /** Deviations (-3, -1, 1, 3, 0) and (-3, -3, 1, 2, 3): r = 19 / sqrt(20 * 32). */
  @Test
  void numbersCorrelateAndShift() {
    Repeats repeats = repeats("scalar", ratings(1, 3, 5, 7, 4), ratings(3, 3, 7, 8, 9));

    assertThat(repeats.difference()).isCloseTo(2, within(1e-12));
    double r = Objects.requireNonNull(repeats.correlation()).value();
    assertThat(r).isCloseTo(19 / Math.sqrt(20 * 32), within(1e-12));
    double z = 0.5 * Math.log((1 + r) / (1 - r));
    assertThat(repeats.correlation().low())
        .isCloseTo(Math.tanh(z - 1.959964 / Math.sqrt(2)), within(1e-6));
    assertThat(repeats.consistency()).isNull();
    assertThat(repeats("slider", ratings(1, 1, 1, 1), ratings(1, 0, 1, 0)).correlation()).isNull();
  }

  @Test
  void stepsOfAScaleAreTheSameOrNotAndCorrelate() {
    Repeats repeats = repeats("likert", ratings(1, 2, 3, 4), ratings(1, 2, 3, 5));

    assertThat(Objects.requireNonNull(repeats.consistency()).value()).isEqualTo(0.75);
    assertThat(Objects.requireNonNull(repeats.correlation()).value()).isGreaterThan(0.9);
  }

  @Test
  void ordersHaveKendallsTau() {
    Repeats repeats =
        repeats(
            "rankings",
            List.of(new Ranking(List.of(0, 1, 2)), new Ranking(List.of(0, 1, 2))),
            List.of(new Ranking(List.of(0, 1, 2)), new Ranking(List.of(0, 2, 1))));

    assertThat(Objects.requireNonNull(repeats.tau()).value())
        .isCloseTo((1 + 1 / 3.0) / 2, within(1e-12));
  }

  @Test
  void classesAndPartsAreTheSameOrNot() {
    Repeats classes =
        repeats(
            "labels",
            List.of(new Label("a", 0), new Label("b", 1)),
            List.of(new Label("a", 0), new Label("a", 0)));
    Repeats steps =
        repeats(
            "step",
            List.of(new Steps(List.of(1, 2), List.of(1.0, 0.0))),
            List.of(new Steps(List.of(1, 2), List.of(1.0, 1.0))));

    assertThat(Objects.requireNonNull(classes.consistency()).value()).isEqualTo(0.5);
    assertThat(Objects.requireNonNull(steps.consistency()).value()).isEqualTo(0.5);
  }

  @Test
  void remarksAreTheSameIfTheyAskForTheSame() {
    Remark more = new Remark("examples", Remark.Direction.MORE);
    Remark less = new Remark("jargon", Remark.Direction.LESS);
    Repeats remarks =
        repeats(
            "language",
            List.of(said(more.text(0), less.text(1)), said(more.text(0)), said("as I like it")),
            List.of(said(less.text(2), more.text(1)), said(less.text(0)), said("as I like it")));

    assertThat(Objects.requireNonNull(remarks.consistency()).value())
        .isCloseTo(2 / 3.0, within(1e-12));
  }

  private static Response said(String... texts) {
    return new Response.Remarks(List.of(texts));
  }
}
