// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Curve;
import org.plumbline.engine.report.Sample;
import org.plumbline.engine.report.text.Finding;

/**
 * Where the clauses of the finding can be looked up: for each recipe that it names, the row of the
 * verdict, the curve, and two samples, one most in its favour and one most against it.
 */
final class Evidence {

  private final Page page;
  private final Comparison comparison;

  Evidence(Page page) {
    this.page = page;
    this.comparison = page.comparison();
  }

  /** Nothing if the finding names no recipe but the reference. */
  Html html() {
    Set<String> named = new LinkedHashSet<>();
    for (Finding.Part part : Finding.of(comparison).parts()) {
      if (part.recipe() && page.looks().has(part.text()) && !page.isReference(part.text())) {
        named.add(part.text());
      }
    }
    List<Html> rows = new ArrayList<>();
    for (String recipe : named) {
      List<Html> links = links(recipe);
      if (!links.isEmpty()) {
        rows.add(
            Html.of(
                "<li data-r=\"{}\">{}: {}</li>\n",
                page.look(recipe).index(),
                page.named(recipe),
                Html.join(" · ", links)));
      }
    }
    return rows.isEmpty()
        ? Html.NONE
        : Html.of(
            "<details class=\"evidence\"><summary>What this rests"
                + " on</summary><ul>{}</ul></details>\n",
            rows);
  }

  private List<Html> links(String recipe) {
    List<Html> out = new ArrayList<>();
    for (String metric : List.of("win_rate", "gold", "score")) {
      if (out.isEmpty() && comparison.cell(metric, recipe) != null) {
        out.add(link("m-" + metric, "row"));
      }
    }
    for (Curve curve : comparison.curves()) {
      boolean drawn = curve.lines().stream().anyMatch(line -> line.recipe().equals(recipe));
      if (drawn && (curve.id().equals("gold") || curve.id().equals("score"))) {
        out.add(link("curve-" + curve.id(), "curve"));
        break;
      }
    }
    int best = sample(recipe, 1);
    int worst = sample(recipe, -1);
    if (best > 0) {
      out.add(link("s-" + best, "sample " + best + ", most for it"));
    }
    if (worst > 0) {
      out.add(link("s-" + worst, "sample " + worst + ", most against it"));
    }
    return out;
  }

  private static Html link(String id, String text) {
    return Html.of("<a href=\"#{}\" class=\"to\">{}</a>", id, text);
  }

  /** The sample where the recipe is furthest above (below for -1) the reference; 0 if none is. */
  private int sample(String recipe, int sign) {
    int found = 0;
    double most = 0;
    for (int i = 0; i < comparison.samples().size(); i++) {
      Double ahead = ahead(comparison.samples().get(i), recipe);
      if (ahead != null && sign * ahead > most) {
        most = sign * ahead;
        found = i + 1;
      }
    }
    return found;
  }

  private @Nullable Double ahead(Sample sample, String recipe) {
    Function<Sample.Answer, @Nullable Double> reward =
        comparison.metric("gold") != null || comparison.decidedBy().equals("gold")
            ? Sample.Answer::gold
            : Sample.Answer::score;
    Double own = null;
    Double base = null;
    for (Sample.Answer answer : sample.answers()) {
      own = answer.recipe().equals(recipe) ? reward.apply(answer) : own;
      base = page.isReference(answer.recipe()) ? reward.apply(answer) : base;
    }
    return own == null || base == null ? null : (Double) (own - base);
  }
}
