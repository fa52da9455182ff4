// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.rlhf.data.FolderContext;
import org.plumbline.engine.run.StageFailure;

class BudgetTest {
  private static final BigDecimal PRICE = new BigDecimal("0.2");

  @TempDir Path folder;

  @Test
  void whatIsSpentIsNeverMoreAndWhatIsLeftPaysForNoFurtherPair() throws IOException {
    Collecting crowd = new Collecting(folder).honest(3).skipping(4).pairs(300).people(3);
    List<JsonNode> all = Collecting.labels(crowd.run());
    SplittableRandom random = new SplittableRandom(1);
    BigDecimal pair = PRICE.multiply(BigDecimal.valueOf(3));

    for (int trial = 0; trial < 12; trial++) {
      BigDecimal budget = BigDecimal.valueOf(60 + random.nextInt(8000), 2);
      FolderContext context = crowd.budget(budget.doubleValue()).run();
      List<JsonNode> labels = Collecting.labels(context);
      JsonNode said = Collecting.summary(context).path("terms").path("budget");

      BigDecimal spent = paid(labels);
      int pairs = said.path("collected").asInt();
      assertThat(spent).isLessThanOrEqualTo(budget);
      assertThat(budget.subtract(spent)).isLessThan(pair);
      assertThat(said.path("spent").asDouble()).isEqualTo(spent.doubleValue());
      assertThat(said.path("left").asDouble()).isEqualTo(budget.subtract(spent).doubleValue());
      // What could be paid is the beginning of what would have been collected, whole pairs only.
      assertThat(labels).isEqualTo(all.subList(0, 3 * pairs));
      assertThat(context.notes()).anyMatch(note -> note.contains(pairs + " of 300 pairs"));
    }
  }

  @Test
  void oneThatIsLargeEnoughChangesNothingButWhatIsSaidOfIt() throws IOException {
    Collecting crowd = new Collecting(folder).honest(5).pairs(200);
    FolderContext free = crowd.run();

    FolderContext exact = crowd.budget(40).run();

    assertThat(exact.written("labels.jsonl")).isEqualTo(free.written("labels.jsonl"));
    assertThat(exact.written("pairs.jsonl")).isEqualTo(free.written("pairs.jsonl"));
    assertThat(Collecting.summary(exact).path("terms").path("budget").path("left").asDouble())
        .isZero();
    assertThat(exact.notes()).isEmpty();
    assertThat(Collecting.labels(crowd.budget(39.99).run())).hasSize(199);
  }

  @Test
  void beingStoppedChangesNothingAndNoLabelIsPaidTwice() throws IOException {
    Collecting crowd =
        new Collecting(folder).honest(3).skipping(3).pairs(400).people(2).budget(70.3);
    FolderContext whole = crowd.run();

    FolderContext resumed = crowd.runTwice();

    for (String file : List.of("labels.jsonl", "pairs.jsonl", "summary.json")) {
      assertThat(resumed.written(file)).as(file).isEqualTo(whole.written(file));
    }
    assertThat(paid(Collecting.labels(resumed))).isLessThanOrEqualTo(new BigDecimal("70.3"));
  }

  @Test
  void aJudgeInBothOrdersIsPaidForBoth() throws IOException {
    FolderContext context = new Collecting(folder).judged().pairs(100).budget(10.3).run();

    assertThat(Collecting.labels(context)).hasSize(50);
    assertThat(Collecting.summary(context).path("cost").asDouble()).isCloseTo(10, within(1e-9));
  }

  @Test
  void oneThatPaysForNoPairIsRefusedBeforeAnybodyIsAsked() {
    Collecting crowd = new Collecting(folder).honest(5).people(3).budget(0.5);

    StageFailure failure = catchThrowableOfType(StageFailure.class, crowd::run);

    assertThat(failure.code()).isEqualTo("PLB0326");
    assertThat(failure).hasMessageContaining("0.5").hasMessageContaining("0.6");
  }

  @Test
  void whatEvaluatorsAreToldIsKept() throws IOException {
    Collecting crowd = new Collecting(folder).honest(5).pairs(20);
    FolderContext untold = crowd.run();

    FolderContext told = crowd.told("Choose what you would rather read.").run();

    assertThat(Collecting.summary(told).path("terms").path("instructions").asText())
        .isEqualTo("Choose what you would rather read.");
    assertThat(told.written("labels.jsonl")).isEqualTo(untold.written("labels.jsonl"));
    assertThat(untold.written("summary.json")).doesNotContain("terms");
  }

  private static BigDecimal paid(List<JsonNode> labels) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode label : labels) {
      sum = sum.add(new BigDecimal(label.path("cost").asText()));
    }
    return sum;
  }
}
