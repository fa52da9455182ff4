// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.plumbline.engine.report.FeedbackTable;

/** What collecting labels was bound to: the money, and what evaluators were told. */
final class CollectionTerms {
  private CollectionTerms() {}

  /** A sentence for each set of labels that was bound to something. */
  static Html of(List<FeedbackTable> tables) {
    List<Html> out = new ArrayList<>();
    for (FeedbackTable table : tables) {
      FeedbackTable.Terms terms = table.terms();
      if (terms == null) {
        continue;
      }
      if (terms.budget() != null) {
        out.add(Html.of("<p class=\"note\">{}</p>\n", money(table.name(), terms.budget())));
      }
      if (!terms.answers().isEmpty()) {
        String shares =
            terms.answers().entrySet().stream()
                .map(policy -> TextFormat.whole(policy.getValue()) + " of " + policy.getKey())
                .collect(Collectors.joining(", "));
        out.add(Html.of("<p class=\"note\">Answers in {}: {}.</p>\n", table.name(), shares));
      }
      if (terms.instructions() != null) {
        out.add(
            Html.of(
                "<figure class=\"instructions\"><figcaption class=\"note\">What evaluators of {} were"
                    + " told</figcaption><blockquote>{}</blockquote></figure>\n",
                table.name(),
                terms.instructions()));
      }
    }
    return Html.of("{}", out);
  }

  private static String money(String name, FeedbackTable.Budget budget) {
    return "Of the budget of "
        + TextFormat.number(budget.given(), 2)
        + " for "
        + name
        + ", "
        + TextFormat.number(budget.spent(), 2)
        + " is spent: it paid for "
        + (budget.collected() < budget.wanted()
            ? TextFormat.whole(budget.collected()) + " of " + TextFormat.whole(budget.wanted())
            : "all " + TextFormat.whole(budget.wanted()))
        + " pairs.";
  }
}
