// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.Conversation;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.rlhf.conversation.Prompt.Chat;

/**
 * What conversations have and a model is not told: its chat template leaves it out, or, where there
 * is none, a transcript has no place for it. With a template this is found by leaving it out and
 * comparing the texts. Counted by conversations.
 */
final class Untold {
  private final Map<Thing, Set<Chat>> found = new EnumMap<>(Thing.class);
  private final Set<Chat> looked = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean transcripts;

  /** What a conversation may have beyond texts. */
  private enum Thing {
    TOOLS("`tools`", whole -> whole.tools() != null, Conversation::withoutTools),
    CALLS(
        "calls of tools",
        whole -> whole.messages().stream().anyMatch(Message::hasCalls),
        whole -> each(whole, Message::withoutCalls)),
    REASONING(
        "`reasoning_content`",
        whole -> whole.messages().stream().anyMatch(Message::hasReasoning),
        whole -> each(whole, Message::withoutReasoning)),
    OTHER_PARTS(
        "parts of messages that are no texts",
        whole -> whole.messages().stream().anyMatch(Message::hasOtherParts),
        whole -> each(whole, Message::withoutOtherParts)),
    JOINED("contents in parts", whole -> false, whole -> whole);

    private final String words;
    private final Predicate<Conversation> isIn;
    private final UnaryOperator<Conversation> without;

    Thing(String words, Predicate<Conversation> isIn, UnaryOperator<Conversation> without) {
      this.words = words;
      this.isIn = isIn;
      this.without = without;
    }

    private static Conversation each(Conversation whole, UnaryOperator<Message> change) {
      return whole.withMessages(whole.messages().stream().map(change).toList());
    }
  }

  /**
   * Looks at a conversation with what follows it.
   *
   * @param form the template that writes it; null if a transcript is made of it
   */
  void look(Chat chat, List<Message> answer, @Nullable TemplateForm form) {
    if (!looked.add(chat) && answer.isEmpty()) {
      return;
    }
    List<Message> messages = new ArrayList<>(chat.messages());
    messages.addAll(answer);
    List<?> tools = chat.tools();
    Conversation whole =
        new Conversation(
            messages,
            tools == null || tools.isEmpty() ? null : tools,
            chat.variables(),
            false,
            ChatWording.DAY);
    Conversation fitting = form == null ? whole : whole.withMessages(form.of(messages));
    for (Thing thing : Thing.values()) {
      if (thing.isIn.test(whole) && !isTold(thing, fitting, form)) {
        add(thing, chat);
      }
    }
    if (form != null && form.joins(messages)) {
      add(Thing.JOINED, chat);
    }
    transcripts |= form == null;
  }

  /** Whether a thing makes a difference. */
  private static boolean isTold(Thing thing, Conversation whole, @Nullable TemplateForm form) {
    return form == null
        ? thing == Thing.CALLS
        : !form.writesAlike(whole, thing.without.apply(whole));
  }

  private void add(Thing thing, Chat chat) {
    found.computeIfAbsent(thing, t -> Collections.newSetFromMap(new IdentityHashMap<>())).add(chat);
  }

  /** What a user should know. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    found.forEach((thing, chats) -> notes.add(note(thing, chats.size())));
    return notes;
  }

  private String note(Thing thing, int conversations) {
    String have =
        (conversations == 1 ? "1 conversation has " : conversations + " conversations have ")
            + thing.words;
    if (thing == Thing.JOINED) {
      return have + ", which the model's chat template does not take: their texts are joined";
    }
    return transcripts
        ? have + ", which a transcript has no place for: the model has no chat template"
        : have + ", which the model's chat template does not write";
  }
}
