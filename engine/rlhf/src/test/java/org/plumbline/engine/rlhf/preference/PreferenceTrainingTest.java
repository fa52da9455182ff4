// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.preference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.AnswerLogProbs;

class PreferenceTrainingTest {

  @Test
  void onlyAWholeAnswerGetsAnEndOfText() throws IOException {
    try (LanguageModel model = TinyWorld.model(1)) {
      Pair pair =
          new Pair(
              0,
              Plain.prompt("how do i fix the tea?"),
              Plain.answer("no."),
              Plain.answer("go away"),
              1,
              1,
              1,
              true,
              false);

      PairScores.Row row =
          PreferenceTraining.rows(
                  List.of(pair), new AnswerFormat(model), rows -> AnswerLogProbs.of(model, rows))
              .get(0);

      int end = model.tokenizer().endOfText();
      assertThat(row.tokens().chosen().completion()).endsWith(end);
      assertThat(row.tokens().rejected().completion()).isNotEmpty().doesNotContain(end);
      assertThat(row.chosenReference()).isNegative();
    }
  }
}
