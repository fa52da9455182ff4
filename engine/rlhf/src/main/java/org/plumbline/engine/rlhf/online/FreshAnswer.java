// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.online;

import java.util.List;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.conversation.Exchange;

/**
 * An answer that was just drawn.
 *
 * @param given what it says, and to what
 * @param row its tokens after those of its prompt, as they were drawn
 */
public record FreshAnswer(Exchange given, Sequence row) {

  /** Tokens of the answer, its end included. */
  int tokens() {
    return row.length() - row.promptLength();
  }

  /** Of each prompt what its answers say. */
  public static List<List<Exchange>> given(List<List<FreshAnswer>> groups) {
    return groups.stream().map(group -> group.stream().map(FreshAnswer::given).toList()).toList();
  }
}
