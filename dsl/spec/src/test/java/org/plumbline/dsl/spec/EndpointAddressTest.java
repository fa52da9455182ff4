package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.dsl.model.Code;
import org.plumbline.dsl.model.Diagnostic;
import org.plumbline.dsl.model.EndpointAddress;
import org.plumbline.dsl.spec.render.Colour;
import org.plumbline.dsl.spec.render.Format;
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
    for (Format format : Format.values()) {
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
}
