package org.plumbline.engine.rlhf.data;

import java.util.List;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.Place;

/**
 * Conversations as one text each, in which turns begin with {@code "\n\nHuman:"}, {@code
 * "\n\nAssistant:"}, {@code "\n\nSystem:"} and {@code "\n\nTool:"}; and the split of two of them
 * into the prompt that they share and two answers.
 *
 * <p>The form is that of hh-rlhf (Bai et al. 2022a, arXiv 2204.05862): turns begin with {@code
 * "\n\nHuman:"} and {@code "\n\nAssistant:"}, and both transcripts are meant to be equal up to the
 * last assistant turn. Some of that set are not: there the split is at the last assistant turn up
 * to which they <em>are</em> equal, and the answers span several turns. An answer may be empty.
 */
final class Transcripts {
  static final String HUMAN = "\n\nHuman:";
  static final String ASSISTANT = "\n\nAssistant:";
  static final String SYSTEM = "\n\nSystem:";
  static final String TOOL = "\n\nTool:";
  private static final List<String> MARKERS = List.of(HUMAN, ASSISTANT, SYSTEM, TOOL);

  private Transcripts() {}

  /** The messages as one text, each after its marker and a space. */
  static String of(List<Message> messages) {
    StringBuilder text = new StringBuilder();
    for (Message message : messages) {
      text.append(marker(message.role())).append(' ').append(message.content());
    }
    return text.toString();
  }

  /** The prompt to which an answer follows: the messages, then {@code Assistant:}. */
  static String prompt(List<Message> messages) {
    return of(messages) + ASSISTANT;
  }

  /** The answer that begins with an assistant's message and may go on for several turns. */
  static String answer(List<Message> messages) {
    return messages.get(0).content() + of(messages.subList(1, messages.size()));
  }

  private static String marker(String role) {
    return switch (role) {
      case Message.SYSTEM -> SYSTEM;
      case Message.USER -> HUMAN;
      case Message.ASSISTANT -> ASSISTANT;
      case Message.TOOL -> TOOL;
      default -> throw new AssertionError(role);
    };
  }

  /** The first marker that a message contains and that would make several turns of it; or empty. */
  static String markerIn(String content) {
    int at = content.indexOf("\n\n");
    while (at >= 0) {
      for (String marker : MARKERS) {
        if (content.startsWith(marker, at)) {
          return marker;
        }
      }
      at = content.indexOf("\n\n", at + 1);
    }
    return "";
  }

  /**
   * The parts of two transcripts.
   *
   * @param prompt ends with {@code Assistant:}
   * @param lastTurn whether the answers are the last turns of both
   */
  record Split(String prompt, String chosen, String rejected, boolean lastTurn) {}

  /** Splits; fails with the place if there is no prompt that both share. */
  static Split split(String chosen, String rejected, Place place) {
    int lastOfChosen = lastTurn(chosen, "chosen", place);
    int lastOfRejected = lastTurn(rejected, "rejected", place);
    int shared = lastSharedTurn(chosen, rejected);
    if (shared < 0) {
      throw DataFailure.nothingShared(place);
    }
    int end = shared + ASSISTANT.length();
    return new Split(
        chosen.substring(0, end),
        answer(chosen, end),
        answer(rejected, end),
        shared == lastOfChosen && shared == lastOfRejected);
  }

  private static int lastTurn(String transcript, String column, Place place) {
    int at = transcript.lastIndexOf(ASSISTANT);
    if (at < 0) {
      throw DataFailure.noAssistant(place, column);
    }
    return at;
  }

  private static int lastSharedTurn(String chosen, String rejected) {
    int equal = 0;
    int shorter = Math.min(chosen.length(), rejected.length());
    while (equal < shorter && chosen.charAt(equal) == rejected.charAt(equal)) {
      equal++;
    }
    return chosen.lastIndexOf(ASSISTANT, equal - ASSISTANT.length());
  }

  /** What follows the prompt, without the one space that separates them. */
  private static String answer(String transcript, int from) {
    return transcript.startsWith(" ", from)
        ? transcript.substring(from + 1)
        : transcript.substring(from);
  }
}
