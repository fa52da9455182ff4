// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import org.plumbline.engine.rlhf.conversation.Spacing;
import org.plumbline.engine.rlhf.conversation.Transcripts;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.RowPlace;

/**
 * Two transcripts, split into the prompt that they share and two answers.
 *
 * <p>In hh-rlhf (Bai et al. 2022a, arXiv 2204.05862) both are meant to be equal up to the last
 * assistant turn. Some of that set are not: there the split is at the last assistant turn up to
 * which they <em>are</em> equal, and the answers span several turns. An answer may be empty.
 *
 * @param prompt ends with {@code Assistant:}
 * @param chosen what follows the prompt without the one space between them, see {@link Spacing}
 * @param rejected the same of the other
 * @param lastTurn whether the answers are the last turns of both
 */
record TranscriptPair(String prompt, String chosen, String rejected, boolean lastTurn) {

  /** Splits; fails with the place if there is no prompt that both share. */
  static TranscriptPair of(String chosen, String rejected, RowPlace place) {
    int lastOfChosen = lastTurn(chosen, "chosen", place);
    int lastOfRejected = lastTurn(rejected, "rejected", place);
    int shared = lastSharedTurn(chosen, rejected);
    if (shared < 0) {
      throw DataFailure.nothingShared(place);
    }
    int end = shared + Transcripts.ASSISTANT.length();
    return new TranscriptPair(
        chosen.substring(0, end),
        Spacing.answer(Transcripts.ASSISTANT, chosen.substring(end)),
        Spacing.answer(Transcripts.ASSISTANT, rejected.substring(end)),
        shared == lastOfChosen && shared == lastOfRejected);
  }

  private static int lastTurn(String transcript, String column, RowPlace place) {
    int at = transcript.lastIndexOf(Transcripts.ASSISTANT);
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
    return chosen.lastIndexOf(Transcripts.ASSISTANT, equal - Transcripts.ASSISTANT.length());
  }
}
