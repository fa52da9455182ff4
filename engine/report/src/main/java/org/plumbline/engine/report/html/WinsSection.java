// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.WinRates;

/** Every recipe against every other, and the ranking that follows. */
final class WinsSection {

  private final Page page;
  private final WinRates wins;

  private WinsSection(Page page, WinRates wins) {
    this.page = page;
    this.wins = wins;
  }

  static @Nullable PageSection of(Page page) {
    WinRates wins = page.comparison().winRates();
    if (wins == null || wins.pairs().isEmpty()) {
      return null;
    }
    WinsSection section = new WinsSection(page, wins);
    Html body =
        Html.of(
            "<div class=\"wins{}\">{}{}</div>\n",
            page.many() ? " dense" : "",
            section.matrix(),
            section.ranking());
    return new PageSection(
        "wins", "Win rates and ranking", "Win rates", Html.text(section.lead()), body);
  }

  private String lead() {
    if (wins.ranking().size() < 2) {
      return TextFormat.count(order().size(), "recipe", "recipes") + ", each against each.";
    }
    WinRates.Rank first = wins.ranking().get(0);
    WinRates.Rank last = wins.ranking().get(wins.ranking().size() - 1);
    String out = first.recipe() + " has the highest rating";
    if (wins.ranking().stream().allMatch(rank -> rank.first() == 1)) {
      return out + "; no place is shown for sure.";
    }
    out +=
        first.last() == 1
            ? ", apart from all others"
            : ", though its place may be any from 1 to " + first.last();
    boolean loses =
        wins.pairs().stream()
            .filter(p -> p.row().equals(last.recipe()))
            .allMatch(p -> p.decided() && p.rate().value() < .5);
    return out + (loses ? "; " + last.recipe() + " loses to every other recipe." : ".");
  }

  /** By rank, so that wins gather above the diagonal. */
  private List<String> order() {
    Set<String> out = new LinkedHashSet<>();
    wins.ranking().forEach(r -> out.add(r.recipe()));
    wins.pairs().forEach(p -> out.add(p.row()));
    return out.stream().filter(page.looks()::has).toList();
  }

