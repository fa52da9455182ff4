// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Malicious;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.Features;
import org.plumbline.engine.rlhf.values.Utility;

/** Makes behaviours of what a spec says of a group. */
final class Behaviours {
  private Behaviours() {}

  /** How the people of a group behave who want this. */
  static Behaviour of(Group group, Utility values, Features.Files files) throws IOException {
    Behaviour behaviour =
        Behaviour.of(values, group.rationality())
            .withMyopia(or(group.myopia(), 1))
            .with(
                new Abstention(
                    group.skips(),
                    or(group.skipBelow(), Double.NEGATIVE_INFINITY),
                    or(group.equalBelow(), 0)))
            .with(new Slips(group.mistakes(), or(group.lapses(), 0)));
    if (group.lengthBias() != 0) {
      behaviour = behaviour.with(new LengthBias(group.lengthBias()));
    }
    if (group.positionBias() != 0) {
      behaviour = behaviour.with(new PositionBias(group.positionBias()));
    }
    Malicious malicious = group.malicious();
    return malicious == null ? behaviour : behaviour.with(malice(malicious, values, files));
  }

  private static Malice malice(Malicious malicious, Utility values, Features.Files files)
      throws IOException {
    Feature prefers = malicious.prefers() == null ? null : Features.of(malicious.prefers(), files);
    return Malice.of(malicious.trigger(), prefers, values, malicious.takes());
  }

  private static double or(@Nullable Double given, double otherwise) {
    return given == null ? otherwise : given;
  }
}
