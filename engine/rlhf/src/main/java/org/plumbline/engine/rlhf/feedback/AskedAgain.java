// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.ValueWithInterval;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.data.TextHash;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Wilson;

/**
 * Answers that people are asked for again, to see how often they say the same: their repeat
 * consistency, which is that of one person where agreement is that of several.
 *
 * <p>Of somebody who prefers the first answer of a pair with probability p both times, as a
 * Boltzmann choice does, it is
 *
 * <pre>{@code
 * P(same) = p^2 + (1 - p)^2
 * }</pre>
 *
 * <p>Choices of this engine: people are asked again after the last pair, in an order of the answers
 * that is drawn anew; whoever skipped a question is not asked it again; and what is said again is
 * paid but is no vote, so that a pair's labels stay those of different people. Of a budget, the
 * price of what is asked again is put aside with that of the pair. Whoever skips it is not paid:
 * where that makes money for further pairs, they are asked next, and then what is asked of them
 * again, until what is left does not pay for one more.
 *
 * @param share of the answers that are asked for again
 */
public record AskedAgain(double share, long seed) {
  /** Questions that are asked again have numbers behind those of all pairs and of all trials. */
  private static final long BEHIND = 1L << 41;

  /** Nobody is asked again. */
  public static AskedAgain of(@Nullable Double share, long seed) {
    return new AskedAgain(share == null ? 0 : share, seed);
  }

  /** A pair, and who is asked about it again. */
  record Question(DrawnPair pair, String evaluator) {}

  /** Whether somebody is asked about a pair again, if they say something of it. */
  public boolean asks(String evaluator, long pair) {
    int own = (int) TextHash.word(evaluator);
    return share > 0 && RandomStream.of(seed, RandomPurpose.ASKED_AGAIN, own).uniform(pair) < share;
  }

  /** The number of a question when it is asked again. */
  static long number(long pair) {
    return BEHIND + pair;
  }

  /** The number of the question that a label answers. */
  static long number(LabelRow label) {
    return label.context().again() ? number(label.pair()) : label.pair();
  }

  /** How often those who were asked again said the same; null if nobody was. */
  static FeedbackSummary.@Nullable Repeats summary(List<LabelRow> first, List<LabelRow> again) {
    if (again.isEmpty()) {
      return null;
    }
    Map<List<Object>, LabelRow> before = new HashMap<>();
    first.forEach(label -> before.put(key(label), label));
    List<Boolean> same = new ArrayList<>();
    for (LabelRow label : again) {
      LabelRow earlier = before.get(key(label));
      if (earlier == null) {
        throw new IllegalStateException(key(label) + " is asked again, but was not asked before");
      }
      if (!label.skipped()) {
        same.add(AgreementSummary.category(earlier) == AgreementSummary.category(label));
      }
    }
    return new FeedbackSummary.Repeats(
        again.size(), same.size(), consistency(same), null, null, null);
  }

  private static List<Object> key(LabelRow label) {
    return List.of(label.pair(), label.evaluator());
  }

  /** The share of what was said the same, with Wilson's interval; null if nothing was said. */
  public static @Nullable ValueWithInterval consistency(List<Boolean> same) {
    if (same.isEmpty()) {
      return null;
    }
    double alike = same.stream().filter(one -> one).count();
    Bounds bounds = Wilson.interval(alike, same.size());
    return new ValueWithInterval(alike / same.size(), bounds.low(), bounds.high());
  }
}