  private Html matrix() {
    List<String> order = order();
    List<Html> rows = new ArrayList<>();
    int n = 0;
    for (String row : order) {
      List<Html> cells = new ArrayList<>();
      for (String column : order) {
        WinRates.Pair pair = pair(row, column);
        n = pair == null ? n : Math.max(n, pair.n());
        cells.add(cell(row.equals(column), pair));
      }
      rows.add(Html.of("<tr>{}{}</tr>\n", page.rowHead(row), cells));
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Win rates">
        <table class="plain-table matrix" style="--n:{}"><caption>Row beats column, % of {} prompt–seed pairs by {}, ties half; \
        <b>bold</b> where it is shown for new seeds, all pairs counted</caption>
        <thead><tr><th scope="col"><span class="unseen">recipe</span></th>{}</tr></thead><tbody>{}</tbody></table></div>
        """,
        order.size(),
        TextFormat.whole(n),
        by(),
        page.many() ? briefHeads(order) : page.columnHeads(order),
        rows);
  }

  /** Heads of columns too narrow for names across. */
  private List<Html> briefHeads(List<String> recipes) {
    return recipes.stream()
        .map(
            recipe ->
                Html.of(
                    "<th scope=\"col\" class=\"{}\" data-r=\"{}\"><span class=\"pick"
                        + " upright\">{}</span></th>",
                    page.look(recipe).css(),
                    page.look(recipe).index(),
                    page.named(TextFormat.brief(recipe, 16), recipe)))
        .toList();
  }

  private String by() {
    return wins.by().equals("gold") ? "gold reward" : "the reward model’s score";
  }

  private WinRates.@Nullable Pair pair(String row, String column) {
    for (WinRates.Pair pair : wins.pairs()) {
      if (pair.row().equals(row) && pair.column().equals(column)) {
        return pair;
      }
    }
    return null;
  }

  private static Html cell(boolean same, WinRates.@Nullable Pair pair) {
    if (same) {
      return Html.of("<td class=\"self\"><span class=\"unseen\">same recipe</span></td>");
    }
    if (pair == null) {
      return Html.of("<td>–</td>");
    }
    double rate = pair.rate().value();
    String number = TextFormat.percent(rate, 0);
    boolean sure = pair.decided();
    return Html.of(
        "<td class=\"{}\" style=\"--p:{}\" title=\"{} of {} are ties\">{}<span"
            + " class=\"range\">{}</span></td>",
        rate >= .5 ? "won" : "lost",
        String.format(Locale.ROOT, "%.2f", Math.min(1, 2 * Math.abs(rate - .5))),
        TextFormat.whole(pair.ties()),
        TextFormat.whole(pair.n()),
        sure ? Html.of("<b>{}</b>", number) : number,
        TextFormat.range(pair.rate(), 100, 0));
  }

  private Html ranking() {
    if (wins.ranking().isEmpty()) {
      return Html.NONE;
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    Double reference = null;
    for (WinRates.Rank rank : wins.ranking()) {
      least = Math.min(least, low(rank.rating()));
      most = Math.max(most, high(rank.rating()));
      reference =
          page.isReference(rank.recipe()) ? Double.valueOf(rank.rating().value()) : reference;
    }
    Scale x = Scale.linear(least, most, 3).from(8, 162);
    List<Html> rows = new ArrayList<>();
    for (WinRates.Rank rank : wins.ranking()) {
      String place =
          rank.first() == rank.last() ? "" + rank.first() : rank.first() + "–" + rank.last();
      rows.add(
          Html.of(
              "<tr class=\"{}\"><td class=\"place\">{}</td>{}<td>{} <span"
                  + " class=\"range\">{}</span></td><td class=\"sketch\">{}</td><td>{}</td></tr>\n",
              page.look(rank.recipe()).css(),
              place,
              page.rowHead(rank.recipe()),
              TextFormat.number(rank.rating().value(), 0),
              TextFormat.range(rank.rating(), 1, 0),
              sketch(rank, x, reference),
              TextFormat.number(rank.elo(), 0)));
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Ranking"><table class="plain-table ranking"><caption>Bradley–Terry rating, mean 1{}000; +400 is odds of 10 : 1</caption>
        <thead><tr><th scope="col">place</th><th scope="col" class="name">recipe</th><th scope="col">rating</th>\
        <th scope="col"><span class="unseen">drawn</span></th><th scope="col">Elo</th></tr></thead><tbody>{}</tbody></table>
        <p class="note">A place such as 2–4 means that any of these is possible, all pairs counted. The ranking is by {} on clean prompts{}. Elo \
        is what many know: game after game with K = 4, the median over orders of the games. With few games it stays near 1{}000.</p></div>
        """,
        TextFormat.THIN,
        rows,
        by(),
        page.comparison().trigger() == null ? "" : "; it does not see a backdoor",
        TextFormat.THIN);
  }

  private Html sketch(WinRates.Rank rank, Scale x, @Nullable Double reference) {
    Look look = page.look(rank.recipe());
    Svg svg = new Svg().across("grid", 8, 162, 9);
    if (reference != null) {
      svg.upright("ref", x.at(reference), 0, 18);
    }
    svg.across("whisker", x.at(low(rank.rating())), x.at(high(rank.rating())), 9);
    svg.mark(look, x.at(rank.rating().value()), 9, 11);
    return Html.of(
        "<svg class=\"rating {}\" viewBox=\"0 0 170 18\" width=\"170\" height=\"18\""
            + " aria-hidden=\"true\">{}</svg>",
        look.css(),
        svg.markup());
  }

  private static double low(Interval i) {
    Double low = i.low();
    return low == null ? i.value() : low;
  }

  private static double high(Interval i) {
    Double high = i.high();
    return high == null ? i.value() : high;
  }
}
