// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.RewardModelSummary;
import org.plumbline.engine.report.RewardModelSummary.Calibration;
import org.plumbline.engine.report.RewardModelSummary.Gold;

/** The reward models against each other: what the evaluators said, and what they want. */
final class RewardsTable {
  private static final int WIDTH = 84;
  private static final int HEIGHT = 15;

  /** How many recipes are named that optimise a model. */
  private static final int USERS = 2;

  /** What the narrowest bar is from 0, where accuracy starts. */
  private static final double COIN = .5;

  private final boolean fed;
  private final boolean calibrated;
  private final boolean gold;
  private final Scale accuracy;
  private final Scale worth;

  private RewardsTable(List<RewardModelSummary> models) {
    fed = models.stream().anyMatch(model -> model.feedback() != null);
    calibrated = models.stream().anyMatch(model -> model.calibration() != null);
    gold = models.stream().anyMatch(model -> model.gold() != null);
    double lowest = COIN;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (RewardModelSummary model : models) {
      Interval said = model.accuracy();
      if (said != null) {
        Double low = said.low();
        lowest = Math.min(lowest, low == null ? said.value() : low);
      }
      Gold own = model.gold();
      if (own != null) {
        least = Math.min(least, Math.min(own.drawn(), own.chosen()));
        most = Math.max(most, own.best());
      }
    }
    accuracy = Scale.linear(lowest, 1, 2).from(3, WIDTH - 3);
    worth = Scale.linear(gold ? least : 0, gold ? most : 1, 2).from(3, WIDTH - 3);
  }

  static Html of(List<RewardModelSummary> models) {
    return new RewardsTable(models).table(models);
  }

