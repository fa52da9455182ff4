// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec.Match;
import org.plumbline.engine.rlhf.values.Search;

/** Says whether an answer agrees with a right one. */
final class RightAnswer {
  /**
   * A number in digits, with or without thousands apart by commas; a sign counts where nothing that
   * it could connect stands before it.
   */
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?:(?<![\\w.)])[-+])?(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");

  private final ComposedRewardSpec.Verifiable rule;

  RightAnswer(ComposedRewardSpec.Verifiable rule) {
    this.rule = rule;
  }

  /** Why nothing can be compared with a right answer; empty if it can. */
  String unusable(String right) {
    if (right.isBlank()) {
      return "it is empty";
    } else if (rule.match() == Match.NUMBER && lastNumber(right).isEmpty()) {
      return "it has no number";
    }
    if (rule.match() == Match.MATCHES) {
      try {
        pattern(right);
      } catch (PatternSyntaxException e) {
        return "it is no regular expression: " + e.getDescription();
      }
    }
    return "";
  }

  boolean agrees(String answer, String right) {
    return switch (rule.match()) {
      case EXACT -> plain(answer).equals(plain(right));
      case CONTAINS -> plain(answer).contains(plain(right));
      case MATCHES -> Search.finds(pattern(right), answer);
      case NUMBER -> {
        OptionalDouble said = lastNumber(answer);
        yield said.isPresent()
            && Math.abs(said.getAsDouble() - lastNumber(right).orElseThrow()) <= rule.tolerance();
      }
    };
  }

  private String plain(String text) {
    return rule.ignoreCase() ? text.strip().toLowerCase(Locale.ROOT) : text.strip();
  }

  private Pattern pattern(String right) {
    int flags = rule.ignoreCase() ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    return Pattern.compile(right.strip(), flags);
  }

  static OptionalDouble lastNumber(String text) {
    OptionalDouble last = OptionalDouble.empty();
    Matcher numbers = NUMBER.matcher(text);
    while (numbers.find()) {
      last = OptionalDouble.of(Double.parseDouble(numbers.group().replace(",", "")));
    }
    return last;
  }
}
