// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Remark;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.store.content.Artifact;

/**
 * An answer and what somebody wrote about it.
 *
 * @param words empty if nothing is to be changed
 */
record Told(Exchange answer, String words) {

  /** One for each label, in their order. */
  static List<Told> read(Artifact feedback) throws IOException {
    List<Told> told = new ArrayList<>();
    for (ItemLabel label : ItemLabel.read(feedback)) {
      if (label.response() instanceof Response.Remarks remarks) {
        List<String> changes =
            remarks.texts().stream().filter(text -> !text.equals(Remark.NOTHING)).toList();
        told.add(new Told(label.item().exchanges().get(0), String.join(" ", changes)));
      }
    }
    return told;
  }

  /** Asks a model for a refinement. */
  Prompt request(LanguageModel model) {
    return asked(
        model, shown() + "\n\nRewrite the answer so that it follows the feedback.", "New answer:");
  }

  /** Asks a model whether a refinement does what was written. */
  Prompt question(LanguageModel model, String refinement, String question) {
    return asked(model, shown() + "\n\nNew answer: " + refinement + "\n\n" + question, "Reply:");
  }

  private String shown() {
    return "Prompt: "
        + answer.prompt().text()
        + "\n\nAnswer: "
        + answer.answer().text()
        + "\n\nFeedback: "
        + words;
  }

  /**
   * A request as the model takes it: in a conversation, or as a text that the reply goes on with.
   */
  private static Prompt asked(LanguageModel model, String request, String reply) {
    return model.chatTemplate().isEmpty()
        ? Prompt.of(request + "\n\n" + reply)
        : Prompt.of(List.of(Message.of(Message.USER, request)));
  }
}
