// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.RewardMeasures.HeldOutResponses;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.likelihood.Gradient;
import org.plumbline.engine.rlhf.likelihood.PlackettLuce;
import org.plumbline.engine.rlhf.likelihood.SeveralKinds;
import org.plumbline.engine.rlhf.likelihood.SeveralKinds.Said;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.rewards.LikelihoodObjective.Row;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/**
 * A reward model that is fitted to several kinds of feedback at once: {@link SeveralKinds}.
 *
 * <p>Pairs, corrections among them, count by the share of votes, rankings by {@link PlackettLuce},
 * and the others as in the reward of their own ({@link FeedbackRewards}); of labels it counts
 * whether the class is the first that the form names. Rows of all kinds are shuffled together, and
 * held out by prompt, whatever their kind.
 *
 * <p>The artifact's {@code summary.json} says of each kind how many of it were learned from and how
 * well held-out feedback of that kind is predicted; its measures say how rational each is.
 */
public final class RewardRational implements Stage {

  /** Feedback of one kind. */
  private record Kind(SeveralKinds.Source likelihood, List<Labelled> labels) {}

  /** A label, and how likely it is. */
  private record Labelled(ItemLabel label, SeveralKinds.Once likely) {}

  @Override
  public String operation() {
    return "reward_rational";
  }

  @Override
  public int version() {
    return 5;
  }

  @Override
  public void run(StageContext context) throws IOException {
    RewardSpec.RewardRational settings = context.settings(RewardSpec.RewardRational.class);
    List<String> names = List.copyOf(settings.sources().keySet());
    List<Kind> kinds = new ArrayList<>();
    for (Map.Entry<String, RewardSpec.Source> source : settings.sources().entrySet()) {
      Artifact feedback = context.input("sources." + source.getKey() + ".feedback");
      kinds.add(kind(source.getKey(), source.getValue(), feedback));
    }
    SeveralKinds likelihood = new SeveralKinds(kinds.stream().map(Kind::likelihood).toList());
    try (LanguageModel start = Models.openModel(context, "from");
        RewardFitting<Row<Said>> fitting =
            new RewardFitting<>(
                context,
                start,
                FeedbackReward.fitting(
                    settings.members(), settings.batchSize(), settings.optimiser()),
                new RewardFitting.Rows<>(
                    rows(context, start, kinds), row -> row.label().item().prompt(), Row::answers),
                run -> new LikelihoodObjective<>(likelihood, Row.content(), run))) {
      List<FittedMember> members = fitting.fit();
      List<Row<Said>> heldOut =
          MeasuredRows.of(context, fitting.data().heldOut(), row -> row.label().item().byChance());
      Measured measured =
          new Measured(
              likelihood,
              members,
              fitting.data().training(),
              heldOut,
              ResponseReport.Measured.of(context));
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("sources", measured.bySource(names));
      fitting.write(
          new RewardFitting.Named(operation(), "responses", facts),
          (training, samples) ->
              new RewardMeasures(operation(), training, samples, measured.of(heldOut))
                  .with(measured.learned(names)));
    }
  }

  private static Kind kind(String name, RewardSpec.Source source, Artifact feedback)
      throws IOException {
    FeedbackSummary.Items items = FeedbackSummary.read(feedback.folder()).items();
    String kind = items == null ? "comparisons" : items.kind();
    if (kind.equals("comparisons") || kind.equals("corrections")) {
      return pairs(source, Pairs.read(feedback));
    }
    List<ItemLabel> labels = ItemLabel.read(feedback);
    return FeedbackRewards.ofOneScore(kind, labels)
        .map(own -> labels(name, source, own, labels))
        .orElseThrow(
            () ->
                new StageFailure(
                    "PLB0221",
                    "feedback of kind `" + kind + "` is not about the score of whole answers",
                    "sources." + name,
                    "give it a reward of its own, and combine the two by `multi_objective`"));
  }

  private static <F> Kind labels(
      String name, RewardSpec.Source source, FeedbackReward.Kind<F> kind, List<ItemLabel> labels) {
    List<Labelled> said = new ArrayList<>();
    for (ItemLabel label : labels) {
      F response = kind.read().apply(label);
      if (response != null) {
        said.add(
            new Labelled(
                label,
                (scores, numbers, gradient) ->
                    kind.likelihood().loss(response, scores, numbers, gradient)));
      }
    }
    differing(name, said.stream().map(Labelled::label).toList());
    return new Kind(likelihood(source, kind.likelihood().start()), said);
  }