  private Html table(List<RewardModelSummary> models) {
    int answers =
        models.stream()
            .flatMap(model -> Stream.ofNullable(model.gold()))
            .mapToInt(Gold::answers)
            .max()
            .orElse(0);
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Reward models"><table class="plain-table models"><caption class="unseen">Reward \
        models</caption><thead><tr><th scope="col">reward model</th>{}<th scope="col" class="words">accuracy, %</th><th scope="col">attainable</th>\
        <th scope="col">n</th>{}{}</tr></thead>
        <tbody>{}</tbody></table></div>
        {}
        """,
        fed
            ? Html.of("<th scope=\"col\" class=\"words\">feedback</th><th scope=\"col\">price</th>")
            : Html.NONE,
        calibrated
            ? Html.of("<th scope=\"col\">ECE <span class=\"quiet\">if perfect</span></th>")
            : Html.NONE,
        gold
            ? Html.of(
                "<th scope=\"col\">orders as wanted, %</th><th scope=\"col\">EPIC</th>"
                    + "<th scope=\"col\" class=\"words\">best of {}</th>"
                    + "<th scope=\"col\">not fooled, %</th>",
                answers)
            : Html.NONE,
        models.stream().map(this::row).toList(),
        note(models, answers));
  }

  private Html row(RewardModelSummary model) {
    List<Html> cells = new ArrayList<>();
    if (fed) {
      RewardModelSummary.Feedback feedback = model.feedback();
      cells.add(feedback(feedback));
      cells.add(cell(feedback == null ? null : TextFormat.number(feedback.cost(), 2)));
    }
    Interval said = model.accuracy();
    cells.add(
        said == null
            ? Html.of("<td class=\"words\">–</td>")
            : Html.of(
                "<td class=\"words\"><span class=\"bar-cell\">{}<b>{}</b> <span class=\"range\""
                    + " title=\"{}\">{}</span></span></td>",
                bar(model, said),
                TextFormat.percent(said.value(), 0),
                seeds(model),
                TextFormat.range(said, 100, 0)));
    cells.add(cell(model.attainable() == null ? null : TextFormat.percent(model.attainable(), 0)));
    cells.add(cell(TextFormat.whole(model.n())));
    if (calibrated) {
      Calibration calibration = model.calibration();
      cells.add(
          calibration == null
              ? cell(null)
              : Html.of(
                  "<td>{} <span class=\"quiet\">{}</span></td>",
                  TextFormat.number(calibration.ece().value(), 3),
                  TextFormat.number(calibration.expectedEce(), 3)));
    }
    if (gold) {
      gold(cells, model.gold());
    }
    return Html.of(
        "<tr><th scope=\"row\">{}<span class=\"quiet\">{}</span></th>{}</tr>\n",
        model.name(),
        model.recipes().isEmpty() ? "only scores answers" : "for " + users(model.recipes()),
        cells);
  }

  private static String users(List<String> recipes) {
    return recipes.size() <= USERS
        ? TextFormat.list(recipes)
        : TextFormat.whole(recipes.size()) + " recipes";
  }

  private static Html feedback(RewardModelSummary.@Nullable Feedback feedback) {
    if (feedback == null) {
      return Html.of("<td class=\"words\">–</td>");
    }
    return Html.of(
        "<td class=\"words fed\">{}<span class=\"quiet\">{}{}</span></td>",
        feedback.name(),
        feedback.kind().replace('_', ' ') + ", ",
        TextFormat.whole(feedback.labels()));
  }

  private void gold(List<Html> cells, @Nullable Gold own) {
    if (own == null) {
      cells.add(Html.of("<td>–</td><td>–</td><td class=\"words\">–</td><td>–</td>"));
      return;
    }
    cells.add(own.accuracy() == null ? cell(null) : interval(own.accuracy(), 100, 0));
    cells.add(own.epic() == null ? cell(null) : interval(own.epic(), 1, 2));
    cells.add(
        Html.of(
            "<td class=\"words\"><span class=\"bar-cell\">{}<b>{}</b> <span class=\"range\">{} to"
                + " {}</span></span></td>",
            bar(own),
            TextFormat.number(own.chosen(), 2),
            TextFormat.number(own.drawn(), 2),
            TextFormat.number(own.best(), 2)));
    cells.add(own.robust() == null ? cell(null) : interval(own.robust(), 100, 0));
  }

  private static Html cell(@Nullable String text) {
    return Html.of("<td>{}</td>", text == null ? "–" : text);
  }

  private static Html interval(Interval value, int factor, int decimals) {
    return Html.of(
        "<td>{} <span class=\"range\">{}</span></td>",
        TextFormat.number(value.value() * factor, decimals),
        TextFormat.range(value, factor, decimals));
  }

  private static String seeds(RewardModelSummary model) {
    List<String> seeds = new ArrayList<>();
    for (Cell.SeedValue seed : model.seeds()) {
      seeds.add(TextFormat.percent(seed.value().value(), 0));
    }
    return "each seed: " + String.join(", ", seeds);
  }

  /** The accuracy with its interval, and what is attainable, from a coin to all. */
  private Html bar(RewardModelSummary model, Interval said) {
    Svg svg = new Svg();
    double middle = HEIGHT / 2.0;
    svg.across("base", accuracy.from(), accuracy.to(), middle);
    svg.upright("ref", accuracy.within(COIN), 2, HEIGHT - 2);
    Double attainable = model.attainable();
    if (attainable != null) {
      svg.upright("goal", accuracy.within(attainable), 1, HEIGHT - 1);
    }
    Double low = said.low();
    Double high = said.high();
    if (low != null && high != null) {
      svg.across("reach", accuracy.within(low), accuracy.within(high), middle);
    }
    svg.dot("point", accuracy.within(said.value()), middle, 3);
    return svg.ornament(WIDTH, HEIGHT, "gauge");
  }

  /** What is chosen, between what is drawn by chance and the best. */
  private Html bar(Gold own) {
    Svg svg = new Svg();
    double middle = HEIGHT / 2.0;
    svg.across("base", worth.within(own.drawn()), worth.within(own.best()), middle);
    svg.upright("ref", worth.within(own.drawn()), 2, HEIGHT - 2);
    svg.upright("goal", worth.within(own.best()), 1, HEIGHT - 1);
    svg.dot("point", worth.within(own.chosen()), middle, 3);
    return svg.ornament(WIDTH, HEIGHT, "gauge");
  }

  private Html note(List<RewardModelSummary> models, int answers) {
    List<String> said = new ArrayList<>();
    said.add(
        "Accuracy: the share of held-out answers that are ordered as the evaluators ordered them,"
            + " with 95"
            + TextFormat.THIN
            + "% intervals; thin line 50"
            + TextFormat.THIN
            + "%, a coin; thick line what the best of all predictions would reach, where it is"
            + " known how evaluators come to what they say: they disagree and err. n: of how many,"
            + " all seeds together.");
    if (calibrated) {
      boolean fitted =
          models.stream()
              .anyMatch(model -> model.calibration() != null && model.calibration().fitted());
      said.add(
          "ECE: how far probabilities are from what happened, 0 at best; if perfect: what chance"
              + " alone would make of it with so few labels."
              + (fitted
                  ? " Scores that are no log-odds become some by one factor, fitted on the other"
                      + " half of what was held out."
                  : ""));
    }
    if (gold) {
      said.add(
          "By the values of the evaluators, on new answers of the model that the reward starts"
              + " from: two answers to a prompt ordered as wanted; EPIC, the distance to the"
              + " values from 0 to 1 whatever the scale; the gold value of the best of "
              + answers
              + " answers by its scores, between that of one drawn by chance and of the best of"
              + " them; and good answers that still score higher than every version of theirs"
              + " that was made worse.");
    }
    return Html.of("<p class=\"note\">{}</p>\n", String.join(" ", said));
  }
}
