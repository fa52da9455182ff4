// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.responses;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A remark of a simulated person: that an answer should have more or less of a feature. What they
 * say follows a grammar, so that what was meant can be read again (algorithms 2.11; Scheurer et al.
 * 2023, arXiv:2303.16755, has people write freely).
 *
 * <pre>{@code
 * remark  = "Please use " ( "more" | "less" ) name "."
 *         | "There is " ( "not enough" | "too much" ) name "."
 *         | "I would " ( "add" | "leave out" ) name "."
 *         | "I would change nothing."
 * name    = the feature's name, with spaces for underscores
 * }</pre>
 *
 * @param feature its name
 */
public record Remark(String feature, Direction direction) {
  /** What is said where there is nothing to improve. */
  public static final String NOTHING = "I would change nothing.";

  private static final String NAME = "NAME";

  /** Of what there should be. */
  public enum Direction {
    /** More of the feature. */
    MORE(List.of("Please use more NAME.", "There is not enough NAME.", "I would add NAME.")),
    /** Less of it. */
    LESS(List.of("Please use less NAME.", "There is too much NAME.", "I would leave out NAME."));

    private final List<String> wordings;

    Direction(List<String> wordings) {
      this.wordings = wordings;
    }

    /** The other one. */
    public Direction contrary() {
      return this == MORE ? LESS : MORE;
    }
  }

  /** How many ways there are to say one thing. */
  public static final int WORDINGS = Direction.MORE.wordings.size();

  /**
   * The remark in words.
   *
   * @param wording which of the ways to say it, below {@link #WORDINGS}
   */
  public String text(int wording) {
    return direction.wordings.get(wording).replace(NAME, feature.replace('_', ' '));
  }

  /**
   * What a text says; nothing if it is none of these remarks, or of another feature.
   *
   * @param features that may be meant
   */
  public static Optional<Remark> of(String text, List<String> features) {
    return said(text)
        .flatMap(
            remark ->
                features.stream()
                    .filter(feature -> feature.replace('_', ' ').equals(remark.feature()))
                    .findFirst()
                    .map(feature -> new Remark(feature, remark.direction())));
  }

  /** What a text says of whatever it names; nothing if it is none of these remarks. */
  public static Optional<Remark> said(String text) {
    for (Direction direction : Direction.values()) {
      for (String wording : direction.wordings) {
        String pattern = Pattern.quote(wording).replace(NAME, "\\E(.+)\\Q");
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (matcher.matches()) {
          return Optional.of(new Remark(matcher.group(1), direction));
        }
      }
    }
    return Optional.empty();
  }
}
