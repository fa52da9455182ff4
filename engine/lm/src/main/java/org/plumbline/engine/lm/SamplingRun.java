package org.plumbline.engine.lm;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plumbline.engine.lm.internal.TorchTensor;

/** One call of the sampler: prompts of similar length together, in blocks. */
final class SamplingRun {

  /** Rows that are computed together. */
  private static final int BLOCK_ROWS = 64;

  /**
   * Prompts are padded, and attention looks, in steps of this many tokens. What a row's sums run
   * over then depends on its own length only, never on its neighbours'.
   */
  private static final int LENGTH_STEP = 16;

  /**
   * Matrices have a multiple of this many rows, the last ones idle. Libraries for matrix products
   * add up in another order when there are very few rows; from 8 rows on, those tried do not.
   */
  private static final int LANE_STEP = 16;

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

  private static int lanes(int rows) {
    return (rows + LANE_STEP - 1) / LANE_STEP * LANE_STEP;
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
      finished = model.config().endsText(token);
    }

    int position() {
      return prompt.length + count - 1;
    }

    Sample sample() {
      return new Sample(Arrays.copyOf(ids, count), Arrays.copyOf(logProbs, count), finished);
    }
  }

  /** Rows that share one cache. Its number of lanes is a multiple of {@link #LANE_STEP}. */
  private final class Block {

    private final int promptLength;
    private final int capacity;
    private List<Row> rows;

    Block(List<Row> rows, int promptLength) {
      this.rows = List.copyOf(rows);
      this.promptLength = promptLength;
      this.capacity =
          Math.min(model.config().contextLength(), promptLength + settings.maxNewTokens());
    }

    void run() {
      try (Scope life = Scope.open()) {
        KeyValueCache cache;
        try (Scope step = Scope.open()) {
          cache = prefill(step);
        }
        for (int t = 1; t < settings.maxNewTokens(); t++) {
          try (Scope step = Scope.open()) {
            cache = withoutClosedRows(cache, step);
            if (rows.isEmpty()) {
              return;
            }
            drawAll(model.logits(decode(cache, t)));
          }
        }
      }
    }

    /** Reads each different prompt once, draws the first tokens, and gives every row its lane. */
    private KeyValueCache prefill(Scope step) {
      Map<IntBuffer, Integer> lanes = new LinkedHashMap<>();
      long[] laneOf = new long[lanes(rows.size())];
      for (int r = 0; r < rows.size(); r++) {
        IntBuffer prompt = IntBuffer.wrap(rows.get(r).prompt);
        laneOf[r] = lanes.computeIfAbsent(prompt, p -> lanes.size());
      }
      int n = lanes(lanes.size());
      long[] ids = new long[n * promptLength];
      long[] last = new long[n];
      lanes.forEach(
          (prompt, lane) -> {
            for (int t = 0; t < prompt.limit(); t++) {
              ids[lane * promptLength + t] = prompt.get(t);
            }
            last[lane] = (long) lane * promptLength + prompt.limit() - 1;
          });
      KeyValueCache distinct = KeyValueCache.empty(model.weights(), n, capacity);
      TorchTensor hidden =
          model
              .architecture()
              .prefill(
                  model.weights(),
                  TorchTensor.longs(ids, n, promptLength),
                  TorchTensor.longs(last, n),
                  distinct);
      TorchTensor lane = TorchTensor.longs(laneOf, laneOf.length);
      drawAll(model.logits(hidden).indexSelect(0, lane));
      return kept(distinct.rows(lane), step);
    }

    private TorchTensor decode(KeyValueCache cache, int t) {
      int extent = Math.min(capacity, padded(promptLength + t + 1));
      int n = lanes(rows.size());
      long[] ids = new long[n];
      long[] positions = new long[n];
      float[] mask = new float[n * extent];
      for (int r = 0; r < rows.size(); r++) {
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

    private void drawAll(TorchTensor logits) {
      float[] numbers = chooser.read(logits);
      int size = model.config().vocabularySize();
      for (int r = 0; r < rows.size(); r++) {
        if (rows.get(r).open()) {
          rows.get(r).draw(chooser.distribution(numbers, r * size, size));
        }
      }
    }

    /** Drops closed rows as soon as fewer lanes do. */
    private KeyValueCache withoutClosedRows(KeyValueCache cache, Scope step) {
      List<Row> open = rows.stream().filter(Row::open).toList();
      if (!open.isEmpty() && lanes(open.size()) == lanes(rows.size())) {
        return cache;
      }
      long[] lanes = new long[lanes(open.size())];
      int n = 0;
      for (int r = 0; r < rows.size(); r++) {
        if (rows.get(r).open()) {
          lanes[n++] = r;
        }
      }
      rows = open;
      return open.isEmpty()
          ? cache
          : kept(cache.rows(TorchTensor.longs(lanes, lanes.length)), step);
    }

    private KeyValueCache kept(KeyValueCache cache, Scope step) {
      cache.all().forEach(tensor -> step.release(new Tensor(tensor)));
      return cache;
    }
  }
}
