package org.plumbline.engine.rlhf.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.StageFailure;
import org.plumbline.engine.store.Unreachable;

/**
 * Asks a chat model behind an OpenAI-compatible endpoint.
 *
 * <p>Overload (429), failures of the server (5xx), broken connections and time-outs are tried again
 * after growing pauses; what trying again cannot mend ends the stage. Redirects are not followed:
 * texts and the key go to the declared address and nowhere else.
 */
final class ChatEndpoint {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TOO_MANY_REQUESTS = 429;

  private final HttpClient client;
  private final URI uri;
  private final @Nullable String key;
  private final String keyVariable;
  private final Patience patience;

  /**
   * How long to wait.
   *
   * @param attempts how often to ask in all
   * @param firstPause the pause after the first failure; doubled after each further one
   * @param timeout for one attempt
   */
  record Patience(int attempts, Duration firstPause, Duration timeout) {
    static final Patience USUAL = new Patience(6, Duration.ofSeconds(1), Duration.ofSeconds(120));

    Duration pause(int failures) {
      return firstPause.multipliedBy(1L << Math.min(failures - 1, 10));
    }
  }

  /**
   * An endpoint.
   *
   * @param url the base address, without {@code /chat/completions}
   * @param keyVariable the environment variable that the key is from, for messages
   * @param key null if the variable is not set: nothing is sent then
   */
  ChatEndpoint(String url, String keyVariable, @Nullable String key, Patience patience) {
    this.uri = URI.create(url.replaceAll("/+$", "") + "/chat/completions");
    this.keyVariable = keyVariable;
    this.key = key;
    this.patience = patience;
    this.client = HttpClient.newBuilder().connectTimeout(patience.timeout()).build();
  }

  /** Sends one request and returns the first choice of the answer. */
  JsonNode ask(ObjectNode request) throws IOException {
    HttpRequest post = post(JSON.writeValueAsString(request));
    String last = "";
    for (int attempt = 1; attempt <= patience.attempts(); attempt++) {
      Duration pause = patience.pause(attempt);
      try {
        HttpResponse<String> response = client.send(post, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          return choice(response.body());
        }
        last = "status " + response.statusCode() + excerpt(response.body());
        if (response.statusCode() != TOO_MANY_REQUESTS && response.statusCode() < 500) {
          throw refused(response);
        }
        pause = longer(pause, response);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while asking " + uri);
      } catch (IOException e) {
        last = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      }
      if (attempt < patience.attempts()) {
        sleep(pause);
      }
    }
    throw new Unreachable(
        "PLB0906",
        "the judge at %s gave no answer in %d attempts: %s"
            .formatted(uri, patience.attempts(), last),
        "see that it answers; what it said before the last checkpoint is kept");
  }

  private HttpRequest post(String body) {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(uri)
            .timeout(patience.timeout())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (key != null) {
      post.header("Authorization", "Bearer " + key);
    }
    return post.build();
  }

  private JsonNode choice(String body) {
    try {
      JsonNode choice = JSON.readTree(body).path("choices").path(0);
      if (choice.path("message").path("content").isTextual()) {
        return choice;
      }
    } catch (JsonProcessingException e) {
      throw notAnEndpoint(body);
    }
    throw notAnEndpoint(body);
  }

  private StageFailure notAnEndpoint(String body) {
    return new StageFailure(
        "PLB0906",
        "the answer of " + uri + " is not that of an OpenAI-compatible endpoint" + excerpt(body),
        "url",
        "give the base address that `/chat/completions` follows");
  }

  private StageFailure refused(HttpResponse<String> response) {
    int status = response.statusCode();
    String help =
        status == 401 || status == 403
            ? key == null
                ? "set the environment variable `" + keyVariable + "` to the key"
                : "check the key in the environment variable `" + keyVariable + "`"
            : "check `url` and `model`";
    return new StageFailure(
        "PLB0906",
        "the judge at " + uri + " refuses: status " + status + excerpt(response.body()),
        "url",
        help);
  }

  /** The pause that the server asks for, within reason, if it is the longer one. */
  private static Duration longer(Duration pause, HttpResponse<String> response) {
    String asked = response.headers().firstValue("Retry-After").orElse("");
    if (!asked.matches("\\d{1,3}")) {
      return pause;
    }
    Duration wanted = Duration.ofSeconds(Long.parseLong(asked));
    return wanted.compareTo(pause) > 0 ? wanted : pause;
  }

  private static void sleep(Duration pause) throws InterruptedIOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted between two attempts");
    }
  }

  private static String excerpt(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    if (line.isEmpty()) {
      return "";
    }
    return ": " + (line.length() > 200 ? line.substring(0, 200) + "…" : line);
  }
}
