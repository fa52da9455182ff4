package org.plumbline.engine.lm;

import java.nio.file.Path;
import java.util.Collection;

/** A model directory, weight file or tokenizer is missing, damaged or of an unknown kind. */
public final class ModelFormatException extends LanguageModelException {

  private static final long serialVersionUID = 1L;

  private ModelFormatException(String message) {
    super(message);
  }

  static ModelFormatException unreadable(Path file, String why) {
    return new ModelFormatException("cannot read " + file + ": " + why);
  }

  static ModelFormatException damaged(Path file, String why) {
    return new ModelFormatException(file + " is damaged: " + why + "; copy or download it again");
  }

  static ModelFormatException unknownArchitecture(String name) {
    return new ModelFormatException(
        "unknown architecture `"
            + name
            + "`; known architectures: "
            + String.join(", ", Architecture.known()));
  }

  static ModelFormatException unsupported(Path file, String why) {
    return new ModelFormatException(file + " is not supported: " + why);
  }

  static ModelFormatException setting(Path file, String why) {
    return new ModelFormatException(file + ": " + why);
  }

  static ModelFormatException tensors(Path file, Collection<String> problems) {
    return new ModelFormatException(
        file + " does not fit its config.json: " + String.join("; ", problems));
  }

  static ModelFormatException adapter(Path file, Collection<String> problems) {
    return new ModelFormatException(
        file + " does not fit the model it is added to: " + String.join("; ", problems));
  }

  static ModelFormatException tokenizer(String why) {
    return new ModelFormatException("the tokenizer cannot be used: " + why);
  }

  static ModelFormatException chatTemplate(String file, String why) {
    return new ModelFormatException("the chat template of " + file + " fails: " + why);
  }
}
