// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class AskedAgainRowsTest {

  @Test
  void whatSomebodySaidBeforeIsNoVoteWhenItIsReadBack() {
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("prompt", "how?")
            .put("chosen", "so")
            .put("rejected", "no");

    assertThat(Preference.of(row).vote()).isTrue();
    assertThat(Preference.of(row.deepCopy().put("gold_question", true)).vote()).isFalse();
    assertThat(Preference.of(row.put("again", true)).vote()).isFalse();
  }
}
