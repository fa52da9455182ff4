// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.ModelSpec.Endpoint;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.record.Secrets;

/**
 * A chat model behind an OpenAI-compatible endpoint as judge.
 *
 * <p>It is shown both answers as (A) and (B) with all principles and says which is better. If its
 * reply cannot be read, or it refuses, it is asked again, three times in all. An answer is text
 * that somebody else's model wrote: it may try to talk the judge round, and nothing here can
 * prevent that.
 */
public final class EndpointJudge implements Judge {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AT_ONCE = 8;
  private static final int TOKENS_OF_VERDICT = 16;

  /** How often a question is asked in all whose replies cannot be read. */
  static final int READINGS = 3;

  private static final int EXCERPT = 80;
  private static final int TOKENS_OF_TEXT = 512;

  /** As many as the interface of chat completions allows. */
  private static final int MOST_ALTERNATIVES = 20;

  private static final List<String> LETTERS = List.of("A", "B");
  private static final List<String> DIGITS =
      IntStream.rangeClosed(1, Grade.HIGHEST).mapToObj(Integer::toString).toList();

  private final Endpoint spec;
  private final Map<String, String> principles;
  private final ChatEndpoint endpoint;
  private final Unread unread = new Unread();

  /**
   * A judge.
   *
   * @param stop says true from when on no answer should be waited for
   */
  public EndpointJudge(
      Endpoint spec, Map<String, String> principles, EndpointKey key, BooleanSupplier stop) {
    this(
        spec,
        principles,
        new ChatEndpoint(
            spec.url(),
            key,
            ChatEndpoint.Patience.USUAL,
            RequestPace.of(spec.url(), spec.requestsPerMinute()),
            stop));
  }

  EndpointJudge(Endpoint spec, Map<String, String> principles, ChatEndpoint endpoint) {
    this.spec = spec;
    this.principles = principles;
    this.endpoint = endpoint;
  }

  @Override
  public String name() {
    return spec.model();
  }

  @Override
  public Map<String, String> principles() {
    return principles;
  }

  @Override
  public int atOnce() {
    return AT_ONCE;
  }

  @Override
  public boolean writesRevisions() {
    return true;
  }

  @Override
  public OptionalDouble compare(Question question) throws IOException {
    String ask = " Reply with (A) or (B) and nothing else.";
    String text = JudgePrompts.comparison(principles.values(), question) + ask;
    return number(readable(text, ask, again -> weighed(again, 5, LETTERS), VerdictLetter::read));
  }

  @Override
  public OptionalDouble score(Single answer) throws IOException {
    String ask = " Reply with one digit and nothing else.";
    String text = JudgePrompts.grade(principles.values(), answer) + ask;
    return number(
        readable(text, ask, again -> weighed(again, MOST_ALTERNATIVES, DIGITS), Grade::read));
  }

  private static OptionalDouble number(@Nullable Double said) {
    return said == null ? OptionalDouble.empty() : OptionalDouble.of(said);
  }

  /**
   * What a reply says; a question whose reply says nothing is asked again a few times.
   *
   * @return null if no reply says anything
   * @throws QuestionRefused if the last one is a refusal
   */
  private <T> @Nullable T readable(
      String text,
      String ask,
      Function<String, ObjectNode> request,
      Function<JsonNode, ReadReply<T>> read)
      throws IOException {
    for (int reading = 1; reading <= READINGS; reading++) {
      // Without other words a model at temperature 0 would say the same again.
      String again = reading == 1 ? text : text + " The last reply could not be read." + ask;
      try {
        JsonNode choice = endpoint.ask(request.apply(again));
        ReadReply<T> said = read.apply(choice);
        if (said.said() != null) {
          return said.said();
        }
        String reply = choice.path("message").path("content").asText();
        unread.add(reply, said.problem(), reading < READINGS);
      } catch (QuestionRefused refusal) {
        unread.add(refusal.words(), "", reading < READINGS);
        if (reading == READINGS) {
          throw refusal;
        }
      }
    }
    return null;
  }

