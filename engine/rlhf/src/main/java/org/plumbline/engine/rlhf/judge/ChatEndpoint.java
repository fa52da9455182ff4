// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.plumbline.dsl.model.endpoint.EndpointAddress;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.run.Unreachable;
import org.plumbline.engine.store.record.Secrets;

/**
 * Asks a chat model behind an OpenAI-compatible endpoint.
 *
 * <p>Overload (429), failures of the server (5xx), broken connections and time-outs are tried again
 * after growing pauses, up to a number of attempts and a time in all; what trying again cannot mend
 * ends the stage, unless it may be the question that is refused and no other. Redirects are not
 * followed: texts and the key go to the declared address and nowhere else. No message repeats the
 * key, whatever the server says.
 */
final class ChatEndpoint {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TOO_MANY_REQUESTS = 429;

  /** What is wrong with the request, which is right but for the question in it, if others pass. */
  private static final Set<Integer> OF_ONE_QUESTION = Set.of(400, 413, 422);

  private static final int EXCERPT = 200;

  /** Of fewer characters is only what stands for no key, and occurs in other words. */
  private static final int SHORTEST_KEY = 4;

  private final ServerExchange exchange;
  private final URI uri;
  private final EndpointKey key;
  private final Patience patience;
  private final RequestPace pace;

  /**
   * How long to wait.
   *
   * @param attempts how often to ask in all
   * @param firstPause the pause after the first failure; doubled after each further one
   * @param timeout for one attempt, from the connection to the last byte of the answer
   * @param total for all attempts and pauses together
   */
  record Patience(int attempts, Duration firstPause, Duration timeout, Duration total) {
    static final Patience USUAL =
        new Patience(6, Duration.ofSeconds(1), Duration.ofSeconds(120), Duration.ofMinutes(5));

    Duration pause(int failures) {
      return firstPause.multipliedBy(1L << Math.min(failures - 1, 10));
    }
  }

  /**
   * An endpoint.
   *
   * @param url the base address, without {@code /chat/completions}
   * @param pace at which requests are sent
   * @param stop says true from when on nothing should be waited for
   * @throws StageFailure if the address holds a secret, which plans and records would repeat
   */
  ChatEndpoint(
      String url, EndpointKey key, Patience patience, RequestPace pace, BooleanSupplier stop) {
    EndpointAddress address = new EndpointAddress(url);
    if (address.secret().isPresent()) {
      throw new StageFailure(
          "PLB0336",
          "the address of an endpoint holds " + address.secret().get(),
          "url",
          "put the key into an environment variable and give its name as `key_variable`");
    }
    this.uri =
        address
            .completions()
            .orElseThrow(
                () ->
                    new StageFailure(
                        "PLB0323",
                        "`" + address.shown() + "` is not the base address of an endpoint",
                        "url",
                        "write it as in `http://localhost:8000/v1`"));
    this.key = key;
    this.patience = patience;
    this.pace = pace;
    this.exchange = new ServerExchange(patience.timeout(), stop);
  }

  /**
   * Sends one request and returns the first choice of the answer.
   *
   * @throws QuestionRefused if the server refuses this question, perhaps no other
   * @throws StageFailure if asking again would not help
   * @throws Unreachable if no answer came in time
   * @throws org.plumbline.engine.run.StageStopped if the run was told to stop meanwhile
   */
  JsonNode ask(ObjectNode request) throws IOException {
    HttpRequest post = post(JSON.writeValueAsString(request));
    exchange.pause(pace.take());
    long end = System.nanoTime() + patience.total().toNanos();
    String last = "";
    int attempt = 0;
    while (true) {
      attempt++;
      Duration left = Duration.ofNanos(end - System.nanoTime());
      Duration pause = patience.pause(attempt);
      try {
        ServerExchange.Reply reply = exchange.send(post, shorter(left, patience.timeout()));
        if (reply.status() == 200) {
          return choice(reply);
        }
        last = "status " + reply.status() + excerpt(reply.text());
        if (OF_ONE_QUESTION.contains(reply.status())) {
          throw new QuestionRefused(last, uri.toString());
        }
        if (reply.status() != TOO_MANY_REQUESTS && reply.status() < 500) {
          throw refused(reply);
        }
        pause = longer(pause, reply.headers().retryAfter());
      } catch (InterruptedIOException e) {
        throw e;
      } catch (BoundedBody.TooLong e) {
        throw notAnEndpoint(": " + words(e));
      } catch (IOException e) {
        last = words(e);
      }
      if (attempt >= patience.attempts()) {
        throw silent(attempt, last);
      }
      if (System.nanoTime() + pause.toNanos() >= end) {
        String most = ServerExchange.seconds(patience.total());
        String wait = "; after a pause of " + ServerExchange.seconds(pause) + ", more than the ";
        throw silent(attempt, last + wait + most + " for a question would be over");
      }
      exchange.pause(pause);
      exchange.pause(pace.take());
    }
  }

