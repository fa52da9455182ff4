// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.training.AnswerFormat;

/** How the score of an answer is read from a fitted model. */
interface Reading {
  /** The only number of a head, at the last token. */
  Reading LAST_TOKEN = new LastToken(Readout.FIRST, 1);

  /** How many numbers the head says of a token. */
  default int numbers() {
    return 1;
  }

  /** What one model says of answers, before any scaling. */
  double[] of(LanguageModel member, List<Exchange> answers);

  /** What the file of the reward model says of it. */
  Map<String, Object> columns();

  /** The reading that a file of a reward model tells of, of one of its members. */
  static Reading of(JsonNode member) {
    return member.has(StepReading.SEPARATOR)
        ? StepReading.of(member)
        : new LastToken(Readout.of(member), 1);
  }

  /**
   * At the last token.
   *
   * @param readout how the numbers there become a score
   */
  record LastToken(Readout readout, int numbers) implements Reading {
    @Override
    public double[] of(LanguageModel member, List<Exchange> answers) {
      AnswerFormat format = new AnswerFormat(member);
      double[][] outputs =
          RewardModel.outputs(member, answers.stream().map(format::example).toList());
      return Arrays.stream(outputs).mapToDouble(readout::of).toArray();
    }

    @Override
    public Map<String, Object> columns() {
      return readout.toMap();
    }
  }
}
