package org.plumbline.engine.rlhf.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.engine.lm.Conversation.Message;

/**
 * A prompt in the form of hh-rlhf (Bai et al. 2022a, arXiv 2204.05862), as messages: turns begin
 * with {@code "\n\nHuman:"}, {@code "\n\nAssistant:"}, {@code "\n\nSystem:"} or {@code
 * "\n\nTool:"}. One space after the colon belongs to the marker.
 *
 * @param messages the turns that are over
 * @param begun what the assistant has said already of the answer that follows; usually nothing
 */
record Transcript(List<Message> messages, String begun) {

  private static final String ASSISTANT = "assistant";
  private static final String SYSTEM = "system";
  private static final String USER = "user";
  private static final Map<String, String> ROLES =
      Map.of("Human", USER, "Assistant", ASSISTANT, "System", SYSTEM, "Tool", "tool");
  private static final Pattern MARKER = Pattern.compile("\n\n(Human|Assistant|System|Tool): ?");

  Transcript {
    messages = List.copyOf(messages);
  }

  /** Reads a prompt that begins with a person's or a system's turn; other prompts are none. */
  static Optional<Transcript> of(String prompt) {
    // the blank lines before the first turn are lost where a data set was trimmed
    String text = "\n\n" + prompt.stripLeading();
    if (!text.startsWith("\n\nHuman:") && !text.startsWith("\n\nSystem:")) {
      return Optional.empty();
    }
    List<Message> turns = turns(text);
    Message last = turns.get(turns.size() - 1);
    if (last.role().equals(ASSISTANT)) {
      return Optional.of(new Transcript(turns.subList(0, turns.size() - 1), last.content()));
    }
    return Optional.of(new Transcript(turns, ""));
  }

  /** Reads an answer; it may go on for several turns. */
  static List<Message> answer(String answer) {
    return turns("\n\nAssistant: " + answer);
  }

  private static List<Message> turns(String text) {
    List<Message> turns = new ArrayList<>();
    Matcher marker = MARKER.matcher(text);
    boolean more = marker.find();
    while (more) {
      String role = ROLES.getOrDefault(marker.group(1), USER);
      int from = marker.end();
      more = marker.find();
      turns.add(new Message(role, text.substring(from, more ? marker.start() : text.length())));
    }
    return turns;
  }

  /** Leaves out the earliest turns, up to the second person's; empty if there is no second. */
  Optional<Transcript> shortened() {
    int system = messages.get(0).role().equals(SYSTEM) ? 1 : 0;
    for (int i = system + 1; i < messages.size(); i++) {
      if (messages.get(i).role().equals(USER)) {
        List<Message> kept = new ArrayList<>(messages.subList(0, system));
        kept.addAll(messages.subList(i, messages.size()));
        return Optional.of(new Transcript(kept, begun));
      }
    }
    return Optional.empty();
  }

  /** Puts another text in the place of the last message's. */
  Transcript withLast(String content) {
    List<Message> changed = new ArrayList<>(messages);
    int last = changed.size() - 1;
    changed.set(last, new Message(changed.get(last).role(), content));
    return new Transcript(changed, begun);
  }

  String last() {
    return messages.get(messages.size() - 1).content();
  }
}
