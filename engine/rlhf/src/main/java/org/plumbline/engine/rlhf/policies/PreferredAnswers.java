// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.store.content.Artifact;

/** The answers that feedback prefers: of a pair the better one, of a ranking or choice the best. */
final class PreferredAnswers {
  private PreferredAnswers() {}

  /** One for each pair that is no tie, or for each label; none if nothing is preferred. */
  static List<Exchange> of(Artifact feedback) throws IOException {
    if (Files.exists(feedback.folder().resolve(Pairs.FILE))) {
      return Pairs.read(feedback).stream()
          .filter(pair -> !pair.tie())
          .map(pair -> new Exchange(pair.prompt(), pair.chosen(), pair.chosenFinished()))
          .toList();
    }
    List<Exchange> preferred = new ArrayList<>();
    for (ItemLabel label : ItemLabel.read(feedback)) {
      if (label.response() instanceof Ranking ranking) {
        preferred.add(label.item().exchanges().get(ranking.best().get(0)));
      }
    }
    return preferred;
  }
}
