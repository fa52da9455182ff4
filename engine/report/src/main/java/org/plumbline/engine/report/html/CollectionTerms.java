// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.plumbline.engine.report.FeedbackTable;

/** What collecting labels was bound to: the money, and what evaluators were told. */
final class CollectionTerms {
  private CollectionTerms() {}

  /** A sentence for each set of labels that was bound to something. */
  static Html of(List<FeedbackTable> tables) {
    List<Html> out = new ArrayList<>();
    // The same people give feedback of several kinds: that is said once.
    Map<FeedbackTable.Hiring, List<String>> crews = new LinkedHashMap<>();
    for (FeedbackTable table : tables) {
      FeedbackTable.Terms terms = table.terms();
      if (terms != null && terms.hiring() != null) {
        crews.computeIfAbsent(terms.hiring(), hiring -> new ArrayList<>()).add(table.name());
      }
    }
    crews.forEach(
        (hiring, names) ->
            out.add(Html.of("<p class=\"note\">{}</p>\n", hiring(TextFormat.some(names), hiring))));
    out.add(money(tables));
    for (FeedbackTable table : tables) {
      FeedbackTable.Terms terms = table.terms();
      if (terms == null) {
        continue;
      }
      FeedbackTable.Selected selected = terms.selected();
      if (selected != null) {
        out.add(
            Html.of(
                "<p class=\"note\">Questions of {} are chosen by {}; {} of {} are drawn by"
                    + " chance.</p>\n",
                table.name(),
                selected.by(),
                TextFormat.whole(selected.byChance()),
                TextFormat.whole(selected.asked())));
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

  private static String hiring(String name, FeedbackTable.Hiring hiring) {
    String groups =
        hiring.groups().stream()
            .map(
                g ->
                    g.group()
                        + " "
                        + TextFormat.number(g.hired(), g.hired() == Math.rint(g.hired()) ? 0 : 1)
                        + " of "
                        + g.applied())
            .collect(Collectors.joining(", "));
    String people =
        TextFormat.whole(hiring.hired())
            + " of "
            + TextFormat.whole(hiring.applied())
            + " people label "
            + name;
    if (hiring.agreementOfAll() == null || hiring.agreementOfHired() == null) {
      return people + ", drawn by chance (" + groups + ").";
    }
    return people
        + " ("
        + groups
        + "), chosen on a trial of "
        + TextFormat.whole(hiring.questions())
        + " pairs that cost "
        + TextFormat.number(hiring.cost(), 2)
        + ": they agree with whoever hired them on "
        + TextFormat.percent(hiring.agreementOfHired(), 0)
        + TextFormat.THIN
        + "%, all who applied on "
        + TextFormat.percent(hiring.agreementOfAll(), 0)
        + TextFormat.THIN
        + "%.";
  }

  /** A sentence for one budget, and a table for several. */
  private static Html money(List<FeedbackTable> tables) {
    List<Html> rows = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    for (FeedbackTable table : tables) {
      FeedbackTable.Terms terms = table.terms();
      FeedbackTable.Budget budget = terms == null ? null : terms.budget();
      if (budget != null) {
        sentences.add(money(table, budget));
        rows.add(
            Html.of(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{} of {}</td></tr>\n",
                table.name(),
                TextFormat.number(budget.given(), 2),
                TextFormat.number(budget.spent(), 2),
                TextFormat.whole(budget.collected()),
                TextFormat.whole(budget.wanted())));
      }
    }
    if (rows.size() < 2) {
      return Html.of(
          "{}", sentences.stream().map(s -> Html.of("<p class=\"note\">{}</p>\n", s)).toList());
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Budgets"><table class="plain-table"><caption>Budgets</caption>\
        <thead><tr><th scope="col">set</th><th scope="col">budget</th><th scope="col">spent</th><th scope="col">paid for</th></tr></thead>
        <tbody>{}</tbody></table></div>
        """,
        rows);
  }

  private static String money(FeedbackTable table, FeedbackTable.Budget budget) {
    return "Of the budget of "
        + TextFormat.number(budget.given(), 2)
        + " for "
        + table.name()
        + ", "
        + TextFormat.number(budget.spent(), 2)
        + " is spent: it paid for "
        + (budget.collected() < budget.wanted()
            ? TextFormat.whole(budget.collected()) + " of " + TextFormat.whole(budget.wanted())
            : "all " + TextFormat.whole(budget.wanted()))
        + (table.kind() == null ? " pairs." : " items.");
  }
}
