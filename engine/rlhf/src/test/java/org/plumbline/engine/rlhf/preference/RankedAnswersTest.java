// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.preference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;

class RankedAnswersTest {
  @TempDir Path folder;

  private final List<String> rows = new ArrayList<>();

  @Test
  void aRankingPutsWhatItLeavesOutBelowAndEqual() throws IOException {
    said(new Response.Ranking(List.of(2, 0, 1)), "cat", "well", "fat", "asleep");
    said(new Response.Ranking(List.of(1)), "dog", "well", "fat", "asleep");

    List<RankedAnswers> ranked = read();

    assertThat(ranked.get(0).scores()).containsExactly(2, 1, 3);
    assertThat(ranked.get(1).scores()).containsExactly(0, 3, 0);
    assertThat(ranked.get(0).exchanges().get(2).answer()).isEqualTo(Plain.answer("asleep"));
  }

  @Test
  void ratingsOfAnAnswerAreAveragedAndAnswersToOnePromptAreRanked() throws IOException {
    said(new Response.Rating(2), "cat", "well");
    said(new Response.Rating(5), "dog", "well");
    said(new Response.Rating(3), "cat", "fat");
    said(new Response.Rating(5), "cat", "well");

    List<RankedAnswers> ranked = read();

    assertThat(ranked).hasSize(1); // only one answer about the dog
    assertThat(ranked.get(0).prompt()).isEqualTo(Plain.prompt("cat"));
    assertThat(ranked.get(0).scores()).containsExactly(3.5, 3);
  }

  @Test
  void aSliderRanksItsTwoAnswersUnlessItStandsInTheMiddle() throws IOException {
    said(new Response.Rating(-.4), "cat", "well", "fat");
    said(new Response.Rating(0), "dog", "well", "fat");

    List<RankedAnswers> ranked = read();

    assertThat(ranked).hasSize(1);
    assertThat(ranked.get(0).scores()[0]).isLessThan(ranked.get(0).scores()[1]);
  }

  @Test
  void aComparisonIsARankingOfTwoAndATieNone() throws IOException {
    Pair won = Plain.pair(0, "cat", "well", "fat");
    Pair tie = new Pair(1, Plain.prompt("dog"), Plain.answer("a"), Plain.answer("b"), .5, 2, 1);
    Pairs.write(List.of(won, tie), folder);

    List<RankedAnswers> ranked = RankedAnswers.read(FolderContext.artifact(folder));

    assertThat(ranked).hasSize(1);
    assertThat(ranked.get(0).scores()[0]).isGreaterThan(ranked.get(0).scores()[1]);
    assertThat(ranked.get(0).exchanges().get(0).answer()).isEqualTo(Plain.answer("well"));
  }

  private void said(Response response, String prompt, String... answers) {
    List<Boolean> finished = new ArrayList<>();
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      finished.add(true);
      shown.add(i);
    }
    Item item =
        new Item(
            rows.size(),
            Plain.prompt(prompt),
            List.of(answers).stream().map(Plain::answer).toList(),
            finished);
    ItemLabel label =
        new ItemLabel(
            item, shown, List.of(), null, null, "one", "people", response, false, 1, List.of());
    rows.add(JsonFiles.line(label.columns()));
  }

  private List<RankedAnswers> read() throws IOException {
    Files.write(folder.resolve(ItemLabel.FILE), rows);
    return RankedAnswers.read(FolderContext.artifact(folder));
  }
}
