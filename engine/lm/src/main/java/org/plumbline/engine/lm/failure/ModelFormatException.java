// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.failure;

import java.nio.file.Path;
import java.util.Collection;

/** A model directory, weight file or tokenizer is missing, damaged or of an unknown kind. */
public final class ModelFormatException extends LanguageModelException {

  private static final long serialVersionUID = 1L;

  private ModelFormatException(String message) {
    super(message);
  }

  public static ModelFormatException unreadable(Path file, String why) {
    return new ModelFormatException("cannot read " + file + ": " + why);
  }

  public static ModelFormatException damaged(Path file, String why) {
    return new ModelFormatException(file + " is damaged: " + why + "; copy or download it again");
  }

  public static ModelFormatException unknownArchitecture(String name, Collection<String> known) {
    return new ModelFormatException(
        "unknown architecture `" + name + "`; known architectures: " + String.join(", ", known));
  }

  public static ModelFormatException unsupported(Path file, String why) {
    return new ModelFormatException(file + " is not supported: " + why);
  }

  public static ModelFormatException setting(Path file, String why) {
    return new ModelFormatException(file + ": " + why);
  }

  public static ModelFormatException tensors(Path file, Collection<String> problems) {
    return new ModelFormatException(
        file + " does not fit its config.json: " + String.join("; ", problems));
  }

  public static ModelFormatException adapter(Path file, Collection<String> problems) {
    return new ModelFormatException(
        file + " does not fit the model it is added to: " + String.join("; ", problems));
  }

  public static ModelFormatException tokenizer(String why) {
    return new ModelFormatException("the tokenizer cannot be used: " + why);
  }

  public static ModelFormatException chatTemplate(String file, String why) {
    return new ModelFormatException("the chat template of " + file + " fails: " + why);
  }
}
