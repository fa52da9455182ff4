// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Python's {@code strftime} in the C locale. */
final class Strftime {

  private static final Map<Character, String> PATTERNS =
      Map.ofEntries(
          Map.entry('a', "EEE"),
          Map.entry('A', "EEEE"),
          Map.entry('b', "MMM"),
          Map.entry('B', "MMMM"),
          Map.entry('d', "dd"),
          Map.entry('F', "uuuu-MM-dd"),
          Map.entry('f', "SSSSSS"),
          Map.entry('H', "HH"),
          Map.entry('I', "hh"),
          Map.entry('j', "DDD"),
          Map.entry('m', "MM"),
          Map.entry('M', "mm"),
          Map.entry('p', "a"),
          Map.entry('S', "ss"),
          Map.entry('T', "HH:mm:ss"),
          Map.entry('y', "uu"),
          Map.entry('Y', "uuuu"));

  /** What a directive costs, in characters. */
  private static final int DIRECTIVE = 1 << 10;

  private Strftime() {}

  static String of(String format, LocalDateTime time) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      TemplateLimits.length(result.length());
      if (format.charAt(i) != '%') {
        result.append(format.charAt(i));
        continue;
      }
      boolean unpadded = format.startsWith("-", i + 1);
      i += unpadded ? 2 : 1;
      char directive = i < format.length() ? format.charAt(i) : '%';
      String pattern = PATTERNS.get(directive);
      if (directive == '%' && i < format.length()) {
        result.append('%');
      } else if (pattern == null) {
        throw new TemplateException(
            "`strftime_now` does not know `%" + directive + "` in '" + format + "'");
      } else {
        TemplateLimits.work(DIRECTIVE);
        String part = time.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
        result.append(unpadded ? part.replaceFirst("^0+(?=.)", "") : part);
      }
    }
    return result.toString();
  }
}
