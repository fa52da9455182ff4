// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.ModelSpec.Endpoint;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.run.StageStopped;
import org.plumbline.engine.run.Unreachable;

/** Every way in which a judge's server can misbehave ends soon, clearly, and without the key. */
class HostileJudgeTest {
  private static final String KEY = "sk-Zq\"81\\x/+7Tn5&<w";
  private static final Judge.Question QUESTION = new Judge.Question(1, "how?", "one", "two");

  /** For servers that never come to an end. */
  private static final Duration SHORT = Duration.ofMillis(500);

  private static final Duration LONG = Duration.ofSeconds(60);

  @ParameterizedTest
  @EnumSource
  @Timeout(120)
  void everyBadAnswerEndsInBoundedTimeWithoutTheKey(HostileMode mode) throws Exception {
    try (HostileServer server = HostileServer.start(mode, KEY)) {
      Judge judge = judge(server, mode, () -> false);
      AtomicReference<@Nullable OptionalDouble> verdict = new AtomicReference<>();

      Throwable thrown = catchThrowable(() -> verdict.set(judge.compare(QUESTION)));

      switch (mode.end()) {
        case SILENCE, BROKEN -> {
          assertThat(thrown).isInstanceOf(Unreachable.class);
          assertThat(server.requests()).isEqualTo(mode == HostileMode.ALWAYS_429 ? 1 : 2);
        }
        case FAILURE -> {
          assertThat(thrown).isInstanceOf(StageFailure.class);
          assertThat(server.requests()).isEqualTo(1);
        }
        case REFUSAL -> {
          assertThat(thrown).isInstanceOf(QuestionRefused.class);
          assertThat(server.requests()).isEqualTo(EndpointJudge.READINGS);
        }
        case VERDICT -> assertThat(verdict.get()).hasValue(1);
        case NO_VERDICT -> {
          assertThat(verdict.get()).isEmpty();
          assertThat(server.requests()).isEqualTo(EndpointJudge.READINGS);
        }
      }
      if (thrown != null) {
        assertThat(thrown).hasMessageContaining(mode.words());
        assertThat(thrown.getMessage()).hasSizeLessThan(600);
        assertKeepsTheKey(all(thrown));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"KEY_IN_ANSWER", "HALF_CHARACTER", "CONTROL_CHARACTERS"})
  void whatAJudgeWritesHoldsNeitherTheKeyNorHalvesOfCharacters(HostileMode mode) throws Exception {
    try (HostileServer server = HostileServer.start(mode, KEY)) {
      Judge judge = judge(server, mode, () -> false);

      Judge.Critique critique = judge.criticise(new Judge.Case(1, "how?", "one", "kind"));

      assertKeepsTheKey(critique.text());
      byte[] bytes = critique.text().getBytes(StandardCharsets.UTF_8);
      assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(critique.text());
      assertThat(critique.text()).startsWith("(A) ");
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "SLOW_BODY",
        "SLOW_HEADERS",
        "NO_ANSWER",
        "PROMISES_TEN_GIGABYTES",
        "ALWAYS_500",
        "MANY_CONTINUES"
      })
  @Timeout(60)
  void aRunThatIsToldToStopWaitsForNoAnswer(HostileMode mode) throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    try (HostileServer server = HostileServer.start(mode, KEY)) {
      ChatEndpoint.Patience patience =
          new ChatEndpoint.Patience(1000, Duration.ofMinutes(10), LONG, Duration.ofDays(1));
      Judge judge = judge(server, patience, stop::get);
      Thread stopping =
          new Thread(
              () -> {
                while (server.requests() == 0) {
                  Thread.onSpinWait();
                }
                stop.set(true);
              });
      stopping.start();

      assertThatThrownBy(() -> judge.compare(QUESTION)).isInstanceOf(StageStopped.class);
      stopping.join();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ENDLESS_BODY", "TEN_GIGABYTES", "SLOW_BODY"})
  @Timeout(60)
  void aConnectionThatIsGivenUpIsBrokenOff(HostileMode mode) throws Exception {
    try (HostileServer server = HostileServer.start(mode, KEY)) {
      Judge judge = judge(server, mode, () -> false);

      assertThat(catchThrowable(() -> judge.compare(QUESTION))).isNotNull();

      assertThat(server.leftAlone().await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aKeyThatIsNoneIsRefusedBeforeItIsSent() {
    for (String bad :
        new String[] {"sk-1234567\r890", "sk 1234567890", "sk-1234567é", "a\u0000b"}) {
      assertThatThrownBy(() -> EndpointKey.of("THE_KEY", Map.of("THE_KEY", bad)))
          .isInstanceOf(StageFailure.class)
          .hasMessageContaining("the environment variable `THE_KEY` holds no key")
          .hasMessageNotContaining("sk")
          .hasMessageNotContaining("4567");
    }
  }

  @Test
  void blanksAndLineEndsAroundAKeyAreNoPartOfIt() {
    assertThat(EndpointKey.of("K", Map.of("K", " abcdefgh12\r\n")).value()).isEqualTo("abcdefgh12");
    assertThatThrownBy(() -> EndpointKey.of("K", Map.of("K", "\r\n")))
        .isInstanceOf(StageFailure.class)
        .hasMessageContaining("there are only blanks in it");
    assertThat(EndpointKey.of("K", Map.of("K", "")).value()).isNull();
    assertThat(EndpointKey.of("K", Map.of()).value()).isNull();
  }

  @Test
  void anAddressThatHoldsASecretIsNotAsked() {
    EndpointKey none = EndpointKey.of("K", Map.of());
    for (String url :
        new String[] {
          "http://me:pass-word@127.0.0.1/v1", "http://127.0.0.1/v1?api_key=pass-word"
        }) {
      assertThatThrownBy(
              () ->
                  new ChatEndpoint(
                      url,
                      none,
                      ChatEndpoint.Patience.USUAL,
                      new RequestPace(null, System::nanoTime),
                      () -> false))
          .isInstanceOf(StageFailure.class)
          .hasMessageNotContaining("pass-word");
    }
  }

  private static Judge judge(HostileServer server, HostileMode mode, BooleanSupplier stop) {
    boolean endless = mode.end() == HostileMode.End.SILENCE || mode == HostileMode.MANY_CONTINUES;
    return judge(
        server,
        new ChatEndpoint.Patience(2, Duration.ofMillis(10), endless ? SHORT : LONG, LONG),
        stop);
  }

  private static Judge judge(
      HostileServer server, ChatEndpoint.Patience patience, BooleanSupplier stop) {
    EndpointKey key = EndpointKey.of("THE_KEY", Map.of("THE_KEY", KEY));
    return new EndpointJudge(
        new Endpoint(server.url(), "some-model", "THE_KEY", 0),
        Map.of("kind", "Be kind."),
        new ChatEndpoint(
            server.url(), key, patience, new RequestPace(null, System::nanoTime), stop));
  }

  private static String all(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    String help = thrown instanceof StageFailure failure ? failure.help() : "";
    return text + thrown.toString() + help;
  }

  private static void assertKeepsTheKey(String text) {
    byte[] bytes = KEY.getBytes(StandardCharsets.UTF_8);
    assertThat(text)
        .doesNotContain(KEY)
        .doesNotContain(KEY.substring(0, 10))
        .doesNotContain(URLEncoder.encode(KEY, StandardCharsets.UTF_8))
        .doesNotContain(Base64.getEncoder().encodeToString(bytes).substring(0, 20))
        .doesNotContain(Base64.getUrlEncoder().encodeToString(bytes).substring(0, 20));
  }
}
