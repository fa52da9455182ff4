package org.plumbline.engine.lm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One call of the sampler: prompts of similar length together, in blocks. */
final class SamplingRun {

  /** Rows that are computed together at most; more were not faster. */
  private static final int MOST_ROWS = 128;

  /** Bytes that one block may keep. */
  private static final long MOST_BYTES = 256L << 20;

  private final LanguageModel model;
  private final SamplingSettings settings;
  private final RandomStream stream;

  SamplingRun(LanguageModel model, SamplingSettings settings, RandomStream stream) {
    this.model = model;
    this.settings = settings;
    this.stream = stream;
  }

  void run(List<SampledRow> rows) {
    Map<Integer, List<SampledRow>> byLength = new TreeMap<>();
    for (SampledRow row : rows) {
      byLength.computeIfAbsent(base(row.prompt().length), n -> new ArrayList<>()).add(row);
    }
    try (SamplingScript script = SamplingScript.of(model, settings)) {
      byLength.forEach((base, group) -> inBlocks(script, base, group));
    }
  }

  private void inBlocks(SamplingScript script, int base, List<SampledRow> rows) {
    int capacity = capacity(base);
    int most = mostRows(capacity);
    for (int from = 0; from < rows.size(); from += most) {
      List<SampledRow> part = rows.subList(from, Math.min(rows.size(), from + most));
      SamplingBlock.Size size = new SamplingBlock.Size(base, capacity);
      new SamplingBlock(script, stream, size, part).run();
    }
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

  private int mostRows(int capacity) {
    ModelConfig config = model.config();
    long keysAndValues =
        2L * config.layers() * config.keyValueHeads() * config.headWidth() * capacity;
    // a row of logits lives as floats four times and as doubles once or twice
    long logits = 8L * config.vocabularySize();
    long rows = MOST_BYTES / (Float.BYTES * (keysAndValues + logits));
    long whole = rows / SamplingBlock.STEP * SamplingBlock.STEP;
    return (int) Math.max(SamplingBlock.STEP, Math.min(MOST_ROWS, whole));
  }
}
