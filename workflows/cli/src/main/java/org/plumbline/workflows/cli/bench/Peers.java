// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.tensor.TorchRuntime;
import org.plumbline.engine.store.disk.PreparedFile;

/**
 * Another program that measures other systems and prints a line of JSON per figure: {@code {"what":
 * NAME, "system": …, "runs": [NUMBER…]}} or {@code {"what": NAME, "error": TEXT}}.
 *
 * @param command the program and its first arguments
 */
public record Peers(List<String> command) {

  /**
   * What it said of one figure.
   *
   * @param system name and version of who was measured; empty if nothing was
   * @param runs the numbers; empty if there is none
   * @param error why there is none, or empty
   */
  public record Said(String system, List<Double> runs, String error) {}

  /** Takes a command line apart at its spaces; quotes keep a part together. */
  public static Peers of(String commandLine) {
    List<String> parts = new ArrayList<>();
    java.util.regex.Matcher part =
        java.util.regex.Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)").matcher(commandLine);
    while (part.find()) {
      for (int group = 1; group <= part.groupCount(); group++) {
        if (part.group(group) != null) {
          parts.add(part.group(group));
        }
      }
    }
    return new Peers(parts);
  }

  /** Runs it for one figure, once. */
  public Said measure(String name, Setting setting, double seconds, TorchRuntime torch)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of("--preset", setting.preset()));
    line.addAll(List.of("--threads", String.valueOf(torch.threads())));
    line.addAll(List.of("--device", torch.device()));
    line.addAll(List.of("--seconds", String.valueOf(seconds), "--repeats", "1", name));
    PreparedFile kept = PreparedFile.temporary();
    Path err = kept.path();
    ProcessBuilder builder = new ProcessBuilder(line).redirectError(err.toFile());
    // what was set for this process's own libtorch is not for others
    builder
        .environment()
        .keySet()
        .removeAll(List.of("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OMP_WAIT_POLICY"));
    Process process = builder.start();
    try {
      byte[] out = process.getInputStream().readAllBytes();
      int code = process.waitFor();
      return said(name, new String(out, StandardCharsets.UTF_8), code, lastLine(err));
    } finally {
      process.destroyForcibly();
      kept.close();
    }
  }

  static Said said(String name, String out, int code, String lastError) {
    for (String line : out.lines().toList()) {
      JsonNode json = parsed(line);
      if (json.path("what").asText().equals(name)) {
        List<Double> runs = new ArrayList<>();
        json.path("runs").forEach(run -> runs.add(run.asDouble()));
        return new Said(json.path("system").asText(), runs, json.path("error").asText());
      }
    }
    String why = lastError.isEmpty() ? "it said nothing of `" + name + "`" : lastError;
    return new Said("", List.of(), why + (code == 0 ? "" : " (exit code " + code + ")"));
  }

  private static JsonNode parsed(String line) {
    ObjectMapper mapper = new ObjectMapper();
    if (!line.startsWith("{")) {
      return mapper.missingNode();
    }
    try {
      return mapper.readTree(line);
    } catch (JsonProcessingException e) {
      return mapper.missingNode();
    }
  }

  private static String lastLine(Path file) {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
