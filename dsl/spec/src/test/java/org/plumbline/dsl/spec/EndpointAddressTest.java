// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.endpoint.EndpointAddress;
import org.plumbline.dsl.spec.render.Colour;
import org.plumbline.dsl.spec.render.DiagnosticFormat;
import org.plumbline.dsl.spec.render.Renderer;

class EndpointAddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8000/v1,                http://localhost:8000/v1/chat/completions",
    "http://localhost:8000/v1///,             http://localhost:8000/v1/chat/completions",
    "https://example.com,                     https://example.com/chat/completions",
    "https://example.com/o?api-version=1,     https://example.com/o/chat/completions?api-version=1",
    "http://[::1]:8000/v1,                    http://[::1]:8000/v1/chat/completions"
  })
  void chatModelsAreAskedBelowIt(String text, String asked) {
    assertThat(new EndpointAddress(text).completions()).hasToString("Optional[" + asked + "]");
    assertThat(new EndpointAddress(text).secret()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:pass-word-1@example.com/v1",
        "https://pass-word-1@example.com/v1",
        "http://me:pass/word-1@example.com/v1",
        "ftp://me:pass-word-1@example.com/v1",
        "me:pass-word-1@example.com/v1",
        "https://example.com/v1?api_key=pass-word-1",
        "https://example.com/v1?api%5Fkey=pass-word-1",
        "https://example.com/v1?x=1&access_token=pass-word-1",
        "https://example.com/v1?sig=pass-word-1",
        "https://example.com/v1#token=pass-word-1",
        "https://example.com/sk-pass-word-1-0123456789/v1"
      })
  void anAddressWithASecretIsRefusedAndNothingRepeatsIt(String url) {
    String spec =
        """
        plumb: v1
        name: example
        models:
          base: { pretrain: { corpus: corpus.txt } }
          critic: { endpoint: { url: "%s", model: judge, temprature: 1 } }
        """
            .formatted(url);

    List<Diagnostic> found = Specs.readText("a.plumb.yaml", spec, List.of()).diagnostics();
    List<Diagnostic> right =
        Specs.readText("a.plumb.yaml", spec.replace(", temprature: 1", ""), List.of())
            .diagnostics();

    assertThat(found).anyMatch(Diagnostic::isError);
    assertThat(right).anyMatch(d -> d.code() == Code.PLB0336 || d.code() == Code.PLB0323);
    for (DiagnosticFormat format : DiagnosticFormat.values()) {
      for (List<Diagnostic> said : List.of(found, right)) {
        assertThat(Renderer.render(said, format, Colour.OFF))
            .doesNotContain("pass-word-1")
            .doesNotContain("pass/word-1")
            .doesNotContain("word-1@");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com/v1,               true",
    "http://10.0.0.5:8000/v1,             true",
    "http://127.0.0.1.example.com/v1,     true",
    "http://localhost.example.com/v1,     true",
    "https://example.com/v1,              false",
    "http://localhost:8000/v1,            false",
    "http://judge.localhost/v1,           false",
    "http://127.0.0.1:8000/v1,            false",
    "http://127.8.9.1/v1,                 false",
    "http://[::1]:8000/v1,                false"
  })
  void plainTextThatLeavesTheMachineIsKnown(String text, boolean overheard) {
    assertThat(new EndpointAddress(text).overheard()).isEqualTo(overheard);
  }

  @Test
  void onlyTheSecretIsHiddenAndEverythingStaysInItsColumn() {
    assertThat(EndpointAddress.hideSecrets("url: \"https://me:pw@h/v1\", to: a@b"))
        .isEqualTo("url: \"https://*****@h/v1\", to: a@b");
    assertThat(EndpointAddress.hideSecrets("http://h/v1?a=1&api_key=abc&b=2"))
        .isEqualTo("http://h/v1?a=1&api_key=***&b=2");
    assertThat(EndpointAddress.hideSecrets("url: http://me:pw@h/v1#hunter2 # a remark"))
        .isEqualTo("url: http://*****@h/v1#******* # a remark");
    assertThat(EndpointAddress.hideSecrets("url: http://me:p#w@h/v1"))
        .isEqualTo("url: http://******@h/v1");
    assertThat(EndpointAddress.hideSecrets("policies.dpo.dpo.beta: 0.1  # see sk-learn-and-such"))
        .isEqualTo("policies.dpo.dpo.beta: 0.1  # see sk-learn-and-such");
  }

  /** What counts as a secret, said as plainly as can be; too slow for long texts. */
  private static final List<Pattern> SLOW =
      List.of(
          Pattern.compile(
              "(?<=://)[^\\s\"'`]*(?=@)"
                  + "|[^\\s\"'`:/@]+:[^\\s\"'`@/]+(?=@)"
                  + "|(?<=[?&][^=&#\\s]{0,400}(?i:key|token|secret|password|passwd|pwd|sig|signature"
                  + "|credential|credentials|auth|authorization)=)[^&#\\s\"'`]+"
                  + "|(?<=://[^\\s\"'`#]{0,500}#)[^\\s\"'`]+"),
          Pattern.compile(
              "(?<![A-Za-z0-9])(sk|pk|rk|gsk|hf|xai|ghp|nvapi)[-_](?=[A-Za-z_-]*\\d)"
                  + "[A-Za-z0-9_-]{16,}"));

  private static final List<String> PIECES =
      List.of(
          "://",
          ":",
          "/",
          "@",
          "#",
          "?",
          "&",
          "=",
          "key=",
          "TOKEN=",
          "sk-",
          "hf_",
          "a",
          "7",
          "abcdefghij",
          "0123456789abcdefg",
          " ",
          "\"",
          "\t",
          "'",
          "\ud83d\ude00",
          "\u00e4",
          "-",
          "_");

  @Test
  void aSecretIsWhatThePatternsSay() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      int pieces = random.nextInt(14);
      for (int piece = 0; piece < pieces; piece++) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }

      String hidden = text.toString();
      for (Pattern pattern : SLOW) {
        hidden =
            pattern
                .matcher(hidden)
                .replaceAll(m -> "*".repeat(m.group().codePointCount(0, m.group().length())));
      }

      assertThat(EndpointAddress.hideSecrets(text.toString())).as("%s", text).isEqualTo(hidden);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "{",
        ":",
        "a:",
        "://",
        "http://a ",
        "#",
        "://#",
        "@",
        "a@",
        "a:@",
        ":a@",
        "?",
        "?key=",
        "&key",
        "sk-",
        "sk_a",
        "=",
        "a=",
        "7",
        "-",
        " ",
        "\"",
        "://a@"
      })
  void theTimeToHideSecretsGrowsWithTheText(String piece) {
    String text = piece.repeat(3_000_000 / piece.length());

    String hidden =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> EndpointAddress.hideSecrets(text + ":x"));

    assertThat(hidden).hasSize(text.length() + 2);
  }

  @Test
  void aSecretIsHiddenWhereverALongLineIsCut() {
    String password = "pass-word-1-".repeat(50);
    String spec =
        "plumb: v1\nname: example\nmodels: { base: { pretrain: { corpus: corpus.txt } }, critic: {"
            + " endpoint: { url: \"http://me:"
            + password
            + "@h/v1\", temprature: 1, model: judge } } }\n";

    String said =
        Renderer.render(
            Specs.readText("a.plumb.yaml", spec, List.of()).diagnostics(),
            DiagnosticFormat.HUMAN,
            Colour.OFF);

    assertThat(said).contains("temprature: 1").doesNotContain("word").contains("****@h/v1");
  }
}
