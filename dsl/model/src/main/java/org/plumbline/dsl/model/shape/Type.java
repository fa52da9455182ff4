// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.shape;

import java.util.List;
import java.util.Map;

/** What the value of a key may be. */
public sealed interface Type {

  /** Any text. */
  record Text() implements Type {}

  /** A whole number that fits the given number of bits: 32 or 64. */
  record Whole(int bits) implements Type {}

  /** A real number; a whole number is accepted for it. NaN and infinities are not. */
  record Real() implements Type {}

  /** {@code true} or {@code false}. */
  record Flag() implements Type {}

  /**
   * One of a few words.
   *
   * @param constants the enum's constants by the word that stands for them in a spec
   */
  record Choice(Map<String, Enum<?>> constants) implements Type {}

  /** A list. */
  record ListOf(Type item) implements Type {}

  /** A map from names that the author chooses. */
  record MapOf(Type value) implements Type {}

  /** A block of known keys. */
  record Block(Shape shape) implements Type {}

  /**
   * A block with exactly one key, which says of which kind it is: {@code bradley_terry: {…}}.
   *
   * @param kinds the shapes to choose from; each has a {@link Shape#kind()}
   */
  record OneKind(List<Shape> kinds) implements Type {}

  /** Any value: used where a variant overrides a setting whose type the path decides. */
  record Anything() implements Type {}
}
