// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A chat model on the loopback interface that answers as a test wants. */
public final class ChatServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private final Answers answers;

  private ChatServer(HttpServer server, Answers answers) {
    this.server = server;
    this.answers = answers;
  }

  /** What to do with a request. */
  @FunctionalInterface
  public interface Answers {
    /**
     * Answers a request.
     *
     * @param question what the user says in it
     */
    void answer(HttpExchange exchange, String question) throws IOException;
  }

  /** Starts one on a free port. */
  public static ChatServer start(Answers answers) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    ChatServer chat = new ChatServer(server, answers);
    server.createContext("/v1/chat/completions", chat::serve);
    server.setExecutor(chat.threads);
    server.start();
    return chat;
  }

  /** What an endpoint in a spec names. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** All questions that were asked, in order. */
  public List<String> questions() {
    return questions;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String question = JSON.readTree(exchange.getRequestBody()).at("/messages/0/content").asText();
      questions.add(question);
      answers.answer(exchange, question);
    }
  }

  /** Gives an answer as such endpoints do. */
  public static void say(HttpExchange exchange, String text) throws IOException {
    Map<String, Object> choice = Map.of("message", Map.of("role", "assistant", "content", text));
    reply(exchange, 200, JSON.writeValueAsString(Map.of("choices", List.of(choice))));
  }

  static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
