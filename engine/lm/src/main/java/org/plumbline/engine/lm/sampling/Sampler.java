// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.failure.NonFiniteException;
import org.plumbline.engine.lm.failure.PromptException;
import org.plumbline.engine.lm.failure.SamplingStoppedException;
import org.plumbline.engine.lm.random.RandomStream;

/** Draws completions from a model. */
public final class Sampler {

  private final LanguageModel model;
  private final @Nullable LanguageModel reference;
  private final @Nullable TokenMixture mixture;
  private final BooleanSupplier stopping;

  public Sampler(LanguageModel model) {
    this(model, null, null, () -> false);
  }

  private Sampler(
      LanguageModel model,
      @Nullable LanguageModel reference,
      @Nullable TokenMixture mixture,
      BooleanSupplier stopping) {
    this.model = model;
    this.reference = reference;
    this.mixture = mixture;
    this.stopping = stopping;
  }

  /**
   * Returns a sampler that stops between two tokens, with a {@link SamplingStoppedException}, once
   * it is told to.
   *
   * @param asked says so; is asked by any thread
   */
  public Sampler stoppedBy(BooleanSupplier asked) {
    return new Sampler(model, reference, mixture, asked);
  }

  /**
   * Returns a sampler whose samples also carry the log-probabilities that another model gives to
   * the tokens drawn.
   */
  public Sampler withReference(LanguageModel other) {
    return new Sampler(model, other, mixture, stopping);
  }

  /**
   * Returns a sampler of the geometric mixture of this model and another one, token by token: the
   * log-probabilities of the two are averaged and normalised before temperature and the rest.
   *
   * @param other a model of the same architecture, sizes and tokens
   * @param share of the other model, in [0, 1]
   */
  public Sampler mixedWith(LanguageModel other, double share) {
    if (!other.config().equals(model.config())) {
      throw new IllegalArgumentException("only models of one shape can be mixed");
    }
    return new Sampler(model, reference, new TokenMixture(other, share), stopping);
  }

  /**
   * Draws one completion per prompt; for several of one prompt, repeat it: equal prompts are read
   * once.
   *
   * <p>Token t of sample i is drawn with the number of the stream at index {@code (firstSample + i)
   * * maxNewTokens + t}, and nothing that is computed for a sample depends on the others. The same
   * tokens and log-probabilities come out, bit for bit, however the work is split into calls,
   * ordered, and divided among threads, as long as the library adds up a row of a matrix product in
   * an order that does not depend on the number of rows: those tried on the CPU do. On a GPU, a
   * token can change where two are equally likely but for rounding.
   *
   * <p>A completion ends with an end token, a stop text, after {@code maxNewTokens}, or when the
   * context is full; in the last two cases it is not finished.
   *
   * @throws PromptException if a prompt is empty, has unknown ids, or leaves no room
   * @throws NonFiniteException if the model's logits are not numbers
   */
  public List<Completion> sample(
      List<int[]> prompts, SamplingSettings settings, RandomStream stream, long firstSample) {
    return sample(
        prompts,
        settings,
        stream,
        LongStream.range(firstSample, firstSample + prompts.size()).toArray());
  }

  /**
   * The same of samples that do not follow each other.
   *
   * @param numbers of each prompt's sample in the stream
   * @throws PromptException if a prompt is empty, has unknown ids, or leaves no room
   * @throws NonFiniteException if the model's logits are not numbers
   */
  public List<Completion> sample(
      List<int[]> prompts, SamplingSettings settings, RandomStream stream, long[] numbers) {
    List<SampledRow> rows = new ArrayList<>();
    StopTexts stop =
        settings.stop().isEmpty() ? null : new StopTexts(settings.stop(), model.tokenizer());
    for (int i = 0; i < prompts.size(); i++) {
      require(prompts.get(i), i, settings.maxNewTokens());
      int room = model.config().contextLength() - prompts.get(i).length;
      int most = Math.min(settings.maxNewTokens(), room);
      rows.add(new SampledRow(prompts.get(i), numbers[i], most, stop));
    }
    if (settings.maxNewTokens() > 0 && !rows.isEmpty()) {
      new SamplingRun(model, mixture, settings, stream).stoppedBy(stopping).run(rows);
    }
    List<Completion> samples = rows.stream().map(row -> row.sample(settings.stop())).toList();
    return reference == null
        ? samples
        : new ReferenceScores(reference, settings.temperature()).added(prompts, samples);
  }

  private void require(int[] prompt, int index, int maxNewTokens) {
    ModelConfig config = model.config();
    if (prompt.length == 0) {
      throw PromptException.empty(index);
    }
    if (prompt.length + Math.min(1, maxNewTokens) > config.contextLength()) {
      throw PromptException.tooLong(index, prompt.length, config.contextLength());
    }
    for (int id : prompt) {
      if (id < 0 || id >= config.vocabularySize()) {
        throw PromptException.unknownId(index, id, config.vocabularySize());
      }
    }
  }
}
