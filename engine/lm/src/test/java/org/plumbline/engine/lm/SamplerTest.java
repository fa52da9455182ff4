package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {

  private static final RandomStream STREAM = RandomStream.of(3, RandomPurpose.ROLLOUT_TOKENS, 1);
  private static final SamplingSettings PLAIN = SamplingSettings.of(20);

  private final LanguageModel model = TestModels.micro(3);
  private final Sampler sampler = new Sampler(model);

  @AfterEach
  void close() {
    model.close();
  }

  private static List<int[]> prompts(int count) {
    return TestModels.sequences(count, 40, 64, 9).stream().map(Sequence::ids).toList();
  }

  @Test
  void cachedSamplingAgreesWithTheFullForwardPass() {
    List<int[]> prompts = prompts(20);

    List<Sample> samples = sampler.sample(prompts, PLAIN, STREAM, 0);

    List<Sequence> rows = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      rows.add(samples.get(i).after(prompts.get(i)));
    }
    Batch batch = Batch.of(rows);
    try (Scope scope = Scope.open()) {
      float[] expected = model.tokenLogProbs(batch).toFloatArray();
      Tensor sampled = batch.aligned(samples.stream().map(Sample::logProbs).toList());
      assertThat(sampled.toFloatArray()).containsExactly(expected, within(2e-5f));
    }
  }

  @Test
  void drawsComeFromTheStream() {
    List<int[]> prompts = prompts(3);
    Sample second = sampler.sample(prompts, PLAIN, STREAM, 10).get(1);
    Batch batch = Batch.of(List.of(second.after(prompts.get(1))));
    int start = prompts.get(1).length;

    try (Scope scope = Scope.open()) {
      float[] probabilities = model.logits(batch).softmax(-1).toFloatArray();
      for (int t = 0; t < second.length(); t++) {
        double[] weights = new double[64];
        for (int v = 0; v < 64; v++) {
          weights[v] = probabilities[(start - 1 + t) * 64 + v];
        }
        assertThat(STREAM.categorical(11 * 20 + t, weights)).isEqualTo(second.ids()[t]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64})
  void batchSizeChangesNoBit(int size) {
    List<int[]> prompts = prompts(70);
    List<Sample> together = sampler.sample(prompts, PLAIN, STREAM, 0);

    for (int from = 0; from < prompts.size(); from += size) {
      int to = Math.min(prompts.size(), from + size);
      List<Sample> part = sampler.sample(prompts.subList(from, to), PLAIN, STREAM, from);
      for (int i = from; i < to; i++) {
        assertThat(part.get(i - from).ids()).isEqualTo(together.get(i).ids());
        assertThat(part.get(i - from).logProbs()).isEqualTo(together.get(i).logProbs());
      }
    }
  }

  @Test
  void orderChangesNothing() {
    List<int[]> prompts = prompts(9);
    List<Sample> forward = new ArrayList<>();
    List<Sample> backward = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      forward.addAll(sampler.sample(prompts.subList(i, i + 1), PLAIN, STREAM, i));
      int last = 8 - i;
      backward.addAll(sampler.sample(prompts.subList(last, last + 1), PLAIN, STREAM, last));
    }
    Collections.reverse(backward);

    assertThat(backward.stream().map(Sample::toString).toList())
        .isEqualTo(forward.stream().map(Sample::toString).toList());
  }

  @Test
  void equalPromptsGetDifferentSamples() {
    List<int[]> same = Collections.nCopies(16, new int[] {5, 6, 7});

    List<Sample> samples = sampler.sample(same, PLAIN, STREAM, 0);

    assertThat(samples.stream().map(Sample::toString).distinct().count()).isEqualTo(16);
    Sample alone = sampler.sample(same.subList(0, 1), PLAIN, STREAM, 11).get(0);
    assertThat(samples.get(11).ids()).isEqualTo(alone.ids());
  }

  @Test
  void completionsEndAtTheEndOfText() {
    // the initial model draws the end of text about once in 64 tokens
    List<Sample> samples = sampler.sample(prompts(100), PLAIN, STREAM, 0);

    assertThat(samples).anyMatch(Sample::finished).anyMatch(s -> !s.finished());
    for (Sample sample : samples) {
      int[] ids = sample.ids();
      for (int t = 0; t < ids.length - 1; t++) {
        assertThat(ids[t]).isNotZero();
      }
      assertThat(sample.finished()).isEqualTo(ids[ids.length - 1] == 0);
      assertThat(sample.length()).isEqualTo(sample.finished() ? ids.length : 20);
    }
  }

  @Test
  void completionsStopWhereTheContextEnds() {
    int[] prompt = new int[60];
    Arrays.fill(prompt, 1);

    Sample sample = sampler.sample(List.of(prompt), PLAIN, STREAM, 0).get(0);

    assertThat(sample.length()).isEqualTo(4);
    assertThatThrownBy(() -> sampler.sample(List.of(new int[64]), PLAIN, STREAM, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sampler.sample(List.of(new int[0]), PLAIN, STREAM, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void greedyTakesTheMostLikelyToken() {
    int[] prompt = {5, 6, 7};

    Sample sample = sampler.sample(List.of(prompt), SamplingSettings.greedy(8), STREAM, 0).get(0);

    Batch batch = Batch.of(List.of(sample.after(prompt)));
    try (Scope scope = Scope.open()) {
      long[] best = model.logits(batch).argMax(-1).toLongArray();
      for (int t = 0; t < sample.length(); t++) {
        assertThat(sample.ids()[t]).isEqualTo((int) best[2 + t]);
      }
    }
    assertThat(sample.logProbs()).containsOnly(0f);
  }

  @Test
  void samplingLeavesNoTensorBehind() {
    sampler.sample(prompts(20), PLAIN, STREAM, 0);
    int before = TorchRuntime.start().liveTensors();

    for (int i = 0; i < 10; i++) {
      sampler.sample(prompts(20), PLAIN, STREAM, i);
    }

    assertThat(TorchRuntime.start().liveTensors()).isEqualTo(before);
  }
}
