// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.feedback.CombiningSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Filter;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Label;
import org.plumbline.engine.rlhf.responses.Response.Mark;
import org.plumbline.engine.rlhf.responses.Response.Marks;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.responses.Response.Rating;
import org.plumbline.engine.rlhf.responses.Response.Steps;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

class CombinedItemsTest {
  @TempDir Path folder;

  private final List<ItemLabel> labels = new ArrayList<>();

  private CombinedItemsTest says(String who, int item, Response what) {
    int answers = what instanceof Ranking ? 3 : 1;
    List<Answer> shown = new ArrayList<>();
    for (int i = 0; i < answers; i++) {
      shown.add(Answer.of("answer " + i));
    }
    String group = who.substring(0, 1);
    labels.add(
        new ItemLabel(
            new Item(
                item, Prompt.of("p" + item), shown, List.of(true, true, true).subList(0, answers)),
            List.of(0),
            List.of(),
            null,
            null,
            who,
            group,
            what,
            false,
            1,
            List.of()));
    return this;
  }

  private List<Response> by(String kind, Aggregate rule) {
    CombinedItems items =
        CombinedItems.of(new CombiningSpec(rule, null, null, null), kind, labels, List.of());
    List<Response> said = new ArrayList<>();
    for (ItemLabel label : Objects.requireNonNull(items.combined())) {
      said.add(Objects.requireNonNull(label.response()));
    }
    return said;
  }

  @Test
  void numbersBecomeTheirMeanOrMedian() {
    says("a", 0, new Rating(1)).says("b", 0, new Rating(2)).says("c", 0, new Rating(9));

    assertThat(by("scalar", Aggregate.MEAN)).containsExactly(new Rating(4));
    assertThat(by("scalar", Aggregate.MEDIAN)).containsExactly(new Rating(2));
  }

  @Test
  void aMedianBetweenStepsIsAStep() {
    for (int item = 0; item < 2; item++) {
      says("a", item, new Rating(3)).says("b", item, new Rating(4));
    }

    assertThat(by("likert", Aggregate.MEDIAN)).containsExactly(new Rating(3), new Rating(4));
  }

  @Test
  void classesBecomeWhatMostSayOrWhatReliablePeopleSay() {
    Random random = new Random(2);
    int right = 0;
    int voted = 0;
    List<Label> truth = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Label good = new Label("good", 0);
      Label bad = new Label("bad", 1);
      Label so = random.nextBoolean() ? good : bad;
      truth.add(so);
      for (String careful : List.of("ann", "bea")) {
        says(careful, i, random.nextDouble() < 0.95 ? so : so.equals(good) ? bad : good);
      }
      for (String coin : List.of("xav", "yan", "zoe")) {
        says(coin, i, random.nextBoolean() ? good : bad);
      }
    }
    List<Response> most = by("labels", Aggregate.MAJORITY);
    List<Response> reliable = by("labels", Aggregate.DAWID_SKENE);
    for (int i = 0; i < truth.size(); i++) {
      right += reliable.get(i).equals(truth.get(i)) ? 1 : 0;
      voted += most.get(i).equals(truth.get(i)) ? 1 : 0;
    }

