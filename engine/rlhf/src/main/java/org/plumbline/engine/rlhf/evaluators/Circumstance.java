// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.data.TextHash;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.Search;

/**
 * A circumstance in which people want something else or look less closely: an hour of the day, a
 * way of being asked, a topic (the context c of Casper et al. 2023, appendix A).
 *
 * @param name as labels tell it
 * @param when it holds
 * @param wants what they want then; null for what they always want
 * @param rationality then, whatever the topic and however tired; null for the usual
 */
public record Circumstance(
    String name, When when, @Nullable Feature wants, @Nullable Double rationality) {

  /**
   * When a circumstance holds: where all of these do.
   *
   * @param share of the questions of a person, by chance
   * @param told what is found in the instructions; null for anything
   * @param where what is found in the prompt; null for anything
   */
  public record When(double share, @Nullable Pattern told, @Nullable Pattern where) {}

  boolean holds(Occasion occasion, Person person) {
    return (when.told() == null || Search.finds(when.told(), occasion.instructions()))
        && (when.where() == null || Search.finds(when.where(), occasion.prompt()))
        && (when.share() == 1 || drawn(occasion, person));
  }

  private boolean drawn(Occasion occasion, Person person) {
    int own = person.stream() ^ (int) TextHash.word(name);
    return RandomStream.of(occasion.seed(), RandomPurpose.CIRCUMSTANCES, own)
            .uniform(occasion.number())
        < when.share();
  }

  /** How somebody behaves then. */
  Behaviour of(Behaviour usual) {
    Behaviour then = wants == null ? usual : usual.wanting(wants);
    return rationality == null ? then : then.with(Rationality.of(rationality));
  }
}
