// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grades of single answers. */
class GradeTest {

  @Test
  void itIsTheMeanOfTheDigitsBroughtToOne() {
    double[] alike = new double[9];
    double[] best = new double[9];
    Arrays.fill(best, -50);
    best[8] = 0;
    double[] two = new double[9];
    Arrays.fill(two, Double.NEGATIVE_INFINITY);
    two[2] = Math.log(.25);
    two[6] = Math.log(.75);

    assertThat(Grade.of(alike)).isCloseTo(0, within(1e-12));
    assertThat(Grade.of(best)).isCloseTo(1, within(1e-12));
    assertThat(Grade.of(two)).isCloseTo((.25 * 3 + .75 * 7 - 5) / 4, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "7, 0.5",
    "I give it 7., 0.5",
    "'Rating: 7/9', 0.5",
    "'7 out of 9', 0.5",
    "on a scale of 9: 3, 1",
    "10, ",
    "2.5, ",
    "good, ",
  })
  void withoutProbabilitiesItReadsTheFirstDigit(String reply, Double score) throws IOException {
    JsonNode choice = choice("{\"message\": {\"content\": \"" + reply + "\"}}");

    if (score == null) {
      assertThat(Grade.read(choice)).isEmpty();
    } else if (!reply.startsWith("on a scale")) { // "of 9" is no grade
      assertThat(Grade.read(choice).orElseThrow()).isEqualTo(score);
    } else {
      assertThat(Grade.read(choice).orElseThrow()).isEqualTo(-.5);
    }
  }

  @Test
  void withProbabilitiesItWeighsTheDigitsThatAreListed() throws IOException {
    JsonNode choice =
        choice(
            """
            {"message": {"content": "8"},
             "logprobs": {"content": [
               {"token": "Rating", "logprob": 0, "top_logprobs": []},
               {"token": "8", "logprob": -0.6931471805599453, "top_logprobs": [
                 {"token": "8", "logprob": -0.6931471805599453},
                 {"token": "4", "logprob": -1.3862943611198906},
                 {"token": "x", "logprob": -0.1}]}]}}
            """);

    assertThat(Grade.read(choice).orElseThrow())
        .isCloseTo(((2 * 8 + 4) / 3.0 - 5) / 4, within(1e-12));
  }

  private static JsonNode choice(String json) throws IOException {
    return new ObjectMapper().readTree(json);
  }
}
