// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.sampling;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.plumbline.engine.lm.failure.NonFiniteException;
import org.plumbline.engine.lm.failure.SamplingStoppedException;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * Rows that share one cache of keys and values. Its number of lanes is a multiple of {@link
 * #LANE_STEP}, the last ones idle; closed rows leave as soon as fewer lanes do.
 */
final class SamplingBlock {

  /** Attention goes over a multiple of this many keys. */
  static final int STEP = 16;

  /**
   * Matrices have a multiple of this many rows: libraries for matrix products add up in another
   * order when there are very few.
   */
  static final int LANE_STEP = 8;

  /** Prompt tokens that are read at once. */
  private static final int MOST_READ = 1 << 14;

  private final SamplingScript script;
  private final RandomStream stream;
  private final Size size;
  private List<SampledRow> rows;
  private int drawn;
  private BooleanSupplier stop = () -> false;

  /**
   * Lengths in tokens, all of them multiples of {@link #STEP}.
   *
   * @param base no prompt is longer
   * @param capacity room in the cache
   */
  record Size(int base, int capacity) {}

  SamplingBlock(SamplingScript script, RandomStream stream, Size size, List<SampledRow> rows) {
    this.script = script;
    this.stream = stream;
    this.size = size;
    this.rows = List.copyOf(rows);
  }

  /** Stops between two tokens once it is told to. */
  SamplingBlock stoppedBy(BooleanSupplier asked) {
    stop = asked;
    return this;
  }

  static int stepped(int n) {
    return (n + STEP - 1) / STEP * STEP;
  }

  static int lanes(int rows) {
    return (rows + LANE_STEP - 1) / LANE_STEP * LANE_STEP;
  }

  void run() {
    SamplingScript.Cache cache = start();
    try {
      while (true) {
        List<SampledRow> open = rows.stream().filter(SampledRow::open).toList();
        if (open.isEmpty()) {
          return;
        }
        if (stop.getAsBoolean()) {
          throw new SamplingStoppedException();
        }
        if (lanes(open.size()) < lanes(rows.size())) {
          SamplingScript.Cache smaller = only(open, cache);
          cache.close();
          cache = smaller;
        }
        try (TensorScope step = TensorScope.open()) {
          int extent = Math.min(size.capacity, stepped(size.base + drawn));
          take(script.next(steps(), extent, cache));
        }
      }
    } finally {
      cache.close();
    }
  }

  /** Reads each different prompt once, gives every row its lane, and draws the first tokens. */
  private SamplingScript.Cache start() {
    try (TensorScope scope = TensorScope.open()) {
      int n = lanes(rows.size());
      SamplingScript.Cache cache = script.emptyCache(n, size.capacity, context(n));
      try {
        long[] laneOf = new long[n];
        SamplingScript.Hidden hidden = readPrompts(new Lanes(cache, n, laneOf));
        take(script.first(hidden, TorchTensor.longs(laneOf, n), steps(), cache));
        return cache;
      } catch (RuntimeException e) {
        cache.close();
        throw e;
      }
    }
  }

  /** Each row's tokens, filled up with its first one; empty if nobody asks for them. */
  private TorchTensor context(int n) {
    int width = script.penalises() ? size.capacity : 0;
    long[] ids = new long[n * width];
    for (int r = 0; r < rows.size(); r++) {
      int[] prompt = rows.get(r).prompt();
      for (int t = 0; t < width; t++) {
        ids[r * width + t] = prompt[t < prompt.length ? t : 0];
      }
    }
    return TorchTensor.longs(ids, n, width);
  }

  /** Where prompts are read to: a cache of n lanes; whose hidden state is each lane's. */
  private record Lanes(SamplingScript.Cache cache, int n, long[] laneOf) {}

  private SamplingScript.Hidden readPrompts(Lanes lanes) {
    Map<Integer, Map<IntBuffer, List<Integer>>> byLength = new TreeMap<>();
    for (int r = 0; r < rows.size(); r++) {
      int[] prompt = rows.get(r).prompt();
      int time = Math.min(script.contextLength(), stepped(prompt.length));
      byLength
          .computeIfAbsent(time, t -> new LinkedHashMap<>())
          .computeIfAbsent(IntBuffer.wrap(prompt), p -> new ArrayList<>())
          .add(r);
    }
    List<SamplingScript.Hidden> hidden = new ArrayList<>();
    int read = 0;
    for (Map.Entry<Integer, Map<IntBuffer, List<Integer>>> entry : byLength.entrySet()) {
      List<Map.Entry<IntBuffer, List<Integer>>> prompts = List.copyOf(entry.getValue().entrySet());
      int atOnce = Math.max(1, MOST_READ / entry.getKey());
      for (int from = 0; from < prompts.size(); from += atOnce) {
        int to = Math.min(prompts.size(), from + atOnce);
        Prompts part = new Prompts(prompts.subList(from, to), entry.getKey());
        part.note(lanes.laneOf, read);
        hidden.add(part.read(script, lanes));
        read += to - from;
      }
    }
    return SamplingScript.Hidden.joined(hidden);
  }

  /** Different prompts that are read together, with the rows that begin with each. */
  private record Prompts(List<Map.Entry<IntBuffer, List<Integer>>> rowsOf, int time) {

    void note(long[] laneOf, int first) {
      for (int p = 0; p < rowsOf.size(); p++) {
        for (int row : rowsOf.get(p).getValue()) {
          laneOf[row] = (long) first + p;
        }
      }
    }

    SamplingScript.Hidden read(SamplingScript script, Lanes lanes) {
      int n = rowsOf.size();
      long[] ids = new long[n * time];
      long[] last = new long[n];
      for (int p = 0; p < n; p++) {
        IntBuffer prompt = rowsOf.get(p).getKey();
        for (int t = 0; t < prompt.limit(); t++) {
          ids[p * time + t] = prompt.get(t);
        }
        last[p] = (long) p * time + prompt.limit() - 1;
      }
      TorchTensor none = TorchTensor.longs(new long[0], 0);
      try (SamplingScript.Cache read = script.emptyCache(n, time, none)) {
        SamplingScript.Hidden hidden =
            script.prefill(TorchTensor.longs(ids, n, time), TorchTensor.longs(last, n), read);
        script.place(read, n, lanes.cache, lanes.n, spread());
        return hidden;
      }
    }

    /** Into which lane which prompt goes, and its length, [2, rows]. */
    private SamplingScript.Placing spread() {
      List<Long> into = new ArrayList<>();
      List<Long> from = new ArrayList<>();
      for (int p = 0; p < rowsOf.size(); p++) {
        for (int row : rowsOf.get(p).getValue()) {
          into.add((long) row);
          from.add((long) p);
        }
      }
      return new SamplingScript.Placing(longs(into), longs(from), time);
    }

    private static TorchTensor longs(List<Long> values) {
      long[] array = values.stream().mapToLong(Long::longValue).toArray();
      return TorchTensor.longs(array, array.length);
    }
  }

  /** Each lane's last token, its position, and the next random number times 2^53, [3, lanes]. */
  private TorchTensor steps() {
    int n = lanes(rows.size());
    long[] steps = new long[3 * n];
    for (int r = 0; r < rows.size(); r++) {
      SampledRow row = rows.get(r);
      if (row.open()) {
        steps[r] = row.count() == 0 ? 0 : row.last();
        steps[n + r] = row.position();
        steps[2 * n + r] = script.number(stream, row);
      }
    }
    return TorchTensor.longs(steps, 3, n);
  }

  private void take(TorchTensor[] result) {
    long[] ids = result[0].toLongs();
    float[] logProbs = result[1].toFloats();
    int n = ids.length;
    for (int r = 0; r < rows.size(); r++) {
      SampledRow row = rows.get(r);
      if (row.open()) {
        if (!Float.isFinite(logProbs[r])) {
          throw NonFiniteException.sampling(logProbs[r]);
        }
        row.add((int) ids[r], logProbs[r], script.config());
        row.says(logProbs[n + r], logProbs[2 * n + r]);
      }
    }
    drawn++;
  }

  private SamplingScript.Cache only(List<SampledRow> open, SamplingScript.Cache cache) {
    long[] lanes = new long[lanes(open.size())];
    int n = 0;
    for (int r = 0; r < rows.size(); r++) {
      if (rows.get(r).open()) {
        lanes[n++] = r;
      }
    }
    int before = lanes(rows.size());
    rows = open;
    try (TensorScope scope = TensorScope.open()) {
      return script.only(cache, before, TorchTensor.longs(lanes, lanes.length));
    }
  }
}
