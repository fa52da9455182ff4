// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds prompts among the rows of a data set or in the documents of a corpus.
 *
 * <p>A row with a prompt has seen that prompt. A document has seen those that stand in it as whole
 * words; prompts of a few letters, which stand in any text, only where it begins with them.
 */
final class PromptsInTexts {
  /** Prompts are looked up by so many of their first characters. */
  private static final int HEAD = 8;

  private final Set<String> prompts;
  private final Map<String, List<String>> byHead = new HashMap<>();
  private final List<String> brief = new ArrayList<>();
  private final Set<String> found = new HashSet<>();

  PromptsInTexts(Set<String> prompts) {
    this.prompts = prompts;
    for (String prompt : prompts) {
      if (prompt.length() < HEAD) {
        brief.add(prompt);
      } else {
        byHead.computeIfAbsent(prompt.substring(0, HEAD), head -> new ArrayList<>()).add(prompt);
      }
    }
  }

  /** The prompts that rows have, which stand in a file as JSON, one per line. */
  Set<String> inRows(Path file) {
    SeenPrompts.eachLine(file, this::row);
    return found;
  }

  private void row(JsonNode row) {
    if (row.has("text")) {
      document(row.path("text").asText());
      return;
    }
    String prompt = SeenPrompts.text(row.path("prompt"));
    if (prompts.contains(prompt)) {
      found.add(prompt);
    }
  }

  /** The prompts that stand in the documents of a file, one per line. */
  Set<String> inDocuments(Path file) {
    // The reader replaces what is not UTF-8: that is refused by whoever trains on it, not here.
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        document(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private void document(String text) {
    for (String prompt : brief) {
      if (text.startsWith(prompt) && ends(text, prompt.length())) {
        found.add(prompt);
      }
    }
    for (int at = 0; at + HEAD <= text.length(); at++) {
      if (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1))) {
        for (String prompt : byHead.getOrDefault(text.substring(at, at + HEAD), List.of())) {
          if (text.startsWith(prompt, at) && ends(text, at + prompt.length())) {
            found.add(prompt);
          }
        }
      }
    }
  }

  /** Whether a word ends here. */
  private static boolean ends(String text, int at) {
    return at == text.length()
        || !Character.isLetterOrDigit(text.charAt(at))
        || !Character.isLetterOrDigit(text.charAt(at - 1));
  }
}
