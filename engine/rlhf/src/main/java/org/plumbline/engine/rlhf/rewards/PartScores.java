// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.statistics.Moments;

/** What a model says of parts of answers, each at the part's last token. */
final class PartScores {
  private static final int ROWS_AT_ONCE = 128;

  private PartScores() {}

  /**
   * What is read of an answer.
   *
   * @param score before any scaling
   * @param ends where its parts end, in characters; none where it is read as a whole
   * @param rewards what each part adds to the score
   */
  record Read(double score, List<Integer> ends, double[] rewards) {}

  /** What one model says of answers. */
  static List<Read> read(LanguageModel member, List<Exchange> answers, Reading reading) {
    if (reading instanceof LastTokenReading last) {
      return Arrays.stream(RewardModel.said(member, answers))
          .map(outputs -> new Read(last.readout().of(outputs), List.of(), new double[0]))
          .toList();
    }
    AnswerFormat format = new AnswerFormat(member);
    List<Sequence> rows = new ArrayList<>();
    List<int[]> places = new ArrayList<>();
    List<List<Integer>> ends = new ArrayList<>();
    for (Exchange answer : answers) {
      String text = answer.answer().text();
      Sequence row = format.example(answer);
      List<Integer> parts = reading.ends(text);
      int[] last = format.lastTokens(answer.prompt(), row, parts);
      boolean whole = last.length == 0;
      rows.add(row);
      places.add(whole ? new int[] {row.length() - 1} : last);
      ends.add(whole ? List.of(text.length()) : parts.subList(0, last.length));
    }
    List<double[]> said = of(member, rows, places);
    List<Read> read = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      double[] rewards = reading.rewards(said.get(i));
      read.add(new Read(reading.start() + Moments.sum(rewards), ends.get(i), rewards));
    }
    return read;
  }

  /** The scores of answers by one model. */
  static double[] scores(LanguageModel member, List<Exchange> answers, Reading reading) {
    return read(member, answers, reading).stream().mapToDouble(Read::score).toArray();
  }

  /**
   * The scores of each row's parts, part by part.
   *
   * @param places of the last tokens in their rows
   */
  static List<double[]> of(LanguageModel member, List<Sequence> rows, List<int[]> places) {
    List<double[]> scores = new ArrayList<>();
    for (int at = 0; at < rows.size(); at += ROWS_AT_ONCE) {
      int to = Math.min(rows.size(), at + ROWS_AT_ONCE);
      Batch batch = Batch.of(rows.subList(at, to));
      int[] flat = flat(batch, places.subList(at, to));
      float[] said = {};
      if (flat.length > 0) {
        try (TensorScope scope = TensorScope.open()) {
          said = member.scores(batch, flat).toFloatArray();
        }
      }
      int numbers = member.rewardOutputs();
      int from = 0;
      for (int[] own : places.subList(at, to)) {
        scores.add(doubles(Arrays.copyOfRange(said, from, from + own.length * numbers)));
        from += own.length * numbers;
      }
    }
    return scores;
  }

  /** Places in rows as places in their batch. */
  static int[] flat(Batch batch, List<int[]> places) {
    int[] flat = new int[places.stream().mapToInt(own -> own.length).sum()];
    int n = 0;
    for (int row = 0; row < places.size(); row++) {
      for (int place : places.get(row)) {
        flat[n++] = row * batch.width() + place;
      }
    }
    return flat;
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
