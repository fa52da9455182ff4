// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Curve;
import org.plumbline.engine.statistics.Noise;

/** What the learning curves show, in a sentence. */
final class CurveLead {

  /** Of how many falls the lead tells. */
  private static final int TOLD = 3;

  private final Page page;

  CurveLead(Page page) {
    this.page = page;
  }

  String text() {
    Curve gold = curve("gold");
    if (gold == null) {
      int n = page.comparison().curves().size();
      return TextFormat.count(n, "metric", "metrics") + " along training.";
    }
    List<String> falls = new ArrayList<>();
    for (Curve.Line line : gold.lines()) {
      String fall = page.isReference(line.recipe()) ? null : fall(line);
      if (fall != null) {
        falls.add(fall);
      }
    }
    return falls.isEmpty()
        ? "The gold reward of no recipe falls from its peak by more than its band and its jitter."
        : String.join(" ", falls.subList(0, Math.min(TOLD, falls.size()))) + others(falls.size());
  }

  private static String others(int falls) {
    return falls <= TOLD
        ? ""
        : " That of "
            + TextFormat.count(falls - TOLD, "other recipe falls", "other recipes falls")
            + " too.";
  }

  /** That a line falls: only if its bands at peak and end lie apart and it is no jitter. */
  private @Nullable String fall(Curve.Line line) {
    Curve.Point peak = line.points().get(0);
    for (Curve.Point p : line.points()) {
      peak = p.mean() > peak.mean() ? p : peak;
    }
    Curve.Point last = line.points().get(line.points().size() - 1);
    double[] means = line.points().stream().mapToDouble(Curve.Point::mean).toArray();
    if (peak.low() <= last.high() || !Noise.standsOut(peak.mean() - last.mean(), means)) {
      return null;
    }
    String out =
        "The gold reward of " + line.recipe() + " peaks at update " + TextFormat.whole(peak.step());
    Integer below = below(line, peak);
    if (below != null) {
      out += " and falls below where it began at update " + TextFormat.whole(below);
    }
    return out
        + (scoreRises(line.recipe(), peak.step())
            ? ", while the reward model’s score stays high."
            : ".");
  }

  /** The curve is of other prompts than the verdict: it is held against its own beginning. */
  private static @Nullable Integer below(Curve.Line line, Curve.Point peak) {
    double level = line.points().get(0).mean();
    for (Curve.Point p : line.points()) {
      if (p.step() > peak.step() && p.mean() < level) {
        return p.step();
      }
    }
    return null;
  }

  private boolean scoreRises(String recipe, int since) {
    Curve score = curve("score");
    if (score == null) {
      return false;
    }
    for (Curve.Line line : score.lines()) {
      if (line.recipe().equals(recipe)) {
        Curve.Point then = line.points().get(0);
        for (Curve.Point p : line.points()) {
          then = p.step() <= since ? p : then;
        }
        return line.points().get(line.points().size() - 1).low() > then.high();
      }
    }
    return false;
  }

  private @Nullable Curve curve(String id) {
    for (Curve curve : page.comparison().curves()) {
      if (curve.id().equals(id)) {
        return curve;
      }
    }
    return null;
  }
}
