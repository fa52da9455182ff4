// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds where in a chat model's reply its verdict stands.
 *
 * <p>The last line is nothing but the verdict, perhaps in brackets, quotation marks or asterisks
 * and with a full stop; or a line says that it is the verdict, as {@code Verdict: A}, {@code The
 * answer is (B).} and {@code [[A]]} do, and ends with it. The last such line counts, whatever it
 * says, so that one that thinks first may change its mind. No other prose is searched: "A careful
 * comparison" names no answer, and "I have 2 concerns" is no grade. A line that is cut off counts
 * for nothing, because it is not known how it would have gone on.
 *
 * <p>All patterns are possessive: no reply makes reading it slow.
 */
final class StatedVerdict {
  /** A or B. */
  static final StatedVerdict LETTER =
      new StatedVerdict("[AB]", "verdict|answer|choice|judge?ment|decision|preference|winner");

  /** A digit from 1 to 9, perhaps "/9"; what is out of another number is on another scale. */
  static final StatedVerdict DIGIT =
      new StatedVerdict(
          "[1-9](?:[\\s*_]*+(?:/|(?:out\\s++)?+of\\b)\\s*+9)?+",
          "score|rating|grade|verdict|answer|judge?ment");

  private static final Pattern LINE = Pattern.compile("[^\\r\\n\\u0085\\u2028\\u2029]++");
  private static final String OPEN = "[\\s\\u00a0*_\"'`“‘(\\[{<]*+";
  private static final String CLOSE = "[\\s\\u00a0*_\"'`”’)\\]}>]*+";

  private final Pattern value;
  private final Pattern mark;

  private StatedVerdict(String value, String nouns) {
    this.value = Pattern.compile(OPEN + "(" + value + ")" + CLOSE + "\\.?+" + CLOSE);
    this.mark =
        Pattern.compile(
            "[\\s*_#>\"'`({\\-]*+(?:(?:so|thus|hence|therefore),?+\\s++)?+(?:(?:my|the)\\s++)?+"
                + "(?:(?:final|overall|better|best|preferred)\\s++)*+(?:"
                + nouns
                + ")[\\s*_\"'`]*+(?:[:=]|is\\b:?+)",
            Pattern.CASE_INSENSITIVE);
  }

  /**
   * The verdict as a number; none where none stands in the reply, or the log-probabilities that are
   * listed where it stands are impossible.
   *
   * @param weighed makes it of the tokens that are listed there, if there are several
   * @param plain makes it of its first character
   */
  ReadReply<Double> read(
      JsonNode choice, ToDoubleFunction<ListedTokens> weighed, IntToDoubleFunction plain) {
    OptionalInt at = at(choice);
    if (at.isEmpty()) {
      return ReadReply.none("");
    }
    Optional<ListedTokens> listed = ListedTokens.at(choice, at.getAsInt());
    String impossible = listed.map(ListedTokens::impossible).orElse("");
    if (!impossible.isEmpty()) {
      return ReadReply.none(impossible);
    } else if (listed.isPresent() && listed.get().hasAlternatives()) {
      return ReadReply.of(weighed.applyAsDouble(listed.get()));
    }
    String reply = choice.path("message").path("content").asText();
    return ReadReply.of(plain.applyAsDouble(reply.charAt(at.getAsInt())));
  }

  /**
   * The place of the first character of the verdict in the text of a reply; empty if it has none.
   */
  OptionalInt at(JsonNode choice) {
    String reply = choice.path("message").path("content").asText();
    boolean cut = choice.path("finish_reason").asText().equals("length");
    List<MatchResult> lines =
        LINE.matcher(reply).results().filter(line -> !line.group().isBlank()).toList();
    for (int i = lines.size() - 1; i >= 0; i--) {
      String line = lines.get(i).group();
      int said = marked(line);
      boolean mayBe = said >= 0 || i == lines.size() - 1;
      if (!mayBe || cut && lines.get(i).end() == reply.length()) {
        continue;
      }
      Matcher found = value.matcher(line).region(Math.max(0, said), line.length());
      if (found.matches()) {
        return OptionalInt.of(lines.get(i).start() + found.start(1));
      } else if (said >= 0) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }

  /** Where in the line the verdict begins that it says it is; negative if it does not say so. */
  private int marked(String line) {
    int brackets = line.indexOf("[[");
    if (brackets >= 0) {
      return brackets; // nothing may follow the first: several in a line are no choice among them
    }
    Matcher marked = mark.matcher(line);
    return marked.lookingAt() ? marked.end() : -1;
  }
}
