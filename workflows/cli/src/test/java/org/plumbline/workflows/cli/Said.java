// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Terminal;

/**
 * What a command said, done within this process.
 *
 * @param code to exit with
 */
public record Said(int code, String out, String err) {

  /** Does a command in a folder. */
  public static Said by(Path folder, String... arguments) {
    return with(Map.of(), folder, arguments);
  }

  /** Does a command in a folder, with these variables of the environment. */
  static Said with(Map<String, String> environment, Path folder, String... arguments) {
    return on(new Terminal(false, false, 100, 24, true), environment, folder, arguments);
  }

  /** Does a command in a folder before somebody with a terminal of this width. */
  static Said at(int columns, Path folder, String... arguments) {
    return on(new Terminal(true, true, columns, 24, true), Map.of(), folder, arguments);
  }

  private static Said on(
      Terminal terminal, Map<String, String> environment, Path folder, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(out, err, terminal, Map.of("NO_COLOR", "1"));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("-C");
    all.add(folder.toString());
    int code = new CommandLines(console, environment).execute(all.toArray(String[]::new));
    return new Said(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  public JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out);
  }
}
