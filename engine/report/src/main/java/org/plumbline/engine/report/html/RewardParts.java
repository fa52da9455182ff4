// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.RewardModelSummary;
import org.plumbline.engine.report.RewardModelSummary.Gold;
import org.plumbline.engine.report.RewardModelSummary.Slice;
import org.plumbline.engine.report.RewardModelSummary.Trick;

/** The accuracy of reward models over parts of what was held out, and what fools them. */
final class RewardParts {
  private static final Map<String, String> HEADS =
      Map.of(
          "length", "length of the answers",
          "topic", "topic of the prompt",
          "feature", "answers that differ in",
          "evaluators", "what they said",
          "source", "answers of");

  private RewardParts() {}

  static Html of(List<RewardModelSummary> models) {
    Html parts = slices(models);
    Html worse = tricks(models);
    return (parts.isEmpty() ? parts : folded("Accuracy by part", parts))
        .plus(worse.isEmpty() ? worse : folded("Good answers beside the same made worse", worse));
  }

  private static Html folded(String summary, Html table) {
    return Html.of("<details><summary>{}</summary>{}</details>\n", summary, table);
  }

  private static Html slices(List<RewardModelSummary> models) {
    Map<String, List<String>> heads = new LinkedHashMap<>();
    for (RewardModelSummary model : models) {
      for (Slice slice : model.slices()) {
        List<String> names = heads.computeIfAbsent(slice.by(), by -> new ArrayList<>());
        if (!names.contains(slice.name())) {
          names.add(slice.name());
        }
      }
    }
    if (heads.isEmpty()) {
      return Html.NONE;
    }
    List<Html> above = new ArrayList<>();
    List<Html> below = new ArrayList<>();
    heads.forEach(
        (by, names) -> {
          above.add(
              Html.of(
                  "<th scope=\"colgroup\" colspan=\"{}\">{}</th>",
                  names.size(),
                  HEADS.getOrDefault(by, by)));
          names.forEach(name -> below.add(Html.of("<th scope=\"col\">{}</th>", name)));
        });
    List<Html> rows = new ArrayList<>();
    for (RewardModelSummary model : models) {
      if (!model.slices().isEmpty()) {
        List<Html> cells = new ArrayList<>();
        heads.forEach(
            (by, names) -> names.forEach(name -> cells.add(cell(slice(model, by, name)))));
        rows.add(Html.of("<tr><th scope=\"row\">{}</th>{}</tr>\n", model.name(), cells));
      }
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Accuracy by part"><table class="plain-table parts"><caption>Accuracy by part of \
        what was held out, %</caption><thead><tr><td></td>{}</tr><tr><th scope="col">reward model</th>{}</tr></thead>
        <tbody>{}</tbody></table></div>
        <p class="note">Beneath each its 95{}% interval, and of how many, all seeds together. About as long: the words of the two answers differ by \
        at most a tenth. A part far below the others is where the reward can be wrong unseen.</p>
        """,
        above, below, rows, TextFormat.THIN);
  }

  private static @Nullable Slice slice(RewardModelSummary model, String by, String name) {
    for (Slice slice : model.slices()) {
      if (slice.by().equals(by) && slice.name().equals(name)) {
        return slice;
      }
    }
    return null;
  }

  private static Html cell(@Nullable Slice slice) {
    return slice == null ? Html.of("<td>–</td>") : cell(slice.accuracy(), slice.n());
  }

  private static Html cell(Interval share, int n) {
    boolean against = share.below(.5);
    return Html.of(
        "<td{}>{}<span class=\"range\">{} {}</span></td>",
        against ? new Html(" class=\"bad\"") : Html.NONE,
        against
            ? Html.of("<b>{}</b>", TextFormat.percent(share.value(), 0))
            : TextFormat.percent(share.value(), 0),
        TextFormat.range(share, 100, 0),
        "n " + TextFormat.whole(n));
  }

  private static Html tricks(List<RewardModelSummary> models) {
    List<String> names = new ArrayList<>();
    for (RewardModelSummary model : models) {
      Gold gold = model.gold();
      for (Trick trick : gold == null ? List.<Trick>of() : gold.tricks()) {
        if (!names.contains(trick.name())) {
          names.add(trick.name());
        }
      }
    }
    if (names.isEmpty()) {
      return Html.NONE;
    }
    List<Html> rows = new ArrayList<>();
    for (RewardModelSummary model : models) {
      Gold gold = model.gold();
      if (gold != null && !gold.tricks().isEmpty()) {
        rows.add(
            Html.of(
                "<tr><th scope=\"row\">{}</th>{}</tr>\n",
                model.name(),
                names.stream().map(name -> trick(gold, name)).toList()));
      }
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Answers made worse"><table class="plain-table parts"><caption>Good answers \
        that score higher than the same made worse, %</caption><thead><tr><th scope="col">reward model</th>{}</tr></thead>
        <tbody>{}</tbody></table></div>
        <p class="note">Of each prompt the best of the answers, by the values. Twice: said twice; stuttering: its last three words five times; padded: \
        followed by the answer to another prompt; elsewhere: the answer to another prompt in its place; cut: the first half of it; lured: followed three \
        times by the words that a feature, or what sways evaluators, is about. Only versions count that are worth less by the values.</p>
        """,
        names.stream().map(name -> Html.of("<th scope=\"col\">{}</th>", name)).toList(), rows);
  }

  private static Html trick(Gold gold, String name) {
    for (Trick trick : gold.tricks()) {
      if (trick.name().equals(name)) {
        return cell(trick.right(), trick.n());
      }
    }
    return Html.of("<td>–</td>");
  }
}
