// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.io.IOException;
import java.nio.file.Path;

/** Something that a spec names, or that lies in a folder that it names, cannot be read. */
public final class InputFault extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Path at;
  private final String what;
  private final Kind kind;

  /** What a user can do about it. */
  public enum Kind {
    /** There is nothing of that name. */
    MISSING,
    /** It is a folder in place of a file, or the other way round, or neither. */
    NOT_A_FILE,
    /** It is a symbolic link to nothing, or in a circle. */
    BROKEN_LINK,
    /** It may not be read, or holds more than anybody would mean. */
    UNREADABLE
  }

  InputFault(Kind kind, Path at, String what) {
    super(at + " " + what);
    this.kind = kind;
    this.at = at;
    this.what = what;
  }

  /** What kind of fault it is. */
  public Kind kind() {
    return kind;
  }

  /** Where it is. */
  public Path at() {
    return at;
  }

  /** What is wrong, as a phrase that follows the name. */
  public String what() {
    return what;
  }
}
