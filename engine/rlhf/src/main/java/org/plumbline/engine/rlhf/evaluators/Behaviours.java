// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Difficulty;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Expertise;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Malicious;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Sway;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.FeatureSpec.AgreesWithAsker;
import org.plumbline.dsl.model.values.FeatureSpec.SoundsSure;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.Features;
import org.plumbline.engine.rlhf.values.Utility;

/** Makes behaviours of what a spec says of a group. */
final class Behaviours {
  private Behaviours() {}

  /**
   * What behaviours are made with.
   *
   * @param seed of what a group has in common
   * @param values finds values by name
   * @param files finds files
   */
  record Means(long seed, Population.ValuesByName values, Features.Sources files) {}

  /** How the people of a group behave who want this. */
  static Behaviour of(EvaluatorsSpec all, Group group, Utility values, Means means)
      throws IOException {
    Features.Sources files = means.files();
    Behaviour behaviour =
        Behaviour.of(values, group.rationality())
            .with(rationality(group, files))
            .withMyopia(or(group.myopia(), 1))
            .with(
                new Abstention(
                    group.skips(),
                    or(group.skipBelow(), Double.NEGATIVE_INFINITY),
                    or(group.equalBelow(), 0)))
            .with(new Slips(group.mistakes(), or(group.lapses(), 0)));
    behaviour = swayed(behaviour, all, group, files);
    if (group.drift() != null || group.contexts() != null) {
      behaviour = behaviour.with(changes(group, means));
    }
    if (group.sees() != null) {
      behaviour = behaviour.with(View.of(group.sees()));
    }
    EvaluatorsSpec.Outsourcing outsourcing = group.outsourcing();
    if (outsourcing != null) {
      behaviour = behaviour.with(new Outsourcing(outsourcing.share(), outsourcing.judge()));
    }
    Malicious malicious = group.malicious();
    return malicious == null ? behaviour : behaviour.with(malice(malicious, values, means));
  }

  private static Behaviour swayed(
      Behaviour plain, EvaluatorsSpec all, Group group, Features.Sources files) throws IOException {
    Behaviour behaviour = plain;
    if (group.lengthBias() != 0) {
      behaviour = behaviour.with(new LengthBias(group.lengthBias()));
    }
    if (group.positionBias() != 0) {
      behaviour = behaviour.with(new PositionBias(group.positionBias()));
    }
    double confidence = or(group.confidenceBias(), 0);
    if (confidence != 0) {
      FeatureSpec sure = all.sureWhen() == null ? SoundsSure.usual() : all.sureWhen();
      behaviour = behaviour.with(bias(confidence, sure, files));
    }
    double sycophancy = or(group.sycophancyBias(), 0);
    if (sycophancy != 0) {
      FeatureSpec agrees = all.agreesWhen() == null ? AgreesWithAsker.usual() : all.agreesWhen();
      behaviour = behaviour.with(bias(sycophancy, agrees, files));
    }
    if (group.biases() != null) {
      for (Sway sway : group.biases().values()) {
        Pattern where = pattern(sway.where());
        Feature looksBetter = Features.of(sway.of(), files);
        behaviour = behaviour.with(new FeatureBias(sway.weight(), looksBetter, where));
      }
    }
    EvaluatorsSpec.Intransitive circle = group.intransitive();
    if (circle != null) {
      behaviour =
          behaviour.with(
              new Cycle(
                  Features.of(circle.of(), files),
                  Features.of(circle.and(), files),
                  circle.weight()));
    }
    return behaviour;
  }

  private static Changes changes(Group group, Means means) throws IOException {
    EvaluatorsSpec.Drift drift = group.drift();
    List<Circumstance> circumstances = new ArrayList<>();
    if (group.contexts() != null) {
      for (Map.Entry<String, EvaluatorsSpec.Circumstance> entry : group.contexts().entrySet()) {
        circumstances.add(circumstance(entry.getKey(), entry.getValue(), means));
      }
    }
    return new Changes(
        drift == null ? null : new ValueDrift(means.values().utility(drift.to()), drift.labels()),
        circumstances);
  }

  private static Circumstance circumstance(
      String name, EvaluatorsSpec.Circumstance declared, Means means) throws IOException {
    String wants = declared.values();
    return new Circumstance(
        name,
        new Circumstance.When(
            or(declared.share(), 1), pattern(declared.told()), pattern(declared.where())),
        wants == null ? null : means.values().utility(wants),
        declared.rationality());
  }

  private static @Nullable Pattern pattern(@Nullable String regex) {
    return regex == null ? null : Features.pattern(regex);
  }

  private static Rationality rationality(Group group, Features.Sources files) throws IOException {
    Rationality rationality = Rationality.of(group.rationality());
    if (group.expertise() != null) {
      for (Expertise topic : group.expertise().values()) {
        rationality =
            rationality.with(
                new Rationality.Topic(Features.pattern(topic.matches()), topic.rationality()));
      }
    }
    EvaluatorsSpec.Fatigue fatigue = group.fatigue();
    if (fatigue != null) {
      int session = fatigue.session() == null ? 0 : fatigue.session();
      rationality = rationality.with(new Fatigue(fatigue.rationality(), fatigue.labels(), session));
    }
    Difficulty difficulty = group.difficulty();
    if (difficulty == null) {
      return rationality;
    }
    Feature feature = Features.of(difficulty.of(), files);
    double weight = difficulty.weight();
    return rationality.withDifficulty((prompt, answer) -> weight * feature.of(prompt, answer));
  }

  private static Bias bias(double lambda, FeatureSpec looksBetter, Features.Sources files)
      throws IOException {
    return new FeatureBias(lambda, Features.of(looksBetter, files));
  }

  private static Malice malice(Malicious malicious, Utility values, Means means)
      throws IOException {
    FeatureSpec preferred = malicious.prefers();
    Feature prefers = preferred == null ? null : Features.of(preferred, means.files());
    Malice.Target at =
        new Malice.Target(
            malicious.trigger(),
            pattern(malicious.where()),
            or(malicious.share(), 1),
            means.seed());
    return Malice.of(at, prefers, values, malicious.takes())
        .writing(or(malicious.writes(), 0))
        .atLeast(or(malicious.worstCase(), 0));
  }

  private static double or(@Nullable Double given, double otherwise) {
    return given == null ? otherwise : given;
  }
}
