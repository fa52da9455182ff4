// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.shape;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.file.FileKind;

/**
 * One key that a block may have.
 *
 * @param name the key in a spec: {@code learning_rate}
 * @param component the record component that it binds to: {@code learningRate}
 * @param type what its value may be
 * @param doc what it means, in one sentence
 * @param unit the unit of a number, or empty
 * @param source where meaning and default come from, or empty
 * @param defaultText the default, as it would be written in YAML
 * @param range the values that a number (or each number of a list) may have
 * @param refers the section that the value names an entry of
 * @param named what the names of a map are names of, or empty
 * @param path what must stand where the value leads, a file or a folder; null if it is no path
 * @param main whether the value may be given alone in place of the whole block
 * @param optional whether the key may be absent without there being a default
 * @param kinds the kinds that the entry which is referred to may be of; empty: any
 * @param later whether no stage computes it yet
 * @param telling whether it tells what a policy's method does
 */
public record Field(
    String name,
    String component,
    Type type,
    String doc,
    String unit,
    String source,
    @Nullable String defaultText,
    @Nullable NumberRange range,
    @Nullable Section refers,
    String named,
    @Nullable FileKind path,
    boolean main,
    boolean optional,
    List<String> kinds,
    boolean later,
    boolean telling) {

  public Field {
    kinds = List.copyOf(kinds);
  }

  /** Whether the value is the path of a file or folder. */
  public boolean inFile() {
    return path != null;
  }

  /** Whether a spec must give this key. */
  public boolean required() {
    return defaultText == null && !optional;
  }
}
