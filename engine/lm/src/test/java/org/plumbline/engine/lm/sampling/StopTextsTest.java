// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

class StopTextsTest {

  private static final RandomStream STREAM = RandomStream.of(5, RandomPurpose.ROLLOUT_TOKENS, 1);

  /** One token a byte, after the end of text. */
  private static final Tokenizer BYTES = Tokenizer.train(List.of(), 257);

  private static int[] ids(String text) {
    return BYTES.encode(text);
  }

  /** How many tokens of a text are drawn until one of the stop texts is complete; -1 if none is. */
  private static int completedAfter(String text, String... stop) {
    int[] ids = ids(text);
    StopTexts texts = new StopTexts(List.of(stop), BYTES);
    for (int count = 1; count <= ids.length; count++) {
      if (texts.completed(ids, count)) {
        return count;
      }
    }
    return -1;
  }

  @Test
  void aStopTextMaySpanTokens() {
    assertThat(ids("one\nTwo:").length).isEqualTo("one\nTwo:".length());
    assertThat(completedAfter("one Two: three", "Two:")).isEqualTo("one Two:".length());
    assertThat(completedAfter("one Two three", "Two:")).isEqualTo(-1);
  }

  @Test
  void theFirstCompletedOfSeveralEnds() {
    assertThat(completedAfter("a bc d", "d", "b")).isEqualTo(3);
  }

  @Test
  void halfACharacterIsNoMatch() {
    String text = "näh € so";
    int bytes = "näh €".getBytes(StandardCharsets.UTF_8).length;

    assertThat(completedAfter(text, "€")).isEqualTo(bytes);
    assertThat(completedAfter(text, "äh €")).isEqualTo(bytes);
    assertThat(completedAfter(text, "ä")).isEqualTo(3);
  }

  @Test
  void theTextIsCutWhereTheStopTextBegins() {
    Completion sample =
        new Completion(
            ids("yes\n\nUser: no"),
            new Completion.LogProbs(new float[0], new float[0], new float[0], null),
            true,
            List.of("User:", "\n\n"));

    assertThat(sample.text(BYTES)).isEqualTo("yes");
    assertThat(sample.cut("no stop")).isEqualTo("no stop");
  }

  @Test
  void samplingEndsWithAStopText() {
    ModelConfig config = ModelConfig.gpt2(257, 64, new ModelConfig.Size(16, 2, 2), 0);
    SamplingSettings settings = SamplingSettings.of(40);
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      prompts.add(ids("prompt " + i));
    }
    try (LanguageModel model = LanguageModel.create(config, BYTES, 2)) {
      List<Completion> free = new Sampler(model).sample(prompts, settings, STREAM, 0);
      List<Completion> stopped =
          new Sampler(model).sample(prompts, settings.withStop(List.of("A", "e", "zz")), STREAM, 0);

      int cut = 0;
      for (int i = 0; i < prompts.size(); i++) {
        String text = free.get(i).text(BYTES);
        int[] ids = stopped.get(i).ids();
        assertThat(free.get(i).ids()).startsWith(ids);
        assertThat(stopped.get(i).text(BYTES)).doesNotContain("A", "e", "zz");
        assertThat(text).startsWith(stopped.get(i).text(BYTES).replaceAll("\\uFFFD+$", ""));
        if (ids.length < free.get(i).length()) {
          assertThat(stopped.get(i).finished()).isTrue();
          assertThat(BYTES.decode(ids)).matches("(?s).*(A|e|zz)");
          cut++;
        }
      }
      assertThat(cut).isPositive();
    }
  }

  @Test
  void emptyStopTextsAreRefused() {
    assertThatThrownBy(() -> SamplingSettings.of(1).withStop(List.of("")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
