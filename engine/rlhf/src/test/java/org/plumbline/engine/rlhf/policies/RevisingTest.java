// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Exchange;

class RevisingTest {
  private static final Exchange CUT = new Exchange(Plain.prompt("p"), Plain.answer("no"), false);
  private static final List<SampledAnswer> CANDIDATES =
      List.of(
          new SampledAnswer(Plain.answer("yes and"), new int[0], false),
          new SampledAnswer(Plain.answer("yes."), new int[0], true));

  @Test
  void aRevisionIsAsWholeAsTheTextThatWasChosen() {
    assertThat(Revising.finished("no", CUT, CANDIDATES)).isFalse();
    assertThat(Revising.finished("yes and", CUT, CANDIDATES)).isFalse();
    assertThat(Revising.finished("yes.", CUT, CANDIDATES)).isTrue();
  }

  @Test
  void whatAJudgeWritesIsWhole() {
    assertThat(Revising.finished("gladly.", CUT, List.of())).isTrue();
  }
}
