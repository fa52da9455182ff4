// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** What a server can do to one that asks it, and what must come of that. */
enum HostileMode {
  SLOW_BODY(End.SILENCE, "no whole answer within"),
  SLOW_HEADERS(End.SILENCE, "no whole answer within"),
  NO_ANSWER(End.SILENCE, "no whole answer within"),
  PROMISES_TEN_GIGABYTES(End.SILENCE, "no whole answer within"),
  MANY_CONTINUES(End.BROKEN, ""),
  TEN_GIGABYTES(End.FAILURE, "longer than 1024 KiB"),
  ENDLESS_BODY(End.FAILURE, "longer than 1024 KiB"),
  RESET_IN_BODY(End.BROKEN, ""),
  CUT_BODY(End.BROKEN, ""),
  BAD_CHUNKS(End.BROKEN, ""),
  GARBAGE(End.BROKEN, ""),
  OTHER_PROTOCOL(End.BROKEN, ""),
  MANY_HEADERS(End.BROKEN, ""),
  LONG_HEADER(End.BROKEN, ""),
  LONG_STATUS_LINE(End.BROKEN, ""),
  ALWAYS_500(End.BROKEN, "status 500: out of order"),
  ALWAYS_429(End.BROKEN, "after a pause of 999999999 s"),
  HTML(End.FAILURE, "not that of an OpenAI-compatible endpoint: <html>"),
  EMPTY(End.FAILURE, "not that of an OpenAI-compatible endpoint"),
  BAD_UTF8(End.FAILURE, "it is not UTF-8"),
  GZIP(End.FAILURE, "it is packed (gzip)"),
  DEEP_JSON(End.FAILURE, "not that of an OpenAI-compatible endpoint"),
  LONG_NUMBER(End.FAILURE, "not that of an OpenAI-compatible endpoint"),
  CHOICES_ARE_TEXT(End.FAILURE, "not that of an OpenAI-compatible endpoint"),
  CONTENT_IS_A_NUMBER(End.FAILURE, "not that of an OpenAI-compatible endpoint"),
  REDIRECT(End.FAILURE, "status 302: go to"),
  REDIRECT_LOOP(End.FAILURE, "status 307: go to"),
  KEY_IN_REFUSAL(End.FAILURE, "status 401"),
  KEY_IN_STATUS_LINE(End.FAILURE, "status 403"),
  KEY_IN_BAD_STATUS_LINE(End.BROKEN, ""),
  KEY_IN_HEADERS(End.REFUSAL, "status 400"),
  KEY_IN_REDIRECT(End.FAILURE, "status 301: go to"),
  KEY_IN_HTML(End.FAILURE, "not that of an OpenAI-compatible endpoint"),
  REFUSAL_IN_PLACE_OF_TEXT(End.REFUSAL, "refuses: I do not compare such answers"),
  REFUSAL_BESIDE_EMPTY_TEXT(End.REFUSAL, "refuses: I do not compare such answers"),
  NO_CHOICES(End.REFUSAL, "there is no choice in its answer: {\"choices\":[]}"),
  NO_TEXT(End.REFUSAL, "no text in its answer: {\"finish_reason\":\"content_filter\""),
  ERROR_IN_PLACE_OF_CHOICES(End.REFUSAL, "error: {\"message\":\"flagged\"}"),
  CONTENT_FILTER(End.REFUSAL, "status 400: {\"error\": \"content_filter\"}"),
  TOO_LONG_A_QUESTION(End.REFUSAL, "status 413: too long"),
  UNPROCESSABLE(End.REFUSAL, "status 422: no such thing"),
  ODD_PROBABILITIES(End.NO_VERDICT, ""),
  HUGE_PROBABILITIES(End.NO_VERDICT, ""),
  PROBABILITIES_FOR_LOGARITHMS(End.NO_VERDICT, ""),
  PROBABILITIES_ABOVE_ONE(End.NO_VERDICT, ""),
  ARTICLE(End.NO_VERDICT, ""),
  BOTH_LETTERS(End.NO_VERDICT, ""),
  CUT_OFF(End.NO_VERDICT, ""),
  CONTROL_CHARACTERS(End.VERDICT, ""),
  HALF_CHARACTER(End.VERDICT, ""),
  KEY_IN_ANSWER(End.VERDICT, "");

  /** What comes of a question. */
  enum End {
    /** Nothing came within the time; to be tried again later. */
    SILENCE,
    /** Nothing that could be read came; to be tried again later. */
    BROKEN,
    /** Trying again would not help. */
    FAILURE,
    /** This question is refused; it says nothing of others. */
    REFUSAL,
    /** It is (A). */
    VERDICT,
    /** The judge does not say which. */
    NO_VERDICT
  }