  private Unreachable silent(int attempts, String last) {
    return new Unreachable(
        "PLB0906",
        "the judge at %s gave no answer in %d attempt%s: %s"
            .formatted(uri, attempts, attempts == 1 ? "" : "s", last),
        "see that it answers; what it has said is kept");
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private String words(IOException failure) {
    return line(
        failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage());
  }

  private HttpRequest post(String body) {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    String value = key.value();
    if (value != null) {
      post.header("Authorization", "Bearer " + value);
    }
    return post.build();
  }

  private JsonNode choice(ServerExchange.Reply reply) {
    String packed = reply.headers().encoding();
    if (!packed.isEmpty() && !packed.equalsIgnoreCase("identity")) {
      throw notAnEndpoint(": it is packed (" + line(packed) + "), which was not asked for");
    }
    if (!reply.isText()) {
      throw notAnEndpoint(": it is not UTF-8");
    }
    JsonNode answer;
    try {
      answer = JSON.readTree(reply.text());
    } catch (JsonProcessingException e) {
      throw notAnEndpoint(excerpt(reply.text()));
    }
    JsonNode choice = answer.path("choices").path(0);
    String refusal = refusal(answer);
    if (!refusal.isEmpty()) {
      throw new QuestionRefused(refusal, uri.toString());
    } else if (choice.path("message").path("content").isTextual()) {
      return choice;
    }
    throw notAnEndpoint(excerpt(reply.text()));
  }

  /** What an answer that has the form of one says in the place of a text; empty if there is one. */
  private String refusal(JsonNode answer) {
    JsonNode choices = answer.path("choices");
    if (choices.isArray() && choices.isEmpty()) {
      return "there is no choice in its answer" + excerpt(answer.toString());
    } else if (answer.path("error").isObject() && choices.isMissingNode()) {
      return "error" + excerpt(answer.path("error").toString());
    }
    JsonNode message = choices.path(0).path("message");
    JsonNode refusal = message.path("refusal");
    if (refusal.isTextual() && !refusal.asText().isBlank()) {
      return line(refusal.asText());
    }
    JsonNode content = message.path("content");
    boolean none = message.isObject() && (content.isNull() || content.isMissingNode());
    return none ? "there is no text in its answer" + excerpt(choices.path(0).toString()) : "";
  }

  private StageFailure notAnEndpoint(String what) {
    return new StageFailure(
        "PLB0906",
        "the answer of " + uri + " is not that of an OpenAI-compatible endpoint" + what,
        "url",
        "give the base address that `/chat/completions` follows");
  }

  private StageFailure refused(ServerExchange.Reply reply) {
    int status = reply.status();
    String to = reply.headers().location();
    String said = to.isEmpty() ? excerpt(reply.text()) : ": go to " + line(to);
    return new StageFailure(
        "PLB0906",
        "the judge at " + uri + " refuses: status " + status + said,
        "url",
        help(status));
  }

  private String help(int status) {
    if (status == 401 || status == 403) {
      return key.value() == null
          ? "set the environment variable `" + key.variable() + "` to the key"
          : "check the key in the environment variable `" + key.variable() + "`";
    }
    return status >= 300 && status < 400
        ? "redirects are not followed; if you trust the other address, give it as `url`"
        : "check `url` and `model`";
  }

  /** The pause that the server asks for, if it is the longer one. */
  private static Duration longer(Duration pause, String asked) {
    if (!asked.matches("\\d{1,9}")) {
      return pause;
    }
    Duration wanted = Duration.ofSeconds(Long.parseLong(asked));
    return wanted.compareTo(pause) > 0 ? wanted : pause;
  }

  private String excerpt(String body) {
    String line = line(body);
    return line.isEmpty() ? "" : ": " + line;
  }

  /** The beginning of a foreign text on one line, without the key, however short that is. */
  private String line(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    String secret = key.value();
    if (secret != null && secret.length() >= SHORTEST_KEY) {
      line = line.replace(secret, Secrets.MASK);
    }
    return line.length() > EXCERPT ? line.substring(0, EXCERPT) + "…" : line;
  }
}