  private static void differing(String name, List<ItemLabel> labels) {
    if (FeedbackReward.alike(labels)) {
      throw new StageFailure(
          "PLB0509",
          labels.isEmpty()
              ? "none of the labels of `" + name + "` says which answers are better"
              : "all " + labels.size() + " labels of `" + name + "` say the same",
          "sources." + name,
          "nothing can be learned from that; ask for more, or leave this source out");
    }
  }

  private static SeveralKinds.Source likelihood(RewardSpec.Source source, double[] start) {
    return new SeveralKinds.Source(start, source.rationality(), source.weight());
  }

  /** Pairs as choices between two answers, of which each counts by its share of the votes. */
  private static Kind pairs(RewardSpec.Source source, List<Pair> pairs) {
    PlackettLuce choice = new PlackettLuce(2, 1);
    List<Labelled> said = new ArrayList<>();
    for (Pair pair : pairs) {
      said.add(
          new Labelled(
              label(pair),
              (scores, numbers, gradient) -> {
                double loss = 0;
                for (int answer = 0; answer < 2; answer++) {
                  double share = answer == 0 ? pair.target() : 1 - pair.target();
                  Gradient own = Gradient.zeros(2, 0);
                  loss += share * choice.loss(List.of(answer), scores, numbers, own);
                  gradient.scores()[0] += share * own.scores()[0];
                  gradient.scores()[1] += share * own.scores()[1];
                }
                return loss;
              }));
    }
    return new Kind(likelihood(source, new double[0]), said);
  }

  private static ItemLabel label(Pair pair) {
    Pair.Origins origins = pair.origins();
    Item item =
        new Item(
            pair.pair(),
            pair.prompt(),
            List.of(pair.chosen(), pair.rejected()),
            List.of(pair.chosenFinished(), pair.rejectedFinished()),
            pair.byChance(),
            origins == null ? List.of() : List.of(origins.chosen(), origins.rejected()));
    return new ItemLabel(
        item,
        List.of(0, 1),
        List.of(),
        null,
        null,
        "",
        "",
        pair.tie() ? null : new Ranking(List.of(0, 1)),
        false,
        0,
        List.of());
  }

  private static List<Row<Said>> rows(StageContext context, LanguageModel start, List<Kind> kinds) {
    List<Exchange> exchanges = new ArrayList<>();
    kinds.forEach(
        kind -> kind.labels().forEach(said -> exchanges.addAll(said.label().item().exchanges())));
    AnswerFormat format = new AnswerFormat(start);
    List<Sequence> sequences = format.examples(exchanges);
    format.note(context);
    List<Row<Said>> rows = new ArrayList<>();
    int at = 0;
    for (int s = 0; s < kinds.size(); s++) {
      for (Labelled said : kinds.get(s).labels()) {
        int n = said.label().item().answers().size();
        rows.add(
            new Row<>(
                said.label(),
                new Said(s, said.likely()),
                List.copyOf(sequences.subList(at, at + n)),
                null));
        at += n;
      }
    }
    return rows;
  }

  /** What was learned, by the kind of feedback. */
  private record Measured(
      SeveralKinds likelihood,
      List<FittedMember> members,
      List<Row<Said>> training,
      List<Row<Said>> heldOut,
      ResponseReport.Measured by) {

    Map<String, Object> bySource(List<String> names) {
      Map<String, Object> all = new LinkedHashMap<>();
      for (int s = 0; s < names.size(); s++) {
        int source = s;
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("rows", training.stream().filter(row -> of(row, source)).count());
        HeldOutResponses own = of(heldOut.stream().filter(row -> of(row, source)).toList());
        if (own != null) {
          one.put("held_out", JsonFiles.columns(own));
        }
        all.put(names.get(s), one);
      }
      return all;
    }

    RewardMeasures.Learned learned(List<String> names) {
      Map<String, Double> rationality = new LinkedHashMap<>();
      for (int s = 0; s < names.size(); s++) {
        int source = s;
        rationality.put(
            names.get(s),
            members.stream()
                .mapToDouble(member -> likelihood.rationality(source, member.numbers()))
                .average()
                .orElseThrow());
      }
      return new RewardMeasures.Learned(null, List.of(), null, List.of(), rationality);
    }

    private static boolean of(Row<Said> row, int source) {
      return row.feedback().source() == source;
    }

    @Nullable HeldOutResponses of(List<Row<Said>> rows) {
      return rows.isEmpty()
          ? null
          : ResponseReport.of(members, likelihood, rows, LastTokenReading.PLAIN, by);
    }
  }
}
