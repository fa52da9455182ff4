// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plumbline.dsl.model.reward.RewardSpec.Combine;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.store.content.Artifact;

/**
 * A fitted reward model, asked for scores: one transformer with a scalar head, or an ensemble.
 *
 * <p>Each member's score is brought to mean 0 and deviation 1 on answers of the model that it
 * started from, then the members are combined, and the result is brought to mean 0 and deviation 1
 * again. So scores of different reward models can be put side by side.
 *
 * <p>The score is read at an answer's last token, as in fitting, unless the model judges parts of
 * answers ({@link Reading}): the end token of an answer that ended by itself, and the last there is
 * of one that was cut off.
 */
public final class RewardModel implements RewardFunction {
  /** The file that says how the members are normalised and combined. */
  static final String FILE = "reward.json";

  /** The folder of the members: {@code members/0}, {@code members/1}… */
  static final String MEMBERS = "members";

  private static final int ROWS_AT_ONCE = 128;

  private final List<Member> members;
  private final List<RewardScale> scales;
  private final Combination combination;
  private final RewardScale scale;

  /** A model with a reward head, and how what it says becomes a score. */
  record Member(LanguageModel model, Reading reading) {

    /** What it says about answers and their parts, before any scaling. */
    List<PartScores.Read> read(List<Exchange> answers) {
      return PartScores.read(model, answers, reading);
    }

    /** What it says about answers, before any scaling. */
    double[] scored(List<Exchange> answers) {
      return PartScores.scores(model, answers, reading);
    }
  }

  RewardModel(
      List<Member> members, List<RewardScale> scales, Combination combination, RewardScale scale) {
    this.members = List.copyOf(members);
    this.scales = List.copyOf(scales);
    this.combination = combination;
    this.scale = scale;
  }

  /** Opens the artifact of a {@link BradleyTerry} node. */
  public static RewardModel open(Artifact reward) throws IOException {
    JsonNode file = JsonFiles.read(reward.file(FILE));
    List<Member> members = new ArrayList<>();
    List<RewardScale> scales = new ArrayList<>();
    for (JsonNode member : file.path("members")) {
      Path folder = reward.file(MEMBERS).resolve(String.valueOf(members.size()));
      members.add(new Member(LanguageModel.load(folder), Reading.of(member)));
      scales.add(RewardScale.of(member));
    }
    Combination combination =
        new Combination(
            Combine.valueOf(file.path("combine").asText().toUpperCase(Locale.ROOT)),
            file.path("uncertainty_penalty").asDouble(),
            file.path("tail").asDouble());
    return new RewardModel(members, scales, combination, RewardScale.of(file));
  }

  void write(Path folder) throws IOException {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("combine", combination.how().name().toLowerCase(Locale.ROOT));
    file.put("uncertainty_penalty", combination.uncertaintyPenalty());
    if (combination.how() == Combine.CVAR) {
      file.put("tail", combination.tail());
    }
    file.put("gain", scale.gain());
    file.put("bias", scale.bias());
    List<Map<String, Object>> each = new ArrayList<>();
    for (int m = 0; m < members.size(); m++) {
      Map<String, Object> member = scales.get(m).toMap();
      member.putAll(members.get(m).reading().columns());
      each.add(member);
    }
    file.put("members", each);
    JsonFiles.write(folder.resolve(FILE), file);
  }

  /**
   * What each member says of each answer, by the member, then by the answer: as it was fitted, so
   * that the sigmoid of a difference is the member's probability, but that the mean of each member
   * over the answers that scores are normalised on is 0.
   */
  public double[][] byMember(List<Exchange> answers) {
    double[][] byMember = new double[members.size()][];
    for (int m = 0; m < byMember.length; m++) {
      byMember[m] = scales.get(m).centred(members.get(m).scored(answers));
    }
    return byMember;
  }

  /** How many models it is made of. */
  public int members() {
    return members.size();
  }

  /** The first of its members. */
  LanguageModel first() {
    return members.get(0).model();
  }

  /** Whether all answers that it was normalised on score the same. */
  boolean constant() {
    return scales.stream().allMatch(own -> own.gain() == 1) && scale.gain() == 1;
  }

  /**
   * Scores answers; the spread is the deviation of the members' normalised scores. Where parts of
   * answers are read, each part has what the mean of the members says that it adds.
   */
  @Override
  public Scores score(List<Exchange> answers) {
    int n = answers.size();
    double[] score = new double[n];
    double[] spread = new double[n];
    List<List<PartScores.Read>> byMember = new ArrayList<>();
    members.forEach(member -> byMember.add(member.read(answers)));
    double[] one = new double[members.size()];
    List<PartRewards> parts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int m = 0; m < one.length; m++) {
        one[m] = scales.get(m).apply(byMember.get(m).get(i).score());
      }
      score[i] = scale.apply(combination.of(one));
      spread[i] = Moments.populationDeviation(one);
      parts.add(parts(byMember, i));
    }
    return new Scores(score, spread, parts);
  }

  private PartRewards parts(List<List<PartScores.Read>> byMember, int answer) {
    List<Integer> ends = byMember.get(0).get(answer).ends();
    double[] rewards = new double[ends.size()];
    for (int m = 0; m < byMember.size(); m++) {
      double[] own = byMember.get(m).get(answer).rewards();
      for (int i = 0; i < rewards.length; i++) {
        rewards[i] += scale.gain() * scales.get(m).gain() * own[i] / byMember.size();
      }
    }
    return new PartRewards(ends, rewards);
  }

  /** The only output of a model about rows of tokens, before any scaling. */
  static double[] raw(LanguageModel member, List<Sequence> rows) {
    return Arrays.stream(outputs(member, rows)).mapToDouble(outputs -> outputs[0]).toArray();
  }

  /** All that a model's head says about answers. */
  static double[][] said(LanguageModel member, List<Exchange> answers) {
    AnswerFormat format = new AnswerFormat(member);
    return outputs(member, answers.stream().map(format::example).toList());
  }

  /** All that a model's head says about rows of tokens. */
  static double[][] outputs(LanguageModel member, List<Sequence> rows) {
    int n = member.rewardOutputs();
    double[][] outputs = new double[rows.size()][n];
    for (int at = 0; at < rows.size(); at += ROWS_AT_ONCE) {
      Batch batch = Batch.of(rows.subList(at, Math.min(rows.size(), at + ROWS_AT_ONCE)));
      try (TensorScope scope = TensorScope.open()) {
        float[] part = member.score(batch).toFloatArray();
        for (int i = 0; i < part.length; i++) {
          outputs[at + i / n][i % n] = part[i];
        }
      }
    }
    return outputs;
  }

  @Override
  public void close() {
    members.forEach(member -> member.model().close());
  }
}
