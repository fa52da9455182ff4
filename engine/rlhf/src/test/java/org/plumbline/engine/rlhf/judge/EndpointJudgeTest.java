// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.ModelSpec.Endpoint;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.data.FolderContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.run.Unreachable;
import org.plumbline.engine.store.content.KeptAnswers;

/** Against a real server on the loopback interface. */
class EndpointJudgeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Judge.Question QUESTION =
      new Judge.Question(1, "how?", "please do", "go away");

  private static final Duration LATE = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofMinutes(2);

  private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private final List<@Nullable String> keys = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  private record Reply(int status, String body, boolean never) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdown();
  }

  @Test
  void bothAnswersAndAllPrinciplesAreShown() throws IOException {
    reply(200, said("(A)"));

    OptionalDouble first = judge("secret").compare(QUESTION);

    assertThat(first).hasValue(1);
    assertThat(requests).hasSize(1);
    JsonNode request = requests.get(0);
    assertThat(request.path("model").asText()).isEqualTo("some-model");
    assertThat(request.path("temperature").asDouble()).isZero();
    assertThat(request.path("messages").path(0).path("content").asText())
        .contains("- Be kind.\n- Be brief.\n", "how?", "(A):\nplease do", "(B):\ngo away");
    assertThat(keys).containsExactly("Bearer secret");
  }

  @Test
  void aSchemaIsAskedForAndWhatKeepsToItIsRead() throws IOException {
    reply(200, said("{\"answer\": \"B\"}"));
    reply(200, said("{\"answer\": \"8\"}"));
    Endpoint structured = new Endpoint(url(), "some-model", "THE_KEY", 0, null, true);
    EndpointJudge judge =
        new EndpointJudge(
            structured, Map.of("kind", "Be kind."), EndpointKey.of("K", Map.of()), () -> false);

    assertThat(judge.compare(QUESTION)).hasValue(0);
    assertThat(judge.score(new Judge.Single(1, "how?", "please do"))).hasValue(.75);
    JsonNode schema = requests.get(0).at("/response_format/json_schema/schema");
    assertThat(schema.at("/properties/answer/enum")).hasToString("[\"A\",\"B\"]");
    assertThat(requests.get(1).at("/response_format/json_schema/schema/properties/answer/enum"))
        .hasSize(9);
  }

  @Test
  void requestsKeepToTheirPace() {
    long[] now = {0};
    RequestPace pace = new RequestPace(60, () -> now[0]);

    assertThat(pace.take()).isZero();
    assertThat(pace.take()).isEqualTo(Duration.ofSeconds(1));
    assertThat(pace.take()).isEqualTo(Duration.ofSeconds(2));
    now[0] = Duration.ofSeconds(30).toNanos();
    assertThat(pace.take()).isZero();
    assertThat(pace.take()).isEqualTo(Duration.ofSeconds(1));
    assertThat(new RequestPace(null, () -> 5).take()).isZero();
  }

  @Test
  void withoutAKeyNoneIsSent() throws IOException {
    reply(200, said("B"));

    assertThat(judge(null).compare(QUESTION)).hasValue(0);
    assertThat(keys).containsOnlyNulls();
  }

  @Test
  void logProbabilitiesOfTheLettersGiveASoftVerdict() throws IOException {
    reply(
        200,
        """
        {"choices": [{"message": {"content": "(B)"}, "logprobs": {"content": [
          {"token": "(", "logprob": -0.01, "top_logprobs": []},
          {"token": "B", "logprob": -0.5, "top_logprobs": [
            {"token": "B", "logprob": -0.5}, {"token": "A", "logprob": -1.2}]}]}}]}
        """);

    double first = judge(null).compare(QUESTION).orElseThrow();

    assertThat(first).isCloseTo(Vectors.number("4.rlaif", "pA"), within(1e-12));
  }

  @Test
  void aReplyThatNamesBothOrNeitherIsAskedForAgain(@TempDir Path folder) throws IOException {
    reply(200, said("Both (A) and (B) are fine."));
    reply(200, said("As a model I cannot say."));
    reply(200, said("The better answer is (B)."));
    Judge judge = judge(null);

    assertThat(judge.compare(QUESTION)).hasValue(0);

    assertThat(requests).hasSize(3);
    String first = requests.get(0).at("/messages/0/content").asText();
    assertThat(requests.get(2).at("/messages/0/content").asText())
        .isEqualTo(
            first + " The last reply could not be read. Reply with (A) or (B) and nothing else.");
    assertThat(judge.silence()).isNull();
    FolderContext context = new FolderContext(folder, "");
    judge.note(context);
    assertThat(context.notes())
        .containsExactly(
            "2 questions were put to the judge once more because no verdict could be read in its"
                + " reply, which stands in no price; none stayed without one after 3 replies; the"
                + " last was `As a model I cannot say.`");
  }

  @Test
  void aRefusalIsAskedForAgainAndMayBeTakenBack(@TempDir Path folder) throws IOException {
    reply(400, "{\"error\": \"content_filter\"}");
    reply(
        200,
        "{\"choices\": [{\"message\": {\"content\": null, \"refusal\": \"I had rather not\"}}]}");
    reply(200, said("(B)"));
    Judge judge = judge(null);

    assertThat(judge.compare(QUESTION)).hasValue(0);

    assertThat(judge.silence()).isNull();
    FolderContext context = new FolderContext(folder, "");
    judge.note(context);
    assertThat(context.notes().get(0))
        .startsWith("2 questions were put to the judge once more")
        .contains("none stayed without one after 3 replies; the last was `I had rather not`");
  }

  @Test
  void aRefusedQuestionIsMarkedAndTheOthersGoOn() throws IOException {
    reply(200, said("(A)"));
    for (int i = 0; i < EndpointJudge.READINGS * 2 * Outage.IN_A_ROW; i++) {
      reply(i % 2 == 0 ? 400 : 200, i % 2 == 0 ? "{\"error\": \"no\"}" : "{\"choices\": []}");
    }
    reply(200, said("(B)"));
    Judge judge = remembering(judge(null));

    assertThat(judge.compare(QUESTION)).hasValue(1);
    for (int i = 0; i < 2 * Outage.IN_A_ROW; i++) {
      assertThat(judge.compare(new Judge.Question(i, "how?", "one", "two"))).isEmpty();
    }
    assertThat(judge.compare(new Judge.Question(100, "how?", "one", "two"))).hasValue(0);

    Silence silence = Objects.requireNonNull(judge.silence());
    assertThat(silence.code()).isEqualTo("PLB0525");
    assertThat(silence.because()).contains("there is no choice in its answer");
  }

  @Test
  void anEndpointThatRefusesEverythingEndsTheStageSoonWithItsOwnWords() throws IOException {
    for (int i = 0; i < EndpointJudge.READINGS * Outage.IN_A_ROW; i++) {
      reply(400, "{\"error\": \"`top_logprobs` is not supported\"}");
    }
    Judge judge = remembering(judge(null));
    for (int i = 1; i < Outage.IN_A_ROW; i++) {
      assertThat(judge.compare(new Judge.Question(i, "how?", "one", "two"))).isEmpty();
    }

    StageFailure failure = catchThrowableOfType(StageFailure.class, () -> judge.compare(QUESTION));

    assertThat(failure.code()).isEqualTo("PLB0906");
    assertThat(failure)
        .hasMessageContaining("none of 8 questions was answered: the judge at http://127.0.0.1")
        .hasMessageContaining(
            "refuses: status 400: {\"error\": \"`top_logprobs` is not supported\"}");
  }

  @Test
  void aCriticismThatIsRefusedIsNone() throws IOException {
    for (int i = 0; i < EndpointJudge.READINGS; i++) {
      reply(200, "{\"choices\": []}");
    }

    Judge.Critique critique =
        remembering(judge(null)).criticise(new Judge.Case(1, "how?", "go away", "kind"));

    assertThat(critique.text()).isEmpty();
  }

  private static Judge remembering(Judge judge) {
    Map<String, String> kept = new LinkedHashMap<>();
    return new RememberingJudge(
        judge,
        new KeptAnswers() {
          @Override
          public Optional<String> find(String question) {
            return Optional.ofNullable(kept.get(question));
          }

          @Override
          public void keep(String question, String answer) {
            kept.put(question, answer);
          }
        });
  }

  @Test
  void impossibleLogProbabilitiesAreAskedForAgainAndANoteSaysWhy(@TempDir Path folder)
      throws IOException {
    for (int i = 0; i < EndpointJudge.READINGS; i++) {
      reply(
          200,
          """
          {"choices": [{"message": {"content": "(A)"}, "logprobs": {"content": [
            {"token": "A", "logprob": 0.9, "top_logprobs": [
              {"token": "A", "logprob": 0.9}, {"token": "B", "logprob": 0.1}]}]}}]}
          """);
    }
    Judge judge = judge(null);

    assertThat(judge.compare(QUESTION)).isEmpty();

    assertThat(requests).hasSize(EndpointJudge.READINGS);
    FolderContext context = new FolderContext(folder, "");
    judge.note(context);
    assertThat(context.notes())
        .containsExactly(
            "2 questions were put to the judge once more because no verdict could be read in its"
                + " reply, which stands in no price; 1 stayed without one after 3 replies; the last"
                + " was `(A)`: the log-probability of `A` is 0.9, above 0");
    assertThat(Objects.requireNonNull(judge.silence()).help())
        .startsWith("see that the endpoint lists natural logarithms of probabilities, or none");
  }

  @Test
  void whoNeverNamesOneIsAskedThreeTimesAndThereIsNoVerdict() throws IOException {
    for (int i = 0; i < EndpointJudge.READINGS; i++) {
      reply(200, said("I like\n both."));
    }
    Judge judge = judge(null);

    assertThat(judge.score(new Judge.Single(1, "how?", "please do"))).isEmpty();

    assertThat(requests).hasSize(EndpointJudge.READINGS);
    Silence silence = Objects.requireNonNull(judge.silence());
    assertThat(silence.code()).isEqualTo("PLB0525");
    assertThat(silence.because())
        .isEqualTo("no verdict can be read in its replies; the last was `I like both.`");
  }

  @Test
  void overloadAndFailuresOfTheServerAreTriedAgain() throws IOException {
    reply(429, "slow down");
    reply(503, "");
    reply(200, said("(A)"));

    assertThat(judge(null).compare(QUESTION)).hasValue(1);
    assertThat(requests).hasSize(3);
  }

  @Test
  void aServerThatStaysAwayIsReportedAsUnavailable() {
    for (int i = 0; i < 3; i++) {
      reply(500, "out of order");
    }

    Unreachable failure =
        catchThrowableOfType(Unreachable.class, () -> judge(null).compare(QUESTION));

    assertThat(failure).hasMessageContaining("in 3 attempts: status 500: out of order");
    assertThat(failure.code()).isEqualTo("PLB0906");
    assertThat(requests).hasSize(3);
  }

  @Test
  void anAnswerThatDoesNotComeIsAskedForAgain() throws IOException {
    replies.add(new Reply(200, said("(B)"), true));
    for (int i = 0; i < 8; i++) {
      reply(200, said("(A)")); // on a busy machine these may be late, too
    }

    Judge judge = judge(null, new ChatEndpoint.Patience(9, Duration.ofMillis(10), LATE, LONG));

    assertThat(judge.compare(QUESTION)).hasValue(1);
    assertThat(requests).hasSizeGreaterThan(1);
  }

  @Test
  void aRefusalIsNotTriedAgainAndSaysWhatToDo() {
    reply(401, "{\"error\": \"no key\"}");

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> judge(null).compare(QUESTION));

    assertThat(failure.code()).isEqualTo("PLB0906");
    assertThat(failure).hasMessageContaining("status 401: {\"error\": \"no key\"}");
    assertThat(failure.help()).isEqualTo("set the environment variable `THE_KEY` to the key");
    assertThat(requests).hasSize(1);
  }

  @Test
  void somethingElseThanAnEndpointIsNamed() {
    reply(200, "<html>hello</html>");

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> judge(null).compare(QUESTION));

    assertThat(failure.code()).isEqualTo("PLB0906");
    assertThat(failure).hasMessageContaining("not that of an OpenAI-compatible endpoint");
  }

  @Test
  void theKeyIsNeverPartOfAMessage() {
    reply(403, "");

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> judge("secret").compare(QUESTION));

    assertThat(failure.getMessage() + failure.help()).doesNotContain("secret");
  }

  @Test
  void itCriticisesUnderOnePrincipleAndWritesTheRevision() throws IOException {
    reply(200, said("It is rude."));
    reply(200, said(" please do \n"));

    Judge judge = judge(null);
    Judge.Critique critique = judge.criticise(new Judge.Case(1, "how?", "go away", "kind"));
    String revision = judge.revise(critique, List.of());

    assertThat(critique.text()).isEqualTo("It is rude.");
    assertThat(revision).isEqualTo("please do");
    assertThat(requests.get(0).toString()).contains("Be kind.").doesNotContain("Be brief.");
    assertThat(requests.get(1).toString()).contains("It is rude.", "go away", "how?");
    assertThat(judge.writesRevisions()).isTrue();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/";
  }

  private Judge judge(@Nullable String key) {
    return judge(key, new ChatEndpoint.Patience(3, Duration.ofMillis(10), LONG, LONG));
  }

  private Judge judge(@Nullable String key, ChatEndpoint.Patience patience) {
    Map<String, String> principles = new LinkedHashMap<>();
    principles.put("kind", "Be kind.");
    principles.put("brief", "Be brief.");
    EndpointKey given = EndpointKey.of("THE_KEY", key == null ? Map.of() : Map.of("THE_KEY", key));
    return new EndpointJudge(
        new Endpoint(url(), "some-model", "THE_KEY", 0),
        principles,
        new ChatEndpoint(
            url(), given, patience, new RequestPace(null, System::nanoTime), () -> false));
  }

  private void reply(int status, String body) {
    replies.add(new Reply(status, body, false));
  }

  private static String said(String text) {
    return JSON.createObjectNode()
        .set(
            "choices",
            JSON.createArrayNode()
                .add(
                    JSON.createObjectNode()
                        .set("message", JSON.createObjectNode().put("content", text))))
        .toString();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(JSON.readTree(exchange.getRequestBody()));
    keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
    Reply reply = replies.remove();
    if (reply.never()) {
      hang();
      exchange.close();
      return;
    }
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private void hang() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
