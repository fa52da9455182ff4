package org.plumbline.engine.rlhf.data;

/**
 * One message of a conversation.
 *
 * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}
 * @param content what was said
 */
public record Message(String role, String content) {
  static final String SYSTEM = "system";
  static final String USER = "user";
  static final String ASSISTANT = "assistant";
  static final String TOOL = "tool";

  boolean byAssistant() {
    return role.equals(ASSISTANT);
  }
}
