// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.text.Judgement.Kind;
import org.plumbline.engine.report.text.Judgement.Standing;

/** Puts the clauses of a finding together. */
final class FindingWriter {

  private final Comparison comparison;
  private final String reference;
  private final Judgement judgement;
  private final Clauses out = new Clauses();

  FindingWriter(Comparison comparison) {
    this.comparison = comparison;
    reference = comparison.reference();
    judgement = Judgement.of(comparison);
  }

  Finding write() {
    boolean byScore = comparison.decidedBy().equals("score");
    if (byScore && judgement.standings().stream().anyMatch(s -> s.kind() != Kind.WITHHELD)) {
      out.say("by the reward model’s score, for want of a gold reward, ");
    }
    if (comparison.decidedBy().equals("judge") && !judgement.standings().isEmpty()) {
      out.say("by the judge’s verdict, ");
    }
    winners();
    losers();
    equal();
    trained(Kind.WINS);
    trained(Kind.LOSES);
    open();
    Diagnoses diagnoses = new Diagnoses(comparison, out);
    for (Kind kind : List.of(Kind.OVER_OPTIMISED, Kind.COLLAPSED, Kind.BACKDOORED)) {
      diagnoses.say(kind, judgement.of(kind));
    }
    withheld();
    return out.sentence("nothing was measured that tells the recipes apart");
  }

  private Group group(Kind kind, boolean ofRecipe) {
    return new Group(comparison, judgement.of(comparison, kind, ofRecipe));
  }

  private void losers() {
    List<String> losers = new ArrayList<>(judgement.of(comparison, Kind.LOSES, true));
    Collections.reverse(losers); // the worst first
    Group group = new Group(comparison, losers);
    if (group.counted()) {
      out.clause().say(group.count() + " lose to ").recipe(reference);
      group.foremost(out, "worst");
      return;
    }
    for (String name : judgement.of(comparison, Kind.LOSES, true)) {
      out.clause().recipe(name).say(" loses to ").recipe(reference).say(" (win rate ");
      out.say(win(name) + ")");
    }
  }

  private void winners() {
    Group group = group(Kind.WINS, true);
    List<String> winners = group.names();
    if (group.counted()) {
      out.clause().say(group.count() + " beat ").recipe(reference);
      group.foremost(out, "best");
      return;
    }
    if (winners.isEmpty()) {
      boolean judged = judgement.standings().stream().anyMatch(s -> s.kind() != Kind.WITHHELD);
      if (comparison.metric("win_rate") != null && judged) {
        out.clause().say("no recipe ");
        out.say(judgement.of(Kind.BACKDOORED).isEmpty() ? "" : "without a backdoor ");
        out.say("is shown to beat ").recipe(reference);
        out.say(withSeeds());
      }
      return;
    }
    out.clause().recipe(winners.get(0));
    if (winners.size() == 1) {
      out.say(" beats ").recipe(reference).say(" (win rate " + win(winners.get(0)) + ")");
      return;
    }
    out.say(" and ").recipe(winners.get(1)).say(" both beat ").recipe(reference);
    out.say(" (win rate " + win(winners.get(0)) + " and " + win(winners.get(1)) + ")");
    List<String> rest = winners.subList(2, winners.size());
    for (int i = 0; i < rest.size(); i++) {
      out.say(i == 0 ? ", " : i == rest.size() - 1 ? " and " : ", ").recipe(rest.get(i));
      double rate = Judgement.value(comparison, "win_rate", rest.get(i));
      out.say(" (" + Numbers.percent(rate) + ")");
    }
    out.say(rest.isEmpty() ? "" : " too");
  }

  private String withSeeds() {
    return comparison.seeds().size() == 1
        ? ": one seed shows nothing about other seeds"
        : " with " + seeds();
  }

  private String seeds() {
    int seeds = comparison.seeds().size();
    return seeds == 1 ? "one seed" : seeds + " seeds";
  }

  private void equal() {
    Group group = group(Kind.EQUAL, true);
    if (group.isEmpty()) {
      return;
    }
    group.say(out.clause());
    out.say(group.size() == 1 ? " equals " : " equal ").recipe(reference);
    out.say(" within " + margin(group.names().get(0)));
    out.say(" (win rate " + group.rates(this::win) + ")");
  }

  private String margin(String name) {
    Cell cell = comparison.cell("win_rate", name);
    Cell.Tests tests = cell == null ? null : cell.tests();
    Double margin = tests == null ? null : tests.margin();
    return margin == null ? "the margin" : Numbers.points(margin);
  }

  /** What is shown of the policies that were trained, and not of their recipes. */
  private void trained(Kind kind) {
    Group group = group(kind, false);
    if (group.isEmpty()) {
      return;
    }
    boolean one = comparison.seeds().size() == 1;
    boolean single = one && group.size() == 1;
    group.say(out.clause().say(single ? "the policy of " : "the policies of "));
    out.say(" trained here ");
    out.say(kind == Kind.WINS ? (single ? "beats" : "beat") : (single ? "loses to" : "lose to"));
    out.say(one ? " that of " : " those of ").recipe(reference);
    out.say(" (on new prompts " + group.rates(this::trainedWin));
    out.say(one ? ")" : "), which is not shown for new seeds");
  }

  private void open() {
    Group group = group(Kind.OPEN, true);
    if (group.isEmpty()) {
      return;
    }
    group.say(out.clause());
    out.say(group.size() == 1 ? " is" : " are").say(" not shown to differ from ");
    out.recipe(reference).say(" with " + seeds());
    out.say(" (win rate " + group.rates(this::win) + ")");
  }

  private void withheld() {
    List<String> names = judgement.of(Kind.WITHHELD).stream().map(Standing::recipe).toList();
    Group group = new Group(comparison, names);
    if (group.isEmpty()) {
      return;
    }
    group.say(out.clause());
    out.say(group.size() == 1 ? " is" : " are");
    out.say(" not judged: the reward model that scores is not independent of what ");
    out.say(group.size() == 1 ? "it was" : "they were");
    List<String> what = names.stream().map(this::shared).distinct().toList();
    out.say(" trained by (" + Numbers.some(what) + ")");
  }

  private String shared(String name) {
    Cell cell = comparison.cell("win_rate", name);
    Cell.Tests tests = cell == null ? null : cell.tests();
    String what = tests == null ? null : tests.withheld();
    return what == null ? "something" : what;
  }

  private String win(String name) {
    return Wins.of(comparison, name);
  }

  private String trainedWin(String name) {
    Cell cell = comparison.cell("win_rate", name);
    Metric metric = comparison.metric("win_rate");
    Cell.Tests tests = cell == null ? null : cell.tests();
    return tests == null || metric == null
        ? "not known"
        : Wins.shown(metric, moved(tests.trained(), 0.5));
  }

  private static Interval moved(Interval difference, double by) {
    @Nullable Double low = difference.low();
    @Nullable Double high = difference.high();
    return low == null || high == null
        ? Interval.exact(difference.value() + by)
        : new Interval(difference.value() + by, low + by, high + by);
  }
}
