// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.batch;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.plumbline.engine.lm.internal.Script;
import org.plumbline.engine.lm.internal.TorchTensor;

/**
 * How the tokens of a batch lie in what a trunk computes: one after the other, [tokens], in blocks
 * of equally long rows that attention works on one by one.
 *
 * <p>Either rows of similar length are a block, so that little is padded; or the first block holds
 * every different prompt once and the second all completions, whose tokens also attend to their own
 * prompt. The latter is for pairs and groups of answers to one prompt: a prompt's states do not
 * depend on what follows it. Whichever computes less is chosen.
 */
public final class Layout {

  /** What a block costs beside its tokens, in tokens: measured at width 128 and 384. */
  private static final int BLOCK_COST = 32;

  /** Matrix products are faster for a multiple of this many rows. */
  private static final int ROW_STEP = 16;

  private final List<Sequence> rows;
  private final int[] lengths;
  private final int[] prompts;
  private final int[] promptAt;
  private final int[] restAt;
  private final List<Block> blocks = new ArrayList<>();
  private float[] unseen = new float[0];
  private int tokens;

  /** Rows and columns of one block. */
  private record Block(int rows, int columns) {}

  private Layout(List<Sequence> rows, int omitted) {
    this.rows = rows;
    this.lengths = rows.stream().mapToInt(r -> Math.max(1, r.length() - omitted)).toArray();
    this.prompts = new int[lengths.length];
    this.promptAt = new int[lengths.length];
    this.restAt = new int[lengths.length];
  }

  /**
   * Lays out rows.
   *
   * @param omitted how many of each row's last tokens are not needed
   */
  public static Layout of(List<Sequence> rows, int omitted) {
    Layout layout = new Layout(rows, omitted);
    Map<IntBuffer, List<Integer>> groups = layout.groups();
    int each = groups.values().stream().mapToInt(List::size).reduce(0, Layout::divisor);
    int[] byLength = layout.byLength();
    List<Integer> ends = layout.blockEnds(byLength);
    if (each > 1 && layout.sharedCost(groups, each) < layout.cost(byLength, ends)) {
      layout.share(groups, each);
    } else {
      layout.stack(byLength, ends);
    }
    return layout;
  }

  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  // ---- prompts once ----

