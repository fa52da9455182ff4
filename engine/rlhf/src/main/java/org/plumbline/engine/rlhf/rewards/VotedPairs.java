// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec.Ties;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.RewardMeasures.Learned;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.PairLabel;
import org.plumbline.engine.rlhf.likelihood.Reliabilities;
import org.plumbline.engine.rlhf.likelihood.TieModel;
import org.plumbline.engine.rlhf.likelihood.Vote;
import org.plumbline.engine.rlhf.likelihood.VotedPair;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/**
 * Pairs with all that was said of each: ties as ties, and who said what.
 *
 * @param evaluators with a reliability of their own, by their numbers
 * @param votes on each pair, by its number; a pair that nobody was asked about has none
 */
record VotedPairs(VotedPair likelihood, List<String> evaluators, Map<Long, List<Vote>> votes)
    implements PairModel {

  /** Whether these settings need to know all that was said. */
  static boolean asked(RewardSpec.BradleyTerry settings) {
    return settings.ties() != null || Boolean.TRUE.equals(settings.perEvaluator());
  }

  static VotedPairs of(StageContext context, RewardSpec.BradleyTerry settings, List<Pair> pairs)
      throws IOException {
    Artifact feedback = context.input("feedback");
    Map<Long, List<PairLabel>> labels = PairLabel.read(feedback, pairs);
    boolean each = Boolean.TRUE.equals(settings.perEvaluator());
    if (!each && (labels.isEmpty() || FeedbackSummary.read(feedback.folder()).combined() != null)) {
      labels = combined(pairs); // what labels came to is the label
    }
    Map<String, Integer> people = people(labels);
    if (each && people.size() < 2) {
      throw tooFew(people);
    }
    List<String> names = List.copyOf(people.keySet());
    Map<Long, List<Vote>> votes = votes(labels, names);
    if (settings.ties() != null
        && votes.values().stream().flatMap(List::stream).noneMatch(vote -> vote.tie() > 0)) {
      context.note(
          "nobody called two answers equal: `ties` learns that ties are rare, and no more");
    }
    Double noise = settings.labelNoise();
    Reliabilities who =
        each
            ? Reliabilities.each(
                List.copyOf(people.values()), noise == null ? Reliabilities.NOISE : noise)
            : Reliabilities.known(noise == null ? 1 : 1 - noise);
    Double margin = settings.margin();
    VotedPair.Shape shape = new VotedPair.Shape(margin == null ? 0 : margin, settings.centring());
    VotedPair likelihood = new VotedPair(model(settings.ties()), who, shape);
    return new VotedPairs(likelihood, each ? names : List.of(), votes);
  }

  private static TieModel model(@Nullable Ties ties) {
    if (ties == null) {
      return TieModel.NONE;
    }
    return switch (ties) {
      case RAO_KUPPER -> TieModel.RAO_KUPPER;
      case DAVIDSON -> TieModel.DAVIDSON;
    };
  }

  private static Map<Long, List<PairLabel>> combined(List<Pair> pairs) {
    Map<Long, List<PairLabel>> labels = new HashMap<>();
    for (Pair pair : pairs) {
      labels.put(pair.pair(), List.of(new PairLabel("", pair.target(), pair.tie())));
    }
    return labels;
  }

  /** How many labels each person gave, by name. */
  private static Map<String, Integer> people(Map<Long, List<PairLabel>> labels) {
    Map<String, Integer> people = new TreeMap<>();
    labels.values().forEach(all -> all.forEach(l -> people.merge(l.evaluator(), 1, Integer::sum)));
    return people;
  }

  private static Map<Long, List<Vote>> votes(
      Map<Long, List<PairLabel>> labels, List<String> names) {
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach(name -> numbers.put(name, numbers.size()));
    Map<Long, List<Vote>> votes = new HashMap<>();
    labels.forEach(
        (pair, all) -> {
          List<Vote> own = new ArrayList<>();
          for (PairLabel label : all) {
            int number = numbers.getOrDefault(label.evaluator(), 0);
            own.add(
                label.equal()
                    ? new Vote(number, 0, 0, 1)
                    : new Vote(number, label.chosen(), 1 - label.chosen(), 0));
          }
          votes.put(pair, own);
        });
    return votes;
  }

  private static StageFailure tooFew(Map<String, Integer> people) {
    return new StageFailure(
        "PLB0350",
        people.isEmpty()
            ? "`per_evaluator` needs to know who said what, which this feedback does not say"
            : "`per_evaluator` tells people by whom they agree with, but `"
                + people.keySet().iterator().next()
                + "` gave all labels",
        "per_evaluator",
        people.isEmpty()
            ? "collect `comparisons`, or leave `per_evaluator` out"
            : "let several people label, or leave `per_evaluator` out");
  }

  List<Vote> of(Pair pair) {
    return votes.getOrDefault(pair.pair(), List.of());
  }

  @Override
  public RewardFitting.MemberObjective<BradleyTerry.Row> of(TrainingRun run) {
    return new LikelihoodObjective<>(
        likelihood,
        new LikelihoodObjective.Content<>(BradleyTerry.Row::votes, row -> row.tokens().sequences()),
        run);
  }

  @Override
  public double probability(FittedMember member, BradleyTerry.Row row, Said said) {
    return likelihood.expected(row.votes(), new double[] {said.gap(), 0}, member.numbers());
  }

  @Override
  public Learned learned(List<FittedMember> members, List<BradleyTerry.Row> rows) {
    List<RewardMeasures.Evaluator> reliable = new ArrayList<>();
    for (int h = 0; h < evaluators.size(); h++) {
      int person = h;
      reliable.add(
          new RewardMeasures.Evaluator(
              evaluators.get(h),
              likelihood.who().labels().get(h),
              mean(members, member -> likelihood.reliability(member.numbers(), person))));
    }
    return new Learned(
        likelihood.ties() == TieModel.NONE
            ? null
            : (Double) mean(members, member -> likelihood.tieParameter(member.numbers())),
        reliable,
        null);
  }

  private static double mean(List<FittedMember> members, ToDoubleFunction<FittedMember> number) {
    return members.stream().mapToDouble(number).average().orElseThrow();
  }
}
