// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.dsl.model.values.CountedText;
import org.plumbline.engine.run.StageFailure;

/**
 * Looks for patterns of a spec in texts of a run, and gives up in words where that would not end or
 * needs more stack than there is.
 */
public final class Search {
  /** A pattern that does its work reads each character a few times. */
  private static final long MOST_READS = 50_000_000;

  private static final int SHOWN = 60;

  private Search() {}

  /** Whether a pattern is found. */
  public static boolean finds(Pattern pattern, String text) {
    return bounded(pattern, text, () -> matcher(pattern, text).find());
  }

  /** The first place where a pattern is found. */
  static Optional<MatchResult> first(Pattern pattern, String text) {
    return bounded(
        pattern,
        text,
        () -> {
          Matcher found = matcher(pattern, text);
          return found.find() ? Optional.of(found.toMatchResult()) : Optional.empty();
        });
  }

  /** The text without what a pattern finds. */
  public static String without(Pattern pattern, String text) {
    return bounded(pattern, text, () -> matcher(pattern, text).replaceAll(""));
  }

  private static Matcher matcher(Pattern pattern, String text) {
    return pattern.matcher(new CountedText(text, MOST_READS));
  }

  private static <T> T bounded(Pattern pattern, String text, Supplier<T> search) {
    try {
      return search.get();
    } catch (CountedText.TooMuch | StackOverflowError e) {
      String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
      throw new StageFailure(
          "PLB0340",
          "the regular expression `" + pattern + "` comes to no end on the text `" + shown + "`",
          null,
          "do not repeat what repeats already: `(a+)+` finds what `a+` finds");
    }
  }
}
