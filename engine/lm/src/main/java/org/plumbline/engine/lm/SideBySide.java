// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Division;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.internal.Script;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.internal.Workers;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * Divides what is computed with a model into parts, for the cores that there are. Where it is
 * divided depends on the work alone ({@link Division}); a device computes everything at once.
 */
public final class SideBySide {

  private final Parameters parameters;

  SideBySide(Parameters parameters) {
    this.parameters = parameters;
  }

  /**
   * Divides rows in their order.
   *
   * @param tokens of a row
   */
  public <R> List<List<R>> divide(List<R> rows, ToLongFunction<R> tokens) {
    return Workers.sideBySide() ? Division.of(parameters.count(), rows, tokens) : List.of(rows);
  }

  /**
   * Divides rows of which some begin alike.
   *
   * @param group of a row; no group is divided, and groups come in the order of their first rows
   * @param tokens of a row
   */
  public <R> List<List<R>> divide(List<R> rows, Function<R, ?> group, ToLongFunction<R> tokens) {
    return Workers.sideBySide()
        ? Division.ofGroups(parameters.count(), rows, group, tokens)
        : List.of(rows);
  }

  /** Makes a pass whose result has a row for each row of the batch. */
  Tensor pass(Batch batch, Function<Batch, Script.Call> call) {
    return passes(batch, part -> new TorchTensor[] {call.apply(part).toTensor()}).get(0);
  }

  /**
   * Makes a pass with several results that have a row for each row of the batch. One that is
   * recorded is a part already and is not divided.
   */
  List<Tensor> passes(Batch batch, Function<Batch, TorchTensor[]> pass) {
    List<Sequence> rows = batch.rows();
    List<Integer> places = IntStream.range(0, rows.size()).boxed().toList();
    List<List<Integer>> parts =
        TorchTensor.recordsGradients()
            ? List.of(places)
            : divide(places, row -> rows.get(row).prompt(), row -> rows.get(row).length());
    if (parts.size() == 1) {
      return Arrays.stream(pass.apply(batch)).map(Tensor::new).toList();
    }
    TorchTensor[][] results = new TorchTensor[parts.size()][];
    List<Runnable> tasks = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      int part = i;
      Batch own = batch.with(parts.get(part).stream().map(rows::get).toList());
      tasks.add(() -> results[part] = claimed(pass, own));
    }
    try {
      Workers.run(tasks);
      TorchTensor order = order(parts.stream().flatMap(List::stream).toList());
      return IntStream.range(0, results[0].length)
          .mapToObj(k -> TorchTensor.concat(Stream.of(results).map(all -> all[k]).toList(), 0))
          .map(all -> new Tensor(all.indexSelect(0, order)))
          .toList();
    } finally {
      Stream.of(results).filter(Objects::nonNull).flatMap(Stream::of).forEach(TorchTensor::free);
    }
  }

  /** Where each row is among rows that come in another order. */
  private static TorchTensor order(List<Integer> rows) {
    long[] at = new long[rows.size()];
    for (int i = 0; i < at.length; i++) {
      at[rows.get(i)] = i;
    }
    return TorchTensor.longs(at, at.length);
  }

  private static TorchTensor[] claimed(Function<Batch, TorchTensor[]> pass, Batch part) {
    try (TensorScope scope = TensorScope.open()) {
      return Stream.of(pass.apply(part)).map(TorchTensor::claim).toArray(TorchTensor[]::new);
    }
  }
}