  static final long TEN_GIGABYTES_LONG = 10_000_000_000L;

  private final End end;
  private final String words;

  HostileMode(End end, String words) {
    this.end = end;
    this.words = words;
  }

  End end() {
    return end;
  }

  /** Words that the message must have. */
  String words() {
    return words;
  }

  /** Answers one request; fails as soon as nobody listens any more. */
  void answer(Socket socket, String key) throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    switch (this) {
      case SLOW_BODY -> {
        send(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        drip(out, "{", 20);
      }
      case SLOW_HEADERS -> drip(out, "HTTP/1.1 200 OK\r\nA: b\r\n", 20);
      case NO_ANSWER -> Thread.sleep(600_000);
      case PROMISES_TEN_GIGABYTES -> {
        send(out, "HTTP/1.1 200 OK\r\nContent-Length: " + TEN_GIGABYTES_LONG + "\r\n\r\n{");
        Thread.sleep(600_000);
      }
      case MANY_CONTINUES -> flood(out, "", "HTTP/1.1 100 Continue\r\n\r\n");
      case TEN_GIGABYTES ->
          flood(out, "HTTP/1.1 200 OK\r\nContent-Length: " + TEN_GIGABYTES_LONG + "\r\n\r\n", "  ");
      case ENDLESS_BODY ->
          flood(
              out,
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
              "400\r\n" + "x".repeat(0x400) + "\r\n");
      case RESET_IN_BODY -> {
        send(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"choices\"");
        socket.setSoLinger(true, 0);
      }
      case CUT_BODY -> send(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"choices\"");
      case BAD_CHUNKS ->
          send(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzzz\r\n{}\r\n\r\n");
      case GARBAGE -> send(out, "\u0000\u0001\u00fe garbage \r\n\r\n");
      case OTHER_PROTOCOL ->
          send(out, "HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\nPRI *");
      case MANY_HEADERS -> flood(out, "HTTP/1.1 200 OK\r\n", "A" + "b: c\r\n");
      case LONG_HEADER -> flood(out, "HTTP/1.1 200 OK\r\nA: ", "xxxxxxxxxxxxxxxx");
      case LONG_STATUS_LINE -> flood(out, "HTTP/1.1 200 ", "xxxxxxxxxxxxxxxx");
      default -> whole(out, key);
    }
  }

  /** The answers that are well-formed as HTTP. */
  private void whole(OutputStream out, String key) throws IOException {
    String escaped = key.replace("\\", "\\\\").replace("\"", "\\\"");
    switch (this) {
      case ALWAYS_500 -> reply(out, "500 Oops", "", "out of order");
      case ALWAYS_429 -> reply(out, "429 Slow", "Retry-After: 999999999\r\n", "slow down");
      case HTML -> reply(out, "200 OK", "Content-Type: text/html\r\n", "<html>hello</html>");
      case EMPTY -> reply(out, "200 OK", "", "");
      case BAD_UTF8 -> {
        send(out, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
        out.write(new byte[] {'{', (byte) 0xff, (byte) 0xc0, '}'});
      }
      case GZIP -> gzip(out);
      case DEEP_JSON -> reply(out, "200 OK", "", "{\"choices\":" + "[".repeat(500_000));
      case LONG_NUMBER -> reply(out, "200 OK", "", "{\"choices\":[" + "9".repeat(500_000) + "]}");
      case CHOICES_ARE_TEXT -> reply(out, "200 OK", "", "{\"choices\":\"(A)\"}");
      case CONTENT_IS_A_NUMBER ->
          reply(out, "200 OK", "", "{\"choices\":[{\"message\":{\"content\":1}}]}");
      case REDIRECT -> reply(out, "302 Found", "Location: http://127.0.0.1:9/v1\r\n", "");
      case REDIRECT_LOOP -> reply(out, "307 Again", "Location: /v1/chat/completions\r\n", "");
      case KEY_IN_REFUSAL ->
          reply(out, "401 No", "", "no such key: " + key + ", that is " + forms(key));
      case KEY_IN_STATUS_LINE -> reply(out, "403 Bearer " + key, "", "");
      case KEY_IN_BAD_STATUS_LINE -> send(out, "Bearer " + key + "\r\n\r\n");
      case KEY_IN_HEADERS -> reply(out, "400 Bad", "X-Key: " + key + "\r\n", "{}");
      case KEY_IN_REDIRECT ->
          reply(out, "301 Away", "Location: http://127.0.0.1:9/?k=" + forms(key) + "\r\n", "");
      case KEY_IN_HTML -> reply(out, "200 OK", "", "<html>" + key + forms(key) + "</html>");
      case ODD_PROBABILITIES -> reply(out, "200 OK", "", probable("\"NaN\"", "\"NaN\"", "(A)"));
      case HUGE_PROBABILITIES -> reply(out, "200 OK", "", probable("1e999", "-1e999", "(A)"));
      case CONTROL_CHARACTERS ->
          reply(out, "200 OK", "", said("(A) \\u001b[2J\\u0007\\u0000\\u202e\\u2028(A)"));
      case HALF_CHARACTER -> reply(out, "200 OK", "", said("(A) \\ud800 \\udfff\\n(A)"));
      case KEY_IN_ANSWER ->
          reply(
              out,
              "200 OK",
              "",
              said("(A) " + escaped + " " + forms(key) + unicode(key) + "\\n(A)"));
      default -> odd(out);
    }
  }

  /** The answers of an endpoint that give no verdict. */
  private void odd(OutputStream out) throws IOException {
    switch (this) {
      case REFUSAL_IN_PLACE_OF_TEXT -> reply(out, "200 OK", "", refused("null"));
      case REFUSAL_BESIDE_EMPTY_TEXT -> reply(out, "200 OK", "", refused("\"\""));
      case NO_CHOICES -> reply(out, "200 OK", "", "{\"choices\": []}");
      case NO_TEXT ->
          reply(
              out,
              "200 OK",
              "",
              "{\"choices\":[{\"finish_reason\":\"content_filter\",\"message\":{\"content\":null}}]}");
      case ERROR_IN_PLACE_OF_CHOICES ->
          reply(out, "200 OK", "", "{\"error\": {\"message\": \"flagged\"}}");
      case CONTENT_FILTER -> reply(out, "400 Bad", "", "{\"error\": \"content_filter\"}");
      case TOO_LONG_A_QUESTION -> reply(out, "413 Long", "", "too long");
      case UNPROCESSABLE -> reply(out, "422 No", "", "no such thing");
      case PROBABILITIES_FOR_LOGARITHMS -> reply(out, "200 OK", "", probable("0.9", "0.1", "(A)"));
      case PROBABILITIES_ABOVE_ONE -> reply(out, "200 OK", "", probable("-0.1", "-0.2", "(A)"));
      case ARTICLE ->
          reply(out, "200 OK", "", probable("-0.05", "-3", "A comparison shows nothing."));
      case BOTH_LETTERS -> reply(out, "200 OK", "", said("[[A]] or [[B]]"));
      case CUT_OFF ->
          reply(
              out,
              "200 OK",
              "",
              "{\"choices\":[{\"finish_reason\":\"length\",\"message\":{\"content\":\"A\"}}]}");
      default -> throw new AssertionError(this);
    }
  }

  /** Forms that a text takes on by itself. */
  private static String forms(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    byte[] header = ("Bearer " + key).getBytes(StandardCharsets.UTF_8);
    return URLEncoder.encode(key, StandardCharsets.UTF_8)
        + " "
        + Base64.getEncoder().encodeToString(bytes)
        + " "
        + Base64.getUrlEncoder().encodeToString(header);
  }

  private static String unicode(String key) {
    StringBuilder escapes = new StringBuilder(" ");
    key.chars().forEach(c -> escapes.append("\\u%04x".formatted(c)));
    return escapes.toString();
  }

  private static void gzip(OutputStream out) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[50_000_000]);
    }
    send(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n");
    send(out, "Content-Length: " + packed.size() + "\r\n\r\n");
    out.write(packed.toByteArray());
  }

