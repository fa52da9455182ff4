// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary.PartialView;
import org.plumbline.engine.rlhf.responses.Concordance;
import org.plumbline.engine.rlhf.responses.ItemLabel;

/** What is known of labels by people who did not see all of the answers. */
final class PartialViews {
  private PartialViews() {}

  /** Nothing if all saw all. */
  static @Nullable PartialView of(List<ItemLabel> said) {
    List<ItemLabel> partial = said.stream().filter(label -> !label.saw().isEmpty()).toList();
    return partial.isEmpty()
        ? null
        : new PartialView(
            partial.size(),
            partial.size() / (double) said.size(),
            Concordance.withGold(partial),
            null);
  }
}
