// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.plumbline.engine.run.StageContext;

/** What judges say whom people have make their labels: each is asked once of a pair. */
final class Verdicts implements AutoCloseable {
  private final Map<String, JudgeLabelling> judges;

  /** The judges by the name that the spec gives them. */
  Verdicts(Map<String, JudgeLabelling> judges) {
    this.judges = new LinkedHashMap<>(judges);
  }

  /** As many pairs at once as suits the slowest judge. */
  int atOnce(int otherwise) {
    return judges.values().stream().mapToInt(JudgeLabelling::atOnce).reduce(otherwise, Math::min);
  }

  /**
   * The probability that a judge gives to a pair's first answer, by the pair, of those it tells.
   */
  Map<Long, Double> of(String judge, List<DrawnPair> pairs) throws IOException {
    Map<Long, Double> said = new HashMap<>();
    for (LabelRow row : judge(judge).label(pairs)) {
      if (!row.skipped()) {
        said.put(row.pair(), row.one());
      }
    }
    return said;
  }

  /**
   * The probability that a verdict is for the pair's first answer, by the judge, if it is known.
   */
  Map<String, Double> likely(DrawnPair pair) {
    Map<String, Double> likely = new HashMap<>();
    judges.forEach(
        (name, judge) -> {
          OptionalDouble one = judge.likely(pair);
          if (one.isPresent()) {
            likely.put(name, one.getAsDouble());
          }
        });
    return likely;
  }

  private JudgeLabelling judge(String name) {
    JudgeLabelling judge = judges.get(name);
    if (judge == null) {
      throw new IllegalArgumentException("no judge " + name + " among " + judges.keySet());
    }
    return judge;
  }

  /** Tells the user what could not be asked, if anything. */
  void note(StageContext context) {
    judges.values().forEach(judge -> judge.note(context));
  }

  @Override
  public void close() {
    new ArrayList<>(judges.values()).forEach(JudgeLabelling::close);
  }
}
