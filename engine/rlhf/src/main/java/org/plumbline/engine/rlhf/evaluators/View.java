// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.End;
import org.plumbline.engine.rlhf.values.Features;
import org.plumbline.engine.rlhf.values.Search;
import org.plumbline.engine.rlhf.values.WhiteSpaceWords;

/**
 * What a person sees of an answer: v of the process model (Casper et al. 2023, section 3.1.2 and
 * appendix A; Lang et al. 2024, arXiv 2402.17747).
 *
 * <p>What is hidden is taken out first; of the rest, so many words from one end are read. People
 * take what they see for all there is: the belief of Lang et al. about what they do not see is that
 * it changes nothing.
 *
 * @param limit how many words are read; {@link Integer#MAX_VALUE} for all
 * @param from the end from which they are read
 * @param hides what is hidden; null for nothing
 */
public record View(int limit, End from, @Nullable Pattern hides) {
  /** All of it. */
  public static final View WHOLE = new View(Integer.MAX_VALUE, End.START, null);

  /** The view that a spec declares. */
  public static View of(org.plumbline.dsl.model.feedback.EvaluatorsSpec.View declared) {
    String hides = declared.hides();
    Integer limit = declared.limit();
    return new View(
        limit == null ? Integer.MAX_VALUE : limit,
        declared.from(),
        hides == null ? null : Features.pattern(hides));
  }

  /** What is seen of two answers; the prompt is seen whole. */
  public AnswerPair of(AnswerPair shown) {
    return limit == Integer.MAX_VALUE && hides == null
        ? shown
        : new AnswerPair(shown.prompt(), of(shown.first()), of(shown.second()));
  }

  /** What is seen of an answer. */
  public String of(String answer) {
    String open = hides == null ? answer : Search.without(hides, answer);
    List<Integer> ends = WhiteSpaceWords.ends(open);
    if (ends.size() <= limit) {
      return open;
    }
    return switch (from) {
      case START -> open.substring(0, ends.get(limit - 1));
      case END -> open.substring(ends.get(ends.size() - limit - 1)).stripLeading();
    };
  }
}
