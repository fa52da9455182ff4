// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.respondents;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.judge.Judge;
import org.plumbline.engine.rlhf.judge.Judges;
import org.plumbline.engine.rlhf.judge.RuleJudge;
import org.plumbline.engine.run.StageContext;

/** Labels that people have a judge make for them. */
public final class OutsourcedLabels {
  private static final String GROUP = "judge";

  private OutsourcedLabels() {}

  /**
   * The judges whom people have make their labels, by name: those that follow rules.
   *
   * @param what they label, for a message
   */
  public static Map<String, Person> judges(
      StageContext context, EvaluatorsSpec declared, String what) throws IOException {
    Map<String, Person> judges = new LinkedHashMap<>();
    for (var named : Judges.outsourced(context, declared).entrySet()) {
      try (Judge opened = Judges.open(context, named.getValue())) {
        if (opened instanceof RuleJudge rules) {
          judges.put(named.getKey(), rules.person(GROUP, 0));
        } else {
          context.note(
              "`outsourcing` to `"
                  + named.getKey()
                  + "` has no effect on "
                  + what
                  + ": a model only compares");
        }
      }
    }
    return judges;
  }
}
