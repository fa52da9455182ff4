// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.tensor.TensorScope;

/** Scores drawn tokens under a reference model, in one pass over whole completions. */
final class ReferenceScores {

  /** Tokens that are scored at once. */
  private static final int MOST_TOKENS = 1 << 12;

  private final LanguageModel reference;
  private final double temperature;

  /** Temperature 0 stands for greedy sampling, whose tokens are scored at 1. */
  ReferenceScores(LanguageModel reference, double temperature) {
    this.reference = reference;
    this.temperature = temperature == 0 ? 1 : temperature;
  }

  List<Completion> added(List<int[]> prompts, List<Completion> samples) {
    List<Integer> order =
        IntStream.range(0, samples.size())
            .boxed()
            .sorted(Comparator.comparing(i -> prompts.get(i).length + samples.get(i).length()))
            .toList();
    List<Completion> scored = new ArrayList<>(samples);
    int at = 0;
    while (at < order.size()) {
      int to = at + 1;
      while (to < order.size()
          && (to + 1 - at) * length(prompts, samples, order.get(to)) <= MOST_TOKENS) {
        to++;
      }
      score(prompts, scored, order.subList(at, to));
      at = to;
    }
    return scored;
  }

  private static int length(List<int[]> prompts, List<Completion> samples, int i) {
    return prompts.get(i).length + samples.get(i).length();
  }

  private void score(List<int[]> prompts, List<Completion> samples, List<Integer> rows) {
    List<Integer> real = rows.stream().filter(i -> samples.get(i).length() > 0).toList();
    rows.stream()
        .filter(i -> samples.get(i).length() == 0)
        .forEach(i -> samples.set(i, samples.get(i).withReference(new float[0])));
    if (real.isEmpty()) {
      return;
    }
    Batch batch = Batch.of(real.stream().map(i -> samples.get(i).after(prompts.get(i))).toList());
    try (TensorScope scope = TensorScope.open()) {
      float[] all = reference.tokenLogProbs(batch, temperature).toFloatArray();
      for (int r = 0; r < real.size(); r++) {
        int i = real.get(r);
        int start = r * (batch.width() - 1) + prompts.get(i).length - 1;
        float[] own = Arrays.copyOfRange(all, start, start + samples.get(i).length());
        samples.set(i, samples.get(i).withReference(own));
      }
    }
  }
}
