package org.plumbline.engine.rlhf.data;

import java.util.Map;

/**
 * One object of a data file as it was read.
 *
 * @param place where it begins
 * @param columns its values in the order of the file: a {@code String} for a text, or an {@link
 *     Other} for anything else
 */
record RawRow(Place place, Map<String, Object> columns) {

  /** A value that is not a text; {@code kind} says what it is: {@code a number}. */
  record Other(String kind) {}
}
