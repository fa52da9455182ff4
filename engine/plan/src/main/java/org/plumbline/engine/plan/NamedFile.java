// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import org.plumbline.dsl.model.file.FileKind;

/**
 * A file or folder as a spec names it.
 *
 * @param written the path as it stands in the spec
 * @param setting the key that names it: {@code models.base.corpus}
 * @param kind what must stand there, a file or a folder
 */
public record NamedFile(String written, String setting, FileKind kind) {

  NamedFile within(String entry) {
    return new NamedFile(written, entry + "." + setting, kind);
  }
}
