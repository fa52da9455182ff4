// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

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
    winners();
    for (String name : judgement.of(comparison, Kind.LOSES, true)) {
      out.clause().recipe(name).say(" loses to ").recipe(reference).say(" (win rate ");
      out.say(win(name) + ")");
    }
    equal();
    trained(Kind.WINS);
    trained(Kind.LOSES);
    open();
    Diagnoses diagnoses = new Diagnoses(comparison, out);
    judgement.of(Kind.OVER_OPTIMISED).forEach(diagnoses::overOptimised);
    judgement.of(Kind.COLLAPSED).forEach(diagnoses::collapsed);
    judgement.of(Kind.BACKDOORED).forEach(diagnoses::backdoor);
    withheld();
    return out.sentence("nothing was measured that tells the recipes apart");
  }

  private void winners() {
    List<String> winners = judgement.of(comparison, Kind.WINS, true);
    if (winners.isEmpty()) {
      boolean judged = judgement.standings().stream().anyMatch(s -> s.kind() != Kind.WITHHELD);
      if (comparison.metric("win_rate") != null && judged) {
        out.clause().say("no recipe is shown to beat ").recipe(reference);
        out.say(judgement.of(Kind.BACKDOORED).isEmpty() ? "" : " and to be sound");
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
    List<String> names = judgement.of(comparison, Kind.EQUAL, true);
    if (names.isEmpty()) {
      return;
    }
    out.clause().recipes(names).say(names.size() == 1 ? " equals " : " equal ").recipe(reference);
    out.say(" within " + margin(names.get(0)) + " (win rate " + wins(names) + ")");
  }

  private String margin(String name) {
    Cell cell = comparison.cell("win_rate", name);
    Cell.Tests tests = cell == null ? null : cell.tests();
    Double margin = tests == null ? null : tests.margin();
    return margin == null ? "the margin" : Numbers.points(margin);
  }

  /** What is shown of the policies that were trained, and not of their recipes. */
  private void trained(Kind kind) {
    List<String> names = judgement.of(comparison, kind, false);
    if (names.isEmpty()) {
      return;
    }
    boolean one = comparison.seeds().size() == 1;
    boolean single = one && names.size() == 1;
    out.clause().say(single ? "the policy of " : "the policies of ").recipes(names);
    out.say(" trained here ");
    out.say(kind == Kind.WINS ? (single ? "beats" : "beat") : (single ? "loses to" : "lose to"));
    out.say(one ? " that of " : " those of ").recipe(reference);
    out.say(" (on new prompts " + Numbers.list(names.stream().map(this::trainedWin).toList()));
    out.say(one ? ")" : "), which is not shown for new seeds");
  }

  private void open() {
    List<String> names = judgement.of(comparison, Kind.OPEN, true);
    if (names.isEmpty()) {
      return;
    }
    out.clause().recipes(names).say(names.size() == 1 ? " is" : " are");
    out.say(" not shown to differ from ").recipe(reference).say(" with " + seeds());
    out.say(" (win rate " + wins(names) + ")");
  }

  private void withheld() {
    List<Standing> standings = judgement.of(Kind.WITHHELD);
    if (standings.isEmpty()) {
      return;
    }
    List<String> names = standings.stream().map(Standing::recipe).toList();
    out.clause().recipes(names).say(names.size() == 1 ? " is" : " are");
    out.say(" not judged: the reward model that scores shares with what ");
    out.say(names.size() == 1 ? "it was" : "they were");
    List<String> what = names.stream().map(this::shared).distinct().toList();
    out.say(" trained by " + Numbers.list(what));
  }

  private String shared(String name) {
    Cell cell = comparison.cell("win_rate", name);
    Cell.Tests tests = cell == null ? null : cell.tests();
    String what = tests == null ? null : tests.withheld();
    return what == null ? "something" : what;
  }

  private String wins(List<String> names) {
    return Numbers.list(names.stream().map(this::win).toList());
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