  private Map<IntBuffer, List<Integer>> groups() {
    Map<IntBuffer, List<Integer>> groups = new LinkedHashMap<>();
    for (int row = 0; row < lengths.length; row++) {
      groups.computeIfAbsent(rows.get(row).prompt(), p -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  private int longestPrompt(Map<IntBuffer, List<Integer>> groups) {
    return groups.keySet().stream().mapToInt(IntBuffer::remaining).max().orElseThrow();
  }

  private int longestRest() {
    int longest = 1;
    for (int row = 0; row < lengths.length; row++) {
      longest = Math.max(longest, lengths[row] - rows.get(row).promptLength());
    }
    return longest;
  }

  private long sharedCost(Map<IntBuffer, List<Integer>> groups, int each) {
    long prompts = (long) lengths.length / each * longestPrompt(groups);
    boolean empty = groups.keySet().stream().anyMatch(prompt -> !prompt.hasRemaining());
    return empty
        ? Long.MAX_VALUE
        : prompts + (long) lengths.length * longestRest() + 2L * BLOCK_COST;
  }

  private void share(Map<IntBuffer, List<Integer>> groups, int each) {
    int count = lengths.length / each;
    int columns = longestPrompt(groups);
    int rest = longestRest();
    blocks.add(new Block(count, columns));
    blocks.add(new Block(lengths.length, rest));
    unseen = new float[count * columns];
    int next = 0;
    for (Map.Entry<IntBuffer, List<Integer>> group : groups.entrySet()) {
      int length = group.getKey().remaining();
      for (int row : group.getValue()) {
        int prompt = next / each;
        prompts[row] = length;
        promptAt[row] = prompt * columns;
        restAt[row] = count * columns + next * rest;
        Arrays.fill(
            unseen, prompt * columns + length, (prompt + 1) * columns, Float.NEGATIVE_INFINITY);
        next++;
      }
    }
    tokens = count * columns + lengths.length * rest;
  }

  // ---- rows of similar length together ----

  private int[] byLength() {
    return IntStream.range(0, lengths.length)
        .boxed()
        .sorted(Comparator.comparingInt(row -> lengths[row]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Returns where the cheapest blocks of rows in order of length end. */
  private List<Integer> blockEnds(int[] order) {
    long[] best = new long[order.length + 1];
    int[] from = new int[order.length + 1];
    for (int end = 1; end <= order.length; end++) {
      best[end] = Long.MAX_VALUE;
      int columns = lengths[order[end - 1]];
      for (int start = end - 1; start >= 0; start--) {
        long cost = best[start] + (long) (end - start) * columns + BLOCK_COST;
        if (cost <= best[end]) {
          best[end] = cost;
          from[end] = start;
        }
      }
    }
    List<Integer> ends = new ArrayList<>();
    for (int end = order.length; end > 0; end = from[end]) {
      ends.add(0, end);
    }
    return ends;
  }

  private long cost(int[] order, List<Integer> ends) {
    long cost = 0;
    int start = 0;
    for (int end : ends) {
      cost += (long) (end - start) * lengths[order[end - 1]] + BLOCK_COST;
      start = end;
    }
    return cost;
  }

  private void stack(int[] order, List<Integer> ends) {
    int start = 0;
    for (int end : ends) {
      int columns = lengths[order[end - 1]];
      blocks.add(new Block(end - start, columns));
      for (int i = start; i < end; i++) {
        restAt[order[i]] = tokens;
        tokens += columns;
      }
      start = end;
    }
  }

  // ---- what the scripts are given ----

  /** Returns where a row's token lies. */
  public int at(int row, int position) {
    int prompt = prompts[row];
    return position < prompt ? promptAt[row] + position : restAt[row] + position - prompt;
  }

  /**
   * Lists places to be read, and further ones up to a multiple of {@link #ROW_STEP}.
   *
   * @param wanted where a row's tokens lie, by {@link #at}
   * @return an empty list if that is all places in order
   */
  public TorchTensor wanted(int[] wanted) {
    long[] all = new long[padded(wanted.length)];
    boolean inOrder = all.length == padded(tokens);
    for (int i = 0; i < all.length; i++) {
      all[i] = i < wanted.length ? wanted[i] : 0;
      inOrder &= all[i] == i || i >= wanted.length;
    }
    return inOrder ? TorchTensor.longs(new long[0], 0) : TorchTensor.longs(all, all.length);
  }

  /** Returns the next multiple of {@link #ROW_STEP}, but not 0. */
  public static int padded(int count) {
    return (Math.max(1, count) + ROW_STEP - 1) / ROW_STEP * ROW_STEP;
  }

  /**
   * The layout as scripts read it.
   *
   * @param places the token and the position at each place, 0 where there is none, [2, places]
   * @param unseen 0 where completions see their prompts, minus infinity elsewhere, [prompts,
   *     columns]; empty if no prompts are shared
   * @param rows how many rows each block has
   * @param sizes how many places each block has, and how many idle ones follow if there are any
   */
  public record Input(TorchTensor places, TorchTensor unseen, long[] rows, long[] sizes) {

    /** Adds this to the arguments of a call. */
    public Script.Call to(Script.Call call) {
      return call.tensor(places).tensor(unseen).integers(rows).integers(sizes);
    }
  }

  /** Makes what scripts read, in the open scope. */
  public Input input() {
    int size = padded(tokens);
    long[] all = new long[2 * size];
    for (int row = 0; row < lengths.length; row++) {
      Sequence sequence = rows.get(row);
      for (int t = 0; t < lengths[row]; t++) {
        int at = at(row, t);
        all[at] = sequence.id(t);
        all[size + at] = t;
      }
    }
    long[] shape =
        unseen.length == 0
            ? new long[] {0}
            : new long[] {blocks.get(0).rows(), blocks.get(0).columns()};
    List<Long> sizes = new ArrayList<>();
    blocks.forEach(block -> sizes.add((long) block.rows() * block.columns()));
    if (size > tokens) {
      sizes.add((long) size - tokens);
    }
    return new Input(
        TorchTensor.longs(all, 2, size),
        TorchTensor.floats(unseen, shape),
        blocks.stream().mapToLong(Block::rows).toArray(),
        sizes.stream().mapToLong(Long::longValue).toArray());
  }
}
