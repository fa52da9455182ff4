// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.tree;

import org.plumbline.dsl.model.diagnostic.SourceFile;

/**
 * A front end: makes a located tree of a text. Found through {@link java.util.ServiceLoader}.
 *
 * <p>A reader knows the form of a text and nothing of the language. It never throws for a mistake
 * of the author; it reports it in {@link Tree#diagnostics()}.
 */
public interface SpecReader {

  /** The short name of the form: {@code yaml}. */
  String form();

  /** Whether a file of this name is in its form. */
  boolean reads(String fileName);

  /** Reads a text. */
  Tree read(SourceFile file);

  /** Whether reading evaluates code, as that of a script does. */
  default boolean evaluates() {
    return false;
  }

  /** Whether this text can be read without starting a compiler first. */
  default boolean ready(SourceFile file) {
    return true;
  }
}
