// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.Search;

/**
 * How sharply a person prefers the better answer to a prompt.
 *
 * <p>People are reliable where they know their way (Daniels-Koch and Freedman 2022, arXiv
 * 2211.06519), and less so the harder a question is:
 *
 * <pre>{@code
 * rho(x) = rho0(topic of x) * exp(-d(x))
 * }</pre>
 *
 * <p>From there it falls as they tire.
 *
 * @param usual rho0 where no topic is found
 * @param topics of those that are found in a prompt, the one that is known best says what rho0 is
 *     there; so their order, which stages do not know, does not matter
 * @param difficulty d, read off a prompt as features are off answers
 * @param fatigue how they tire
 */
public record Rationality(double usual, List<Topic> topics, Feature difficulty, Fatigue fatigue) {
  private static final Feature NOT_HARD = (prompt, answer) -> 0;

  /** Copies the list. */
  public Rationality {
    topics = List.copyOf(topics);
  }

  /** The same for all prompts. */
  public static Rationality of(double everywhere) {
    return new Rationality(everywhere, List.of(), NOT_HARD, Fatigue.NONE);
  }

  /** The same people, who know more or less of one more topic. */
  public Rationality with(Topic topic) {
    List<Topic> more = new ArrayList<>(topics);
    more.add(topic);
    return new Rationality(usual, more, difficulty, fatigue);
  }

  /** The same people, to whom some prompts are harder. */
  public Rationality withDifficulty(Feature hard) {
    return new Rationality(usual, topics, hard, fatigue);
  }

  /** The same people, who tire. */
  public Rationality with(Fatigue tiring) {
    return new Rationality(usual, topics, difficulty, tiring);
  }

  /** What is known of one topic. */
  public record Topic(Pattern matches, double rationality) {}

  /** rho at a prompt, of somebody who was given so much since the last break. */
  public double at(String prompt, int sinceBreak) {
    return fatigue.at(at(prompt), sinceBreak);
  }

  /** rho at a prompt, of somebody who is rested. */
  public double at(String prompt) {
    double known =
        topics.stream()
            .filter(topic -> Search.finds(topic.matches(), prompt))
            .mapToDouble(Topic::rationality)
            .max()
            .orElse(usual);
    double hard = difficulty.of(prompt, prompt);
    return hard == 0 ? known : known * StrictMath.exp(-hard);
  }
}
