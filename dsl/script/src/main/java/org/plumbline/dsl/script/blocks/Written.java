// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script.blocks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a script has written: values with the lines that they were written in. */
public sealed interface Written {

  /** The line in the script, from 1; 0 if it is not known. */
  int line();

  /** A text, a number, a truth value, or null. */
  record Value(int line, @Nullable Object value) implements Written {}

  /** A list. */
  record Items(int line, List<Written> items) implements Written {}

  /** A block; keys may stand in it twice, which is for the reader to report. */
  record Keys(int line, List<Key> keys) implements Written {}

  /** A key with its value. */
  record Key(int line, String name, Written value) {}
}
