// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Alarm;

/** Alarms: what crossed which threshold, where, and how bad it became. */
final class MonitorsSection {

  /** How many alarms of many recipes stand open. */
  private static final int AT_ONCE = 12;

  private static final int WIDTH = 400;
  private static final int HEIGHT = 18;

  /** Where on the line of a recipe's life a stage lies: from, to, name. */
  private record Stage(String name, String title, double from, double to) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage("feedback", "feedback", 0, .17),
          new Stage("reward", "reward", .17, .31),
          new Stage("policy", "policy, first to last update", .31, .84),
          new Stage("evaluation", "evaluation", .84, 1));

  private final Page page;
  private final List<Alarm> alarms;

  private MonitorsSection(Page page) {
    this.page = page;
    this.alarms =
        page.comparison().alarms().stream().filter(a -> page.looks().has(a.recipe())).toList();
  }

  static @Nullable PageSection of(Page page) {
    MonitorsSection section = new MonitorsSection(page);
    if (section.alarms.isEmpty()) {
      return null;
    }
    return new PageSection(
        "monitors",
        "Monitors and warnings",
        "Monitors",
        Html.text(section.lead()),
        section.tables().plus(section.note()));
  }

  private String lead() {
    long warnings = count(Alarm.Severity.WARNING);
    long stops = count(Alarm.Severity.STOP);
    long notes = count(Alarm.Severity.NOTE);
    List<String> kinds = new ArrayList<>();
    if (stops > 0) {
      kinds.add(TextFormat.count(stops, "stop", "stops"));
    }
    if (warnings > 0) {
      kinds.add(TextFormat.count(warnings, "warning", "warnings"));
    }
    if (notes > 0) {
      kinds.add(TextFormat.count(notes, "note", "notes"));
    }
    Alarm first = first();
    String out = TextFormat.list(kinds) + ".";
    if (first != null) {
      out +=
          " The first during training: "
              + first.monitor()
              + " of "
              + first.recipe()
              + " at update "
              + TextFormat.whole(step(first))
              + ".";
    }
    return out + (stops == 0 ? " No monitor stopped a training." : "");
  }

  private long count(Alarm.Severity severity) {
    return alarms.stream().filter(a -> a.severity() == severity).count();
  }

  private @Nullable Alarm first() {
    Alarm first = null;
    for (Alarm alarm : alarms) {
      boolean training = alarm.step() != null && alarm.severity() != Alarm.Severity.NOTE;
      if (training && (first == null || step(alarm) < step(first))) {
        first = alarm;
      }
    }
    return first;
  }

  private static int step(Alarm alarm) {
    Integer step = alarm.step();
    return step == null ? 0 : step;
  }

  /** All alarms; of many recipes those that are more than notes, the others folded. */
  private Html tables() {
    if (!page.many()) {
      return table("Alarms", alarms);
    }
    List<Alarm> grave = alarms.stream().filter(a -> a.severity() != Alarm.Severity.NOTE).toList();
    List<Alarm> first = grave.subList(0, Math.min(AT_ONCE, grave.size()));
    List<Alarm> rest = alarms.stream().filter(a -> !first.contains(a)).toList();
    Html shown = first.isEmpty() ? Html.NONE : table("Alarms", first);
    return rest.isEmpty()
        ? shown
        : shown.plus(
            Html.of(
                "<details><summary>{}</summary>{}</details>\n",
                TextFormat.count(rest.size(), "more alarm", "more alarms"),
                table("More alarms", rest)));
  }

  private Html table(String label, List<Alarm> listed) {
    List<Html> bodies = new ArrayList<>();
    for (String recipe : page.recipes()) {
      List<Html> rows =
          listed.stream().filter(a -> a.recipe().equals(recipe)).map(this::row).toList();
      if (!rows.isEmpty()) {
        bodies.add(
            Html.of(
                """
                <tbody role="rowgroup" class="{}"><tr class="group" role="row"><th scope="rowgroup" role="rowheader" colspan="6" data-r="{}">{}</th></tr>
                {}</tbody>
                """,
                page.look(recipe).css(),
                page.look(recipe).index(),
                page.named(recipe),
                rows));
      }
    }
    List<Html> stages = new ArrayList<>();
    for (Stage stage : STAGES) {
      String place = stage.to < 1 ? "left:" + Path.at(100 * stage.from) + "%" : "right:0";
      stages.add(Html.of("<span style=\"{}\">{}</span>", place, stage.title));
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="{}"><table class="plain-table alarms" role="table">
        <caption class="unseen">Alarms by recipe</caption><thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">monitor</th>\
        <th scope="col" role="columnheader">kind</th><th scope="col" role="columnheader">threshold</th>\
        <th scope="col" role="columnheader">worst</th><th scope="col" role="columnheader">when</th>\
        <th scope="col" role="columnheader" class="time"><span class="unseen">time line</span><span class="stages" aria-hidden="true">{}</span></th></tr></thead>
        {}</table></div>
        """,
        label,
        stages,
        bodies);
  }

  private Html row(Alarm alarm) {
    int factor = alarm.factor();
    String unit = alarm.unit().isEmpty() ? "" : TextFormat.THIN + alarm.unit();
    Long seed = alarm.seed();
    return Html.of(
        "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">{}</th><td role=\"cell\""
            + " class=\"kind\">{}</td><td role=\"cell\">{}{}{}</td><td role=\"cell\">{}{}{}</td><td"
            + " role=\"cell\">{}</td><td role=\"cell\" class=\"time\">{}</td></tr>\n",
        alarm.monitor(),
        alarm.severity().word(),
        alarm.above() ? "> " : "< ",
        TextFormat.number(alarm.threshold() * factor, alarm.decimals()),
        unit,
        TextFormat.number(alarm.worst() * factor, alarm.decimals()),
        unit,
        seed == null ? "" : ", seed " + seed,
        when(alarm),
        line(alarm));
  }

  private static String when(Alarm alarm) {
    Integer step = alarm.step();
    return step == null ? "at " + alarm.stage() : "from update " + TextFormat.whole(step);
  }

  private Html line(Alarm alarm) {
    Svg svg = new Svg().across("grid", 1, WIDTH - 1, HEIGHT / 2.0);
    Stage at = STAGES.get(STAGES.size() - 1);
    for (Stage stage : STAGES) {
      at = stage.name.equals(alarm.stage()) ? stage : at;
      if (stage.to < 1) {
        svg.upright("ref", WIDTH * stage.to, 0, HEIGHT);
      }
    }
    Integer steps = alarm.steps();
    double part = steps == null || steps == 0 ? .4 : Math.min(1, (double) step(alarm) / steps);
    double from = WIDTH * (at.from + part * (at.to - at.from));
    double to = steps == null ? from + 6 : WIDTH * at.to;
    String cls = "alarm " + alarm.severity().word() + " " + page.look(alarm.recipe()).css();
    svg.box(cls, from, HEIGHT / 2.0 - 3.5, Math.max(5, to - from), 7);
    if (alarm.severity() == Alarm.Severity.STOP) {
      svg.upright("stopped " + page.look(alarm.recipe()).css(), to, 1, HEIGHT - 1);
    }
    return svg.ornament(WIDTH, HEIGHT, "timeline");
  }

  private Html note() {
    List<String> quiet = new ArrayList<>(page.recipes());
    quiet.removeIf(r -> alarms.stream().anyMatch(a -> a.recipe().equals(r)));
    return Html.of(
        "<p class=\"note\">Solid: warning; outline: note; a stop ends in an upright.{}</p>\n",
        quiet.isEmpty() ? "" : " Without alarm: " + TextFormat.some(quiet) + ".");
  }
}
