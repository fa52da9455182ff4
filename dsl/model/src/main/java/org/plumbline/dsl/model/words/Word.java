// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.words;

import java.util.Optional;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Type;

/**
 * One word that a block of a script may hold.
 *
 * @param word as a script writes it: {@code learningRate}, {@code group}, {@code bradleyTerry}
 * @param key what it stands for in a spec: {@code learning_rate}, {@code groups}, {@code
 *     bradley_terry}
 * @param form how it is written
 * @param doc what it means, in one sentence
 * @param type what its value may be; of an entry, that of the entry
 * @param takesPath whether it is an entry that is called by a path into the spec
 */
public record Word(String word, String key, Form form, String doc, Type type, boolean takesPath) {

  /** How a word is written. */
  public enum Form {
    /** {@code beta = 0.1}. */
    PROPERTY,
    /** {@code regularizers { … }}: keys, or one of several kinds. */
    BLOCK,
    /** {@code policies { … }}: entries of several kinds; may be opened many times. */
    SECTION,
    /** {@code group("careful") { … }} or {@code weight("polite", 1)}: one entry of a map. */
    ENTRY,
    /** {@code dpo("name") { … }}: an entry of this kind, in its section. */
    KIND,
    /** {@code containsAny { … }}: the kind of the block that it stands in. */
    CHOICE
  }

  /** What stands between the braces of this word; empty if it has none. */
  public Optional<Vocabulary> block() {
    if (type instanceof Type.Block block) {
      return Optional.of(Vocabulary.of(block.shape()));
    } else if (type instanceof Type.OneKind kinds) {
      return Optional.of(Vocabulary.of(this, kinds));
    }
    return Optional.empty();
  }

  /** What may be given in brackets in place of a block, or as the value: empty if only a block. */
  public Optional<Type> value() {
    if (type instanceof Type.Block block) {
      boolean alone = form == Form.KIND || form == Form.CHOICE || form == Form.ENTRY;
      return alone ? block.shape().main().map(Field::type) : Optional.empty();
    }
    return type instanceof Type.OneKind ? Optional.empty() : Optional.of(type);
  }
}