    assertThat(right).isGreaterThan(voted + 20);
    FeedbackSummary.Combined how =
        Objects.requireNonNull(
            CombinedItems.of(
                    new CombiningSpec(Aggregate.DAWID_SKENE, null, null, null),
                    "labels",
                    labels,
                    List.of())
                .summary());
    assertThat(how.evaluators().subList(0, 2))
        .extracting(FeedbackSummary.Evaluator::evaluator)
        .containsExactlyInAnyOrder("ann", "bea");
  }

  @Test
  void ordersBecomeOneByPoints() {
    says("a", 0, new Ranking(List.of(0, 1, 2)))
        .says("b", 0, new Ranking(List.of(0, 2, 1)))
        .says("c", 0, new Ranking(List.of(2, 0, 1)));

    assertThat(by("rankings", Aggregate.BORDA)).containsExactly(new Ranking(List.of(0, 2, 1)));
  }

  @Test
  void stepsAndMarksBecomeWhatMostSayOfEach() {
    says("a", 0, new Steps(List.of(3, 7), List.of(1.0, 0.0)))
        .says("b", 0, new Steps(List.of(3), List.of(1.0)))
        .says("c", 0, new Steps(List.of(3, 7, 9), List.of(0.0, 0.5, 1.0)));
    assertThat(by("step", Aggregate.MAJORITY))
        .containsExactly(new Steps(List.of(3, 9), List.of(1.0, 1.0)));

    labels.clear();
    Mark rude = new Mark(0, 3, "rude", -1);
    says("a", 0, new Marks(List.of(rude, new Mark(4, 6, "kind", 1))))
        .says("b", 0, new Marks(List.of(rude)))
        .says("c", 0, new Marks(List.of()));
    assertThat(by("span", Aggregate.MAJORITY)).containsExactly(new Marks(List.of(rude)));
  }

  @Test
  void whereAsManySayAnotherNothingIsLearned() {
    says("a", 0, new Label("good", 0)).says("b", 0, new Label("bad", 1));
    StageFailure none =
        catchThrowableOfType(StageFailure.class, () -> by("labels", Aggregate.MAJORITY));
    assertThat(none.code()).isEqualTo("PLB0509");
    says("a", 1, new Label("good", 0));

    CombinedItems items =
        CombinedItems.of(
            new CombiningSpec(Aggregate.MAJORITY, null, null, null), "labels", labels, List.of());

    assertThat(items.combined()).hasSize(1);
    assertThat(items.notes())
        .containsExactly(
            "1 of 2 items come to nothing: as many say one thing as another, or no label of theirs"
                + " counts");
  }

  @Test
  void groupsWeighAsTheyAreSaidTo() {
    says("o1", 0, new Rating(1)).says("o2", 0, new Rating(1)).says("y1", 0, new Rating(4));
    Map<String, Double> weigh = new LinkedHashMap<>();
    weigh.put("o", 0.5);
    weigh.put("y", 0.5);

    CombinedItems items =
        CombinedItems.of(
            new CombiningSpec(Aggregate.MEAN, null, weigh, null), "scalar", labels, List.of());

    Rating mean = (Rating) Objects.requireNonNull(items.combined()).get(0).response();
    assertThat(Objects.requireNonNull(mean).number()).isCloseTo(2.5, within(1e-12));
    assertThat(
            Objects.requireNonNull(Objects.requireNonNull(items.summary()).weighing()).effective())
        .isCloseTo(8 / 3.0, within(1e-12));
  }

  @Test
  void outliersAndWhatIsTooMuchAreLeftOut() throws IOException {
    Random random = new Random(4);
    for (int i = 0; i < 60; i++) {
      for (String who : List.of("a", "b", "c", "d", "e", "f")) {
        says(who, i, new Rating(i % 5 + random.nextInt(2)));
      }
      says("x", i, new Rating(5 - i % 5));
    }

    CombinedItems items =
        CombinedItems.of(
            new CombiningSpec(Aggregate.MEAN, null, null, new Filter(50, 3.5)),
            "scalar",
            labels,
            List.of());
    items.write(folder);

    List<FeedbackSummary.LeftOut> left = Objects.requireNonNull(items.summary()).leftOut();
    assertThat(left).hasSize(8);
    assertThat(left.get(7).evaluator()).isEqualTo("x");
    assertThat(left.get(7).because()).isEqualTo("outliers");
    assertThat(ItemLabel.read(new Artifact("digest", folder)))
        .hasSize(50)
        .allMatch(label -> label.evaluator().equals("combined") && label.cost() == 0);
    assertThat(folder.resolve("left_out.jsonl")).exists();
    assertThat(items.filter().kept()).hasSize(300);
  }

  @Test
  void likenessOfOrdersStepsAndMarksIsBetweenNoneAndOne() {
    Likeness likeness = new Likeness(4);
    assertThat(likeness.of(new Rating(1), new Rating(2))).isEqualTo(0.75);
    assertThat(likeness.of(new Ranking(List.of(0, 1, 2)), new Ranking(List.of(0, 2, 1))))
        .isCloseTo(2 / 3.0, within(1e-12));
    assertThat(likeness.of(new Ranking(List.of(0)), new Ranking(List.of(1)))).isZero();
    assertThat(
            likeness.of(
                new Steps(List.of(3, 7), List.of(1.0, 0.0)),
                new Steps(List.of(3, 7), List.of(1.0, 1.0))))
        .isEqualTo(0.5);
    Mark rude = new Mark(0, 3, "rude", -1);
    assertThat(likeness.of(new Marks(List.of(rude)), new Marks(List.of()))).isZero();
    assertThat(likeness.of(new Marks(List.of()), new Marks(List.of()))).isEqualTo(1);
    assertThat(likeness.of(new Label("a", 0), new Label("b", 1))).isZero();
  }
}
