// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.engine.store.home.LocalFolder;
import org.plumbline.workflows.cli.console.Refusal;

/** Where this machine keeps what it reads of stores in buckets, as the environment says. */
final class LocalCaches {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})\\s*([MGT])B?");
  private static final String DEFAULT_LIMIT = "20G";
  private static final long THOUSAND = 1000;

  private LocalCaches() {}

  static LocalFolder of(Map<String, String> environment) {
    String own = environment.get("PLUMB_CACHE");
    String shared = environment.get("XDG_CACHE_HOME");
    Path caches =
        shared == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(shared);
    return new LocalFolder(
        own == null ? caches.resolve("plumb") : Path.of(own),
        limit(environment.getOrDefault("PLUMB_CACHE_LIMIT", DEFAULT_LIMIT)));
  }

  private static long limit(String text) {
    Matcher matcher = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw Refusal.mistake(
          "`PLUMB_CACHE_LIMIT` is no size: " + text, "write it as 500M, 20G or 1T");
    }
    long bytes = Long.parseLong(matcher.group(1)) * THOUSAND * THOUSAND;
    return switch (matcher.group(2)) {
      case "G" -> bytes * THOUSAND;
      case "T" -> bytes * THOUSAND * THOUSAND;
      default -> bytes;
    };
  }
}
