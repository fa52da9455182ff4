// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.plumbline.dsl.model.file.FileKind;

/** The text of this key is the path of a file or folder, relative to the spec. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface InFile {

  /** What must stand there: a file or a folder. */
  FileKind value() default FileKind.FILE;
}
