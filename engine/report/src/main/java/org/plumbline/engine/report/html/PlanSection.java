// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.PlanSummary;
import org.plumbline.engine.report.RunFacts;

/** What was computed, what was shared, and what was there already. */
final class PlanSection {

  private PlanSection() {}

  static @Nullable PageSection of(Page page) {
    RunFacts run = page.comparison().run();
    if (run == null || run.plan().nodes().isEmpty()) {
      return null;
    }
    PlanSummary plan = run.plan();
    Html body =
        Html.of(
            """
            {}<div class="scroll" tabindex="0" role="region" aria-label="Graph of the plan, may scroll sideways">{}</div>
            <p class="note"><span class="swatch"></span> run &nbsp; <span class="swatch reused"></span> reused. “in 5”: the node \
            serves five recipes. Times per seed. Lines that follow from others are left out. <span class="script">Point at a policy \
            to see all that it needs.</span></p>{}
            <details><summary>The nodes as a table</summary>{}</details>
            """
                .replace("&nbsp;", "&#160;"),
            page.many() ? new Html("<details><summary>The graph</summary>") : Html.NONE,
            PlanGraph.draw(page, plan),
            page.many() ? new Html("</details>") : Html.NONE,
            table(page, plan));
    return new PageSection("plan", "The plan", "Plan", Html.text(lead(page, run)), body);
  }

  private static String lead(Page page, RunFacts run) {
    PlanSummary plan = run.plan();
    String nodes =
        TextFormat.count(plan.count(), "node", "nodes")
            + (plan.alone() > plan.count()
                ? " instead of the "
                    + TextFormat.whole(plan.alone())
                    + " that "
                    + TextFormat.count(page.recipes().size(), "separate run", "separate runs")
                    + " would need"
                : "")
            + (plan.reused() > 0 ? "; " + TextFormat.whole(plan.reused()) + " were reused" : "")
            + ".";
    String steps =
        plan.stepsAlone() > plan.steps() && plan.steps() > 0
            ? " "
                + TextFormat.whole(plan.steps())
                + " training steps instead of "
                + TextFormat.whole(plan.stepsAlone())
                + ", "
                + TextFormat.percent((double) plan.steps() / plan.stepsAlone(), 0)
                + TextFormat.THIN
                + "%."
            : "";
    String time = " The run took " + TextFormat.duration(run.seconds());
    return nodes
        + steps
        + time
        + (plan.secondsAlone() > run.seconds()
            ? "; one after the other, without sharing and reuse, its nodes would take "
                + TextFormat.duration(plan.secondsAlone())
                + "."
            : ".");
  }

  private static Html table(Page page, PlanSummary plan) {
    List<Html> rows = new ArrayList<>();
    for (PlanSummary.Node node : plan.nodes()) {
      String key = node.key();
      int reused = node.reused();
      String action =
          reused == 0
              ? "run"
              : reused >= node.seeds() ? "reuse" : "reuse " + reused + ", run the rest";
      boolean everyone = node.recipes().size() == page.recipes().size();
      rows.add(
          Html.of(
              "<tr><th scope=\"row\">{}</th><td class=\"words\">{}</td><td"
                  + " class=\"words\">{}</td><td>{}</td><td>{}</td><td>{}</td><td"
                  + " class=\"words\">{}</td><td class=\"words\"><code>{}</code></td></tr>\n",
              node.name(),
              node.operation(),
              action,
              TextFormat.whole(node.seeds()),
              TextFormat.clock(node.seconds()),
              TextFormat.whole(node.steps()),
              everyone ? "all" : TextFormat.some(node.recipes()),
              key == null ? "–" : key));
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Nodes of the plan">
        <table class="plain-table"><thead><tr><th scope="col">node</th><th scope="col" class="words">operation</th>\
        <th scope="col" class="words">action</th><th scope="col">seeds</th><th scope="col">time</th><th scope="col">steps</th>\
        <th scope="col" class="words">recipes</th><th scope="col" class="words">key</th></tr></thead><tbody>{}</tbody></table></div>
        """,
        rows);
  }
}
