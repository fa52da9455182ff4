// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.TestModels;
import org.plumbline.engine.lm.TokenScores;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.failure.NonFiniteException;
import org.plumbline.engine.lm.failure.PromptException;
import org.plumbline.engine.lm.failure.SamplingStoppedException;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.lm.tensor.TorchRuntime;

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
  void samplingStopsBetweenTwoTokensAndIsTheSameWhenItIsNotToldTo() {
    List<int[]> prompts = prompts(3);
    List<List<Integer>> undisturbed = ids(sampler.sample(prompts, PLAIN, STREAM, 0));
    AtomicInteger asked = new AtomicInteger();
    Sampler stopped = sampler.stoppedBy(() -> asked.incrementAndGet() == 4);
    int tensors = TorchRuntime.start().liveTensors();

    assertThatThrownBy(() -> stopped.sample(prompts, PLAIN, STREAM, 0))
        .isInstanceOf(SamplingStoppedException.class);

    assertThat(TorchRuntime.start().liveTensors()).isEqualTo(tensors);
    assertThat(ids(sampler.stoppedBy(() -> false).sample(prompts, PLAIN, STREAM, 0)))
        .isEqualTo(undisturbed);
  }

  private static List<List<Integer>> ids(List<Completion> samples) {
    return samples.stream().map(sample -> Arrays.stream(sample.ids()).boxed().toList()).toList();
  }

  @Test
  void cachedSamplingAgreesWithTheFullForwardPass() {
    List<int[]> prompts = prompts(20);

    List<Completion> samples = sampler.sample(prompts, PLAIN, STREAM, 0);

    List<Sequence> rows = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      rows.add(samples.get(i).after(prompts.get(i)));
    }
    Batch batch = Batch.of(rows);
    try (TensorScope scope = TensorScope.open()) {
      float[] expected = model.tokenLogProbs(batch).toFloatArray();
      Tensor sampled = batch.aligned(samples.stream().map(Completion::logProbs).toList());
      assertThat(sampled.toFloatArray()).containsExactly(expected, within(2e-5f));
    }
  }

  /** With every setting that changes probabilities off, token by token. */
  @ParameterizedTest
  @ValueSource(doubles = {0, .3, 1})
  void aMixtureIsTheGeometricMeanOfTwoModels(double share) {
    List<int[]> prompts = prompts(20);
    try (LanguageModel other = TestModels.micro(4)) {
      List<Completion> samples =
          sampler.mixedWith(other, share).sample(prompts, PLAIN.withTemperature(.8), STREAM, 0);

      List<Sequence> rows = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        rows.add(samples.get(i).after(prompts.get(i)));
      }
      for (int i = 0; i < rows.size(); i++) {
        Batch batch = Batch.of(List.of(rows.get(i)));
        try (TensorScope scope = TensorScope.open()) {
          Tensor mixed =
              model
                  .logits(batch)
                  .logSoftmax(-1)
                  .mul((float) (1 - share))
                  .add(other.logits(batch).logSoftmax(-1).mul((float) share));
          float[] expected = mixed.div(.8f).logSoftmax(-1).toFloatArray();
          int[] ids = samples.get(i).ids();
          for (int t = 0; t < ids.length; t++) {
            int place = prompts.get(i).length - 1 + t;
            assertThat(samples.get(i).logProbs()[t])
                .isCloseTo(expected[place * 64 + ids[t]], within(3e-5f));
          }
        }
      }
      List<Completion> alone =
          (share == 1 ? new Sampler(other) : sampler)
              .sample(prompts, PLAIN.withTemperature(.8), STREAM, 0);
      boolean same = true;
      for (int i = 0; i < alone.size(); i++) {
        same &= Arrays.equals(alone.get(i).ids(), samples.get(i).ids());
      }
      assertThat(same).isEqualTo(share == 0 || share == 1);
    }
  }

  @Test
  void onlyModelsOfOneShapeAreMixed() {
    try (LanguageModel other = TestModels.tinyLlama(3)) {
      assertThatThrownBy(() -> sampler.mixedWith(other, .5))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void drawsComeFromTheStream() {
    List<int[]> prompts = prompts(3);
    Completion second = sampler.sample(prompts, PLAIN, STREAM, 10).get(1);
    Batch batch = Batch.of(List.of(second.after(prompts.get(1))));
    int start = prompts.get(1).length;

    try (TensorScope scope = TensorScope.open()) {
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
    List<Completion> together = sampler.sample(prompts, PLAIN, STREAM, 0);

    for (int from = 0; from < prompts.size(); from += size) {
      int to = Math.min(prompts.size(), from + size);
      List<Completion> part = sampler.sample(prompts.subList(from, to), PLAIN, STREAM, from);
      for (int i = from; i < to; i++) {
        assertThat(part.get(i - from).ids()).isEqualTo(together.get(i).ids());
        assertThat(part.get(i - from).logProbs()).isEqualTo(together.get(i).logProbs());
      }
    }
  }

  @Test
  void severalThreadsChangeNoBit() {
    List<int[]> prompts = prompts(70);
    List<Completion> one = sampler.sample(prompts, PLAIN, STREAM, 0);
    List<SampledRow> rows = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      rows.add(new SampledRow(prompts.get(i), i, 20, null));
    }

    new SamplingRun(model, null, PLAIN, STREAM, 3).run(rows);

    for (int i = 0; i < 70; i++) {
      Completion sample = rows.get(i).sample(List.of());
      assertThat(sample.ids()).isEqualTo(one.get(i).ids());
      assertThat(sample.logProbs()).isEqualTo(one.get(i).logProbs());
    }
  }

  @Test
  void aFailureInOneThreadReachesTheCaller() {
    try (LanguageModel broken = TestModels.micro(3);
        TensorScope scope = TensorScope.open()) {
      float[] nan = new float[64];
      Arrays.fill(nan, Float.NaN);
      broken.parameters().get("transformer.ln_f.bias").torch().assign(Tensor.of(nan).torch());
      List<SampledRow> rows = new ArrayList<>();
      prompts(70).forEach(prompt -> rows.add(new SampledRow(prompt, 0, 4, null)));

      assertThatThrownBy(() -> new SamplingRun(broken, null, PLAIN, STREAM, 2).run(rows))
          .isInstanceOf(NonFiniteException.class);
    }
  }

  @Test
  void orderChangesNothing() {
    List<int[]> prompts = prompts(9);
    List<Completion> forward = new ArrayList<>();
    List<Completion> backward = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      forward.addAll(sampler.sample(prompts.subList(i, i + 1), PLAIN, STREAM, i));
      int last = 8 - i;
      backward.addAll(sampler.sample(prompts.subList(last, last + 1), PLAIN, STREAM, last));
    }
    Collections.reverse(backward);

    assertThat(backward.stream().map(Completion::toString).toList())
        .isEqualTo(forward.stream().map(Completion::toString).toList());
  }

  @Test
  void equalPromptsGetDifferentSamples() {
    List<int[]> same = Collections.nCopies(16, new int[] {5, 6, 7});

    List<Completion> samples = sampler.sample(same, PLAIN, STREAM, 0);

    assertThat(samples.stream().map(Completion::toString).distinct().count()).isEqualTo(16);
    Completion alone = sampler.sample(same.subList(0, 1), PLAIN, STREAM, 11).get(0);
    assertThat(samples.get(11).ids()).isEqualTo(alone.ids());
  }

  /**
   * Prompts that are read in one native call or by blocks of keys, and groups that blocks divide.
   */
  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama"})
  void groupsOfAnswersAreThoseToThePromptsAlone(String family) {
    try (LanguageModel wide = TestModels.wide(family)) {
      Sampler grouped = new Sampler(wide);
      List<int[]> prompts = new ArrayList<>();
      for (int length : new int[] {3, 16, 70, 200}) {
        int[] prompt = new int[length];
        Arrays.setAll(prompt, t -> 1 + (t * 7 + length) % 63);
        prompts.addAll(Collections.nCopies(9, prompt));
      }
      List<SampledRow> rows = new ArrayList<>();
      for (int i = 0; i < prompts.size(); i++) {
        rows.add(new SampledRow(prompts.get(i), i, 20, null));
      }

      List<Completion> together = grouped.sample(prompts, PLAIN, STREAM, 0);
      new SamplingRun(wide, null, PLAIN, STREAM, 2).run(rows);

      for (int i = 0; i < prompts.size(); i++) {
        Completion alone = grouped.sample(prompts.subList(i, i + 1), PLAIN, STREAM, i).get(0);
        Completion divided = rows.get(i).sample(List.of());
        assertThat(together.get(i).ids()).as("answer " + i).isEqualTo(alone.ids());
        assertThat(together.get(i).logProbs()).as("answer " + i).isEqualTo(alone.logProbs());
        assertThat(divided.ids()).as("answer " + i).isEqualTo(alone.ids());
        assertThat(divided.logProbs()).as("answer " + i).isEqualTo(alone.logProbs());
      }
    }
  }

  @Test
  void completionsEndAtTheEndOfText() {
    // the initial model draws the end of text about once in 64 tokens
    List<Completion> samples = sampler.sample(prompts(100), PLAIN, STREAM, 0);

    assertThat(samples).anyMatch(Completion::finished).anyMatch(s -> !s.finished());
    for (Completion sample : samples) {
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

    Completion sample = sampler.sample(List.of(prompt), PLAIN, STREAM, 0).get(0);

    assertThat(sample.length()).isEqualTo(4);
    assertThat(sample.finished()).isFalse();
  }

  @Test
  void promptsThatNothingCanFollowAreRefused() {
    List<int[]> long64 = List.of(new int[] {1}, new int[64]);

    assertThatThrownBy(() -> sampler.sample(long64, PLAIN, STREAM, 0))
        .isInstanceOf(PromptException.class)
        .hasMessage("prompt 1 has 64 tokens, which leaves no room in a context of 64; cut it");
    assertThatThrownBy(() -> sampler.sample(List.of(new int[0]), PLAIN, STREAM, 0))
        .isInstanceOf(PromptException.class)
        .hasMessageContaining("no tokens");
    assertThatThrownBy(() -> sampler.sample(List.of(new int[] {64}), PLAIN, STREAM, 0))
        .isInstanceOf(PromptException.class)
        .hasMessageContaining("the id 64");
    assertThat(sampler.sample(List.of(), PLAIN, STREAM, 0)).isEmpty();
  }

  @Test
  void noNewTokensAreNoTokens() {
    Completion none =
        sampler.sample(List.of(new int[64]), SamplingSettings.of(0), STREAM, 0).get(0);

    assertThat(none.ids()).isEmpty();
    assertThat(none.finished()).isFalse();
  }

  @Test
  void greedyTakesTheMostLikelyToken() {
    int[] prompt = {5, 6, 7};

    Completion sample =
        sampler.sample(List.of(prompt), SamplingSettings.greedy(8), STREAM, 0).get(0);

    Batch batch = Batch.of(List.of(sample.after(prompt)));
    try (TensorScope scope = TensorScope.open()) {
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

  @Test
  void neighboursOfOtherLengthsChangeNoBit() {
    List<int[]> prompts = new ArrayList<>();
    for (int length = 1; length < 64; length++) {
      int[] prompt = new int[length];
      Arrays.setAll(prompt, t -> 1 + (t * 7 + prompt.length) % 63);
      prompts.add(prompt);
    }
    List<Completion> together = sampler.sample(prompts, PLAIN, STREAM, 0);

    for (int i = 0; i < prompts.size(); i += 3) {
      Completion alone = sampler.sample(prompts.subList(i, i + 1), PLAIN, STREAM, i).get(0);
      assertThat(alone.ids()).isEqualTo(together.get(i).ids());
      assertThat(alone.logProbs()).isEqualTo(together.get(i).logProbs());
    }
  }

  @Test
  void allSettingsDrawFromTheDistributionThatTheyDescribe() {
    SamplingSettings all =
        PLAIN
            .withTemperature(0.8)
            .withTopK(30)
            .withTopP(0.9)
            .withMinP(0.05)
            .withRepetitionPenalty(1.3);
    List<int[]> prompts = prompts(20);
    Completion drawn = sampler.sample(prompts, all, STREAM, 0).get(2);
    int[] prompt = prompts.get(2);
    int[] ids = drawn.after(prompt).ids();

    try (TensorScope scope = TensorScope.open()) {
      TorchTensor logits = model.logits(Batch.of(List.of(drawn.after(prompt)))).torch();
      for (int t = 0; t < drawn.length(); t++) {
        int seen = prompt.length + t;
        long[] context = Arrays.stream(ids).limit(seen).asLongStream().toArray();
        TorchTensor now = logits.narrow(1, seen - 1, 1).reshape(1, 64);
        float[] p =
            SamplingScript.distribution(now, TorchTensor.longs(context, 1, seen), all).toFloats();
        float[] own = now.mul(1 / 0.8).logSoftmax(-1).toFloats();
        assertThat(drawn.logProbs()[t]).isCloseTo((float) Math.log(p[ids[seen]]), within(1e-4f));
        assertThat(drawn.modelLogProbs()[t]).isCloseTo(own[ids[seen]], within(1e-4f));
        assertThat(drawn.entropies()[t]).isCloseTo(entropy(own), within(1e-4f));
      }
    }
    for (int i = 0; i < 20; i += 7) {
      Completion alone = sampler.sample(prompts.subList(i, i + 1), all, STREAM, i).get(0);
      assertThat(alone.ids()).isEqualTo(sampler.sample(prompts, all, STREAM, 0).get(i).ids());
    }
  }

  private static float entropy(float[] logProbs) {
    double sum = 0;
    for (float each : logProbs) {
      sum -= Math.exp(each) * each;
    }
    return (float) sum;
  }

  @Test
  void whatTheModelSaysWhileItDrawsIsWhatAPassReads() {
    List<int[]> prompts = prompts(30);
    for (double temperature : new double[] {1, 0.7}) {
      SamplingSettings settings = PLAIN.withTemperature(temperature);
      List<Completion> samples = sampler.sample(prompts, settings, STREAM, 0);
      for (int i = 0; i < prompts.size(); i++) {
        Batch batch = Batch.of(List.of(samples.get(i).after(prompts.get(i))));
        try (TensorScope scope = TensorScope.open()) {
          TokenScores read = model.tokenScores(batch, temperature);
          int from = prompts.get(i).length - 1;
          assertThat(samples.get(i).modelLogProbs())
              .containsExactly(from(read.logProbs().toFloatArray(), from), within(2e-5f));
          assertThat(samples.get(i).entropies())
              .containsExactly(from(read.entropy().toFloatArray(), from), within(2e-5f));
        }
      }
    }
    Completion greedy = sampler.sample(prompts, PLAIN.withTemperature(0), STREAM, 0).get(0);
    assertThat(greedy.entropies()).containsOnly(0f);
  }

  private static float[] from(float[] all, int first) {
    return Arrays.copyOfRange(all, first, all.length);
  }

  @Test
  void theReferencesLogProbabilitiesComeWithTheTokens() {
    List<int[]> prompts = prompts(30);
    SamplingSettings warm = PLAIN.withTemperature(1.5);
    try (LanguageModel reference = TestModels.micro(4)) {
      List<Completion> samples = sampler.withReference(reference).sample(prompts, warm, STREAM, 0);
      List<Completion> own = sampler.withReference(model).sample(prompts, warm, STREAM, 0);

      for (int i = 0; i < prompts.size(); i++) {
        assertThat(own.get(i).referenceLogProbs())
            .containsExactly(own.get(i).modelLogProbs(), within(2e-5f));
        Batch batch = Batch.of(List.of(samples.get(i).after(prompts.get(i))));
        try (TensorScope scope = TensorScope.open()) {
          float[] all = reference.tokenLogProbs(batch, 1.5).toFloatArray();
          int from = prompts.get(i).length - 1;
          assertThat(samples.get(i).referenceLogProbs())
              .containsExactly(Arrays.copyOfRange(all, from, all.length), within(2e-5f));
        }
      }
    }
    assertThatThrownBy(() -> sampler.sample(prompts, PLAIN, STREAM, 0).get(0).referenceLogProbs())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void logitsThatAreNotNumbersAreReported() {
    try (LanguageModel broken = TestModels.micro(3);
        TensorScope scope = TensorScope.open()) {
      float[] nan = new float[64];
      Arrays.fill(nan, Float.NaN);
      broken.parameters().get("transformer.ln_f.bias").torch().assign(Tensor.of(nan).torch());

      for (SamplingSettings each :
          List.of(PLAIN, SamplingSettings.greedy(3), PLAIN.withTopP(0.5), PLAIN.withTopK(3))) {
        assertThatThrownBy(() -> new Sampler(broken).sample(prompts(2), each, STREAM, 0))
            .isInstanceOf(NonFiniteException.class);
      }
    }
  }
}
