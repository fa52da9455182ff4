package org.plumbline.engine.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plumbline.engine.lm.internal.TorchTensor;

/** One call of the sampler: prompts of similar length together, in blocks. */
final class SamplingRun {

  /** Rows that are computed together. */
  private static final int BLOCK_ROWS = 64;

  /**
   * Prompts are padded, and attention looks, in steps of this many tokens. What a row's sums run over
   * then depends on its own length only, never on its neighbours'.
   */
  private static final int LENGTH_STEP = 16;

  private final LanguageModel model;
  private final SamplingSettings settings;
  private final RandomStream stream;
  private final TokenChooser chooser;

  SamplingRun(LanguageModel model, SamplingSettings settings, RandomStream stream) {
    this.model = model;
    this.settings = settings;
    this.stream = stream;
    this.chooser = new TokenChooser(settings);
  }

  List<Sample> run(List<int[]> prompts, long firstSample) {
    Map<Integer, List<Row>> byLength = new TreeMap<>();
    List<Row> all = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      Row row = new Row(prompts.get(i), firstSample + i);
      all.add(row);
      byLength.computeIfAbsent(padded(row.prompt.length), n -> new ArrayList<>()).add(row);
    }
    byLength.forEach(
        (length, rows) -> {
          for (int from = 0; from < rows.size(); from += BLOCK_ROWS) {
            new Block(rows.subList(from, Math.min(rows.size(), from + BLOCK_ROWS)), length).run();
          }
        });
    return all.stream().map(Row::sample).toList();
  }

  private int padded(int length) {
    return Math.min(
        model.config().contextLength(), (length + LENGTH_STEP - 1) / LENGTH_STEP * LENGTH_STEP);
  }

  /** A prompt and what has been drawn after it. */
  private final class Row {
    final int[] prompt;
    final long sample;
    final int[] ids;
    final float[] logProbs;
    int count;
    boolean finished;

    Row(int[] prompt, long sample) {
      int room = model.config().contextLength() - prompt.length;
      if (prompt.length == 0 || room < 1) {
        throw new IllegalArgumentException(
            "a prompt of %d tokens leaves no room in a context of %d"
                .formatted(prompt.length, model.config().contextLength()));
      }
      this.prompt = prompt;
      this.sample = sample;
      this.ids = new int[Math.min(settings.maxNewTokens(), room)];
      this.logProbs = new float[ids.length];
    }

    boolean open() {
      return !finished && count < ids.length;
    }

    void draw(TokenChooser.Distribution distribution) {
      double u = stream.uniform(sample * settings.maxNewTokens() + count);
      int token = distribution.choose(u);
      ids[count] = token;
      logProbs[count] = (float) distribution.logProb(token);
      count++;
      finished = token == model.config().endOfText();
    }

    int position() {
      return prompt.length + count - 1;
    }

    Sample sample() {
      return new Sample(Arrays.copyOf(ids, count), Arrays.copyOf(logProbs, count), finished);
    }
  }

  /** Rows that share one cache. */
  private final class Block {

    private final int promptLength;
    private final int capacity;
    private List<Row> rows;

    Block(List<Row> rows, int promptLength) {
      this.rows = List.copyOf(rows);
      this.promptLength = promptLength;
      this.capacity = Math.min(model.config().contextLength(), promptLength + settings.maxNewTokens());
    }

    void run() {
      try (Scope life = Scope.open()) {
        KeyValueCache cache = KeyValueCache.empty(model.config(), rows.size(), capacity);
        try (Scope step = Scope.open()) {
          drawAll(prefill(cache));
        }
        for (int t = 1; t < settings.maxNewTokens(); t++) {
          try (Scope step = Scope.open()) {
            cache = withoutClosedRows(cache, step);
            if (rows.isEmpty()) {
              return;
            }
            drawAll(decode(cache, t));
          }
        }
      }
    }

    private TorchTensor prefill(KeyValueCache cache) {
      long[] ids = new long[rows.size() * promptLength];
      long[] last = new long[rows.size()];
      for (int r = 0; r < last.length; r++) {
        int[] prompt = rows.get(r).prompt;
        for (int t = 0; t < prompt.length; t++) {
          ids[r * promptLength + t] = prompt[t];
        }
        last[r] = (long) r * promptLength + prompt.length - 1;
      }
      return model
          .architecture()
          .prefill(
              model.weights(),
              TorchTensor.longs(ids, last.length, promptLength),
              TorchTensor.longs(last, last.length),
              cache);
    }

    private TorchTensor decode(KeyValueCache cache, int t) {
      int extent = Math.min(capacity, padded(promptLength + t + 1));
      int n = rows.size();
      long[] ids = new long[n];
      long[] positions = new long[n];
      float[] mask = new float[n * extent];
      for (int r = 0; r < n; r++) {
        Row row = rows.get(r);
        ids[r] = row.ids[row.count - 1];
        positions[r] = row.position();
        Arrays.fill(
            mask, r * extent + row.position() + 1, (r + 1) * extent, Float.NEGATIVE_INFINITY);
      }
      Architecture.DecodeStep step =
          new Architecture.DecodeStep(
              TorchTensor.longs(ids, n),
              TorchTensor.longs(positions, n),
              extent,
              TorchTensor.floats(mask, n, 1, 1, extent));
      return model.architecture().decode(model.weights(), step, cache);
    }

    private void drawAll(TorchTensor hidden) {
      float[] numbers = chooser.read(model.logits(hidden));
      int size = numbers.length / rows.size();
      for (int r = 0; r < rows.size(); r++) {
        if (rows.get(r).open()) {
          rows.get(r).draw(chooser.distribution(numbers, r * size, size));
        }
      }
    }

    /** Drops closed rows once they are a quarter of the block; copying the cache has its price too. */
    private KeyValueCache withoutClosedRows(KeyValueCache cache, Scope step) {
      List<Row> open = rows.stream().filter(Row::open).toList();
      if (open.size() > rows.size() * 3 / 4 && !open.isEmpty()) {
        return cache;
      }
      long[] kept =
          java.util.stream.IntStream.range(0, rows.size())
              .filter(r -> rows.get(r).open())
              .asLongStream()
              .toArray();
      rows = open;
      if (open.isEmpty()) {
        return cache;
      }
      KeyValueCache smaller = cache.rows(TorchTensor.longs(kept, kept.length));
      smaller.all().forEach(tensor -> step.release(new Tensor(tensor)));
      return smaller;
    }
  }
}
