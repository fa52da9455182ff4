// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

/** Finds the files that a spec names. */
@FunctionalInterface
public interface InputFiles {

  /**
   * The file, with the digest of its content.
   *
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  FileRef read(NamedFile named);
}
