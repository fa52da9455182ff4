// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.internal.Workers;
import org.plumbline.engine.lm.random.RandomStream;

/** One call of the sampler: prompts of similar length together, in blocks. */
final class SamplingRun {

  /** Rows that are computed together at most; more were not faster. */
  private static final int MOST_ROWS = 128;

  /** Parameters of a model whose every operation is too small to be divided among threads. */
  private static final long MOST_LIGHT = 16L << 20;

  /** With more, oneDNN may divide sums among threads, in another way for other numbers of rows. */
  private static final int MOST_THREADS_EACH = 4;

  /** Bytes that the blocks in work may keep. */
  private static final long MOST_BYTES = 256L << 20;

  private final LanguageModel model;
  private final @Nullable TokenMixture mixture;
  private final SamplingSettings settings;
  private final RandomStream stream;
  private final int threads;
  private BooleanSupplier stop = () -> false;

  /** A run that uses the cores that are free. */
  SamplingRun(
      LanguageModel model,
      @Nullable TokenMixture mixture,
      SamplingSettings settings,
      RandomStream stream) {
    this(model, mixture, settings, stream, Workers.threads());
  }

  SamplingRun(
      LanguageModel model,
      @Nullable TokenMixture mixture,
      SamplingSettings settings,
      RandomStream stream,
      int threads) {
    this.model = model;
    this.mixture = mixture;
    this.settings = settings;
    this.stream = stream;
    this.threads = threads;
  }

  /** Stops between two tokens once it is told to. */
  SamplingRun stoppedBy(BooleanSupplier asked) {
    stop = asked;
    return this;
  }

  void run(List<SampledRow> rows) {
    Map<Integer, List<SampledRow>> byLength = new TreeMap<>();
    for (SampledRow row : rows) {
      byLength.computeIfAbsent(base(row.prompt().length), n -> new ArrayList<>()).add(row);
    }
    int threadsEach = model.parameters().count() <= MOST_LIGHT ? 1 : MOST_THREADS_EACH;
    int workers = Math.max(1, threads / threadsEach);
    try (SamplingScript script = SamplingScript.of(model, mixture, settings)) {
      List<Runnable> blocks = new ArrayList<>();
      byLength.forEach(
          (base, group) ->
              inBlocks(new SamplingBlock.Size(base, capacity(base)), group, workers)
                  .forEach(part -> blocks.add(block(script, base, part))));
      Workers.run(blocks, workers, threadsEach);
    }
  }

  private Runnable block(SamplingScript script, int base, List<SampledRow> part) {
    SamplingBlock.Size size = new SamplingBlock.Size(base, capacity(base));
    return new SamplingBlock(script, stream, size, part).stoppedBy(stop)::run;
  }

  /** As equal parts as fit, at least one for every worker. */
  private List<List<SampledRow>> inBlocks(
      SamplingBlock.Size size, List<SampledRow> rows, int workers) {
    int most = mostRows(size.capacity(), workers);
    int parts = (rows.size() + most - 1) / most;
    int even = (parts + workers - 1) / workers * workers;
    int length = SamplingBlock.lanes((rows.size() + even - 1) / even);
    List<List<SampledRow>> blocks = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += length) {
      blocks.add(rows.subList(from, Math.min(rows.size(), from + length)));
    }
    return blocks;
  }

  /**
   * Rows are computed together if their prompts' lengths have the same base: the least of 16, 32,
   * 64, ... that holds them. How many keys attention goes over then depends on a row's own length.
   */
  private int base(int length) {
    int base = SamplingBlock.STEP;
    while (base < length) {
      base *= 2;
    }
    return Math.min(base, SamplingBlock.stepped(model.config().contextLength()));
  }

  private int capacity(int base) {
    long longest = (long) base + settings.maxNewTokens();
    return SamplingBlock.stepped((int) Math.min(longest, model.config().contextLength()));
  }

  private int mostRows(int capacity, int workers) {
    ModelConfig config = model.config();
    long keysAndValues =
        2L * config.layers() * config.keyValueHeads() * config.headWidth() * capacity;
    // a row of logits lives as floats four times and as doubles once or twice
    long logits = 8L * config.vocabularySize();
    long each = Float.BYTES * (keysAndValues + logits) * (mixture == null ? 1 : 2);
    long rows = MOST_BYTES / workers / each;
    return (int) Math.max(SamplingBlock.LANE_STEP, Math.min(MOST_ROWS, rows));
  }
}
