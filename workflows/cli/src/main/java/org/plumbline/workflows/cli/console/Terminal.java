// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * What is at the other end of the streams. The launcher finds out, because Java cannot tell on its
 * own which stream is a terminal.
 *
 * @param stdout whether stdout is a terminal
 * @param stderr whether stderr is a terminal
 * @param columns its width
 * @param rows its height
 * @param unicode whether it shows more than ASCII
 */
public record Terminal(boolean stdout, boolean stderr, int columns, int rows, boolean unicode) {

  private static final int COLUMNS = 80;
  private static final int ROWS = 24;

  /** Reads it off the properties that the launcher sets and the environment. */
  public static Terminal of(Map<String, String> properties, Map<String, String> environment) {
    String[] size = properties.getOrDefault("plumb.terminal.size", "").trim().split(" ");
    boolean known = size.length == 2 && size[0].matches("\\d{1,4}") && size[1].matches("\\d{1,4}");
    int rows = known ? Integer.parseInt(size[0]) : 0;
    int columns = known ? Integer.parseInt(size[1]) : 0;
    boolean dumb = "dumb".equals(environment.get("TERM"));
    return new Terminal(
        "true".equals(properties.get("plumb.stdout.terminal")) && !dumb,
        "true".equals(properties.get("plumb.stderr.terminal")) && !dumb,
        columns > 0 ? columns : COLUMNS,
        rows > 0 ? rows : ROWS,
        unicode(environment));
  }

  private static boolean unicode(Map<String, String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
      }
    }
    return false;
  }

  /** The encoding of the streams. */
  public Charset charset() {
    return unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
  }
}