  /** Replies without a verdict. */
  private static final class Unread {
    private int again;
    private int open;
    private String last = "";
    private String problem = "";

    synchronized void add(String reply, String problem, boolean asked) {
      again += asked ? 1 : 0;
      open += asked ? 0 : 1;
      this.problem = line(problem);
      last = "`" + line(reply) + "`" + (problem.isEmpty() ? "" : ": " + this.problem);
    }

    private static String line(String text) {
      String line = foreign(text).strip().replaceAll("\\s+", " ");
      return line.length() > EXCERPT ? line.substring(0, EXCERPT) + "…" : line;
    }

    synchronized void note(StageContext context) {
      if (again > 0) {
        context.note(
            again
                + (again == 1 ? " question was" : " questions were")
                + " put to the judge once more because no verdict could be read in its reply, which"
                + " stands in no price; "
                + (open == 0 ? "none" : open)
                + " stayed without one after "
                + READINGS
                + " replies; the last was "
                + last);
      }
    }

    synchronized @Nullable Silence silence() {
      return open == 0
          ? null
          : new Silence(
              "PLB0525",
              "no verdict can be read in its replies; the last was " + last,
              (problem.isEmpty()
                      ? "name a model that says A or B, or a digit"
                      : "see that the endpoint lists natural logarithms of probabilities, or none")
                  + "; `plumb resume` asks again what has no verdict");
    }
  }

  @Override
  public @Nullable Silence silence() {
    return unread.silence();
  }

  @Override
  public void note(StageContext context) {
    unread.note(context);
  }

  /** A request whose reply is to list the likeliest alternatives of its tokens. */
  private ObjectNode weighed(String text, int alternatives, List<String> replies) {
    ObjectNode request = request(text, TOKENS_OF_VERDICT);
    request.put("logprobs", true);
    request.put("top_logprobs", alternatives);
    if (Boolean.TRUE.equals(spec.structured())) {
      request.set("response_format", oneOf(replies));
    }
    return request;
  }

  /** The schema of an object whose only key, {@code answer}, is one of these. */
  private static ObjectNode oneOf(List<String> replies) {
    ObjectNode format = JSON.createObjectNode().put("type", "json_schema");
    ObjectNode named = format.putObject("json_schema").put("name", "verdict").put("strict", true);
    ObjectNode schema = named.putObject("schema").put("type", "object");
    ObjectNode answer = schema.putObject("properties").putObject("answer").put("type", "string");
    replies.forEach(answer.putArray("enum")::add);
    schema.putArray("required").add("answer");
    schema.put("additionalProperties", false);
    return format;
  }

  @Override
  public Critique criticise(Case about) throws IOException {
    String principle = principles.getOrDefault(about.principle(), about.principle());
    String text = JudgePrompts.criticism(principle, about);
    return new Critique(about, said(text));
  }

  @Override
  public String revise(Critique critique, List<String> candidates) throws IOException {
    return said(JudgePrompts.revision(critique));
  }

  private String said(String text) throws IOException {
    String said =
        readable(text, "", again -> request(again, TOKENS_OF_TEXT), EndpointJudge::written);
    return Objects.requireNonNull(said);
  }

  /** Whatever text a reply is. */
  private static ReadReply<String> written(JsonNode choice) {
    return ReadReply.of(foreign(choice.path("message").path("content").asText()).strip());
  }

  /**
   * The text as it may be kept and learned: without secrets, which only now stand there as they are
   * if they were escaped, and without halves of characters, which no file can hold.
   */
  private static String foreign(String text) {
    String whole = new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
    return Secrets.mask(whole);
  }

  private ObjectNode request(String text, int most) {
    ObjectNode request = JSON.createObjectNode();
    request.put("model", spec.model());
    request.put("temperature", spec.temperature());
    request.put("max_tokens", most);
    request.putArray("messages").addObject().put("role", "user").put("content", text);
    return request;
  }
}
