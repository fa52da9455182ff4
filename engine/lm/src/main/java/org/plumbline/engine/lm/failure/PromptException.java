// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.failure;

/** A prompt that nothing can be sampled after. */
public final class PromptException extends LanguageModelException {

  private static final long serialVersionUID = 1L;

  private PromptException(String message) {
    super(message);
  }

  public static PromptException empty(int index) {
    return new PromptException(
        "prompt " + index + " has no tokens; begin it with one, such as the end of text");
  }

  public static PromptException tooLong(int index, int tokens, int context) {
    return new PromptException(
        "prompt %d has %d tokens, which leaves no room in a context of %d; cut it"
            .formatted(index, tokens, context));
  }

  public static PromptException unknownId(int index, int id, int vocabulary) {
    return new PromptException(
        "prompt %d has the id %d, but the model has %d".formatted(index, id, vocabulary));
  }
}