  private static String said(String content) {
    return "{\"choices\":[{\"message\":{\"content\":\"" + content + "\"}}]}";
  }

  private static String refused(String content) {
    return """
        {"choices": [{"message": {"content": %s, "refusal": "I do not compare such answers"}}]}
        """
        .formatted(content);
  }

  private static String probable(String first, String second, String content) {
    return """
        {"choices": [{"message": {"content": "%s"}, "logprobs": {"content": [
          {"token": "A", "logprob": %s, "top_logprobs": [
            {"token": "A", "logprob": %s}, {"token": "B", "logprob": %s}]}]}}]}
        """
        .formatted(content, first, first, second);
  }

  private static void reply(OutputStream out, String status, String headers, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    send(out, "HTTP/1.1 " + status + "\r\n" + headers);
    send(out, "Content-Length: " + bytes.length + "\r\n\r\n");
    out.write(bytes);
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void drip(OutputStream out, String text, long pause)
      throws IOException, InterruptedException {
    for (int i = 0; ; i++) {
      out.write(text.charAt(Math.min(i, text.length() - 1)));
      out.flush();
      Thread.sleep(pause);
    }
  }

  private static void flood(OutputStream out, String first, String again) throws IOException {
    send(out, first);
    byte[] much = again.repeat(4096).getBytes(StandardCharsets.ISO_8859_1);
    while (true) {
      out.write(much);
    }
  }
}
