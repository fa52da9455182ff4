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
  @CsvSource({"7, 0.5", "'Rating: 7/9', 0.5", "'Three reasons, then:\n1', -1"})
  void withoutProbabilitiesItIsTheDigitThatIsStated(String reply, double score) {
    JsonNode choice = StatedVerdictTest.choice(reply, "stop");

    assertThat(Grade.read(choice)).isEqualTo(ReadReply.of(score));
  }

  @Test
  void aDigitInARefusalIsNoGradeHoweverLikelyItWas() throws IOException {
    JsonNode choice =
        choice(
            """
            {"message": {"content": "Sorry, I have 2 concerns and cannot score this."},
             "logprobs": {"content": [
               {"token": "Sorry, I have ", "logprob": -0.1, "top_logprobs": []},
               {"token": "2", "logprob": -0.1, "top_logprobs": [
                 {"token": "2", "logprob": -0.1}, {"token": "3", "logprob": -3}]},
               {"token": " concerns and cannot score this.", "logprob": -0.1}]}}
            """);

    assertThat(Grade.read(choice)).isEqualTo(ReadReply.none(""));
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
                 {"token": "x", "logprob": -1.4}]}]}}
            """);

    assertThat(Grade.read(choice).said()).isCloseTo(((2 * 8 + 4) / 3.0 - 5) / 4, within(1e-12));
  }

  private static JsonNode choice(String json) throws IOException {
    return new ObjectMapper().readTree(json);
  }
}
