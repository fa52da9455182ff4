// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * The tensors of a model under their names; they outlive every scope. All of them are trained,
 * unless an adapter is trained in their place.
 *
 * <p>Their order does not depend on when they were added: sums over all of them, such as the
 * gradient's norm, then have the same last bit in a model that was just made, in a copy, and in one
 * that was read from a checkpoint.
 */
public final class Parameters {

  private final Map<String, Tensor> tensors;
  private final Set<String> frozen = new HashSet<>();
  private final Predicate<String> decays;
  private long version;

  /**
   * Makes an empty set.
   *
   * @param order the names that there may be, in the order to keep; others follow by name
   * @param decays says which names weight decay applies to
   */
  public Parameters(List<String> order, Predicate<String> decays) {
    Map<String, Integer> places = new HashMap<>();
    order.forEach(name -> places.put(name, places.size()));
    Comparator<String> byPlace =
        Comparator.comparingInt(name -> places.getOrDefault(name, places.size()));
    this.tensors = new TreeMap<>(byPlace.thenComparing(Comparator.naturalOrder()));
    this.decays = decays;
  }

  /** Takes the tensor itself out of its scope and makes it trainable. */
  public void add(String name, Tensor initial) {
    Tensor owned = new Tensor(initial.torch().claim());
    owned.torch().requireGradient();
    if (tensors.putIfAbsent(name, owned) != null) {
      owned.torch().free();
      throw new IllegalStateException("two parameters named " + name);
    }
  }

  /** Gives up a parameter. */
  void remove(String name) {
    Tensor removed = tensors.remove(name);
    if (removed == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    removed.torch().free();
    version++;
  }

  /**
   * Returns a parameter. Where a loss is computed that it is learned from, that is a view of it
   * which belongs to this computation, and which its gradient is collected for.
   */
  public Tensor get(String name) {
    Recording recording = Recording.current();
    Tensor leaf = recording == null ? null : recording.leaf(this, name);
    return leaf == null ? own(name) : leaf;
  }

  /** Returns a parameter itself. */
  Tensor own(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    return tensor;
  }

  public boolean contains(String name) {
    return tensors.containsKey(name);
  }

  public List<String> names() {
    return new ArrayList<>(tensors.keySet());
  }

  /** Returns the parameters that training changes, in order. */
  public Map<String, Tensor> trainable() {
    Map<String, Tensor> trainable = new LinkedHashMap<>(tensors);
    trainable.keySet().removeAll(frozen);
    return trainable;
  }

  /** Takes the parameters that there are now, but for the heads, out of training. */
  void freezeTrunk() {
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      if (!ScalarHead.isHead(entry.getKey())) {
        frozen.add(entry.getKey());
        entry.getValue().torch().freeze();
      }
    }
  }

  /** Whether training leaves a parameter as it is. */
  boolean frozen(String name) {
    return frozen.contains(name);
  }

  /**
   * Takes the memory of other parameters for those of the same names and numbers that stay as they
   * are.
   */
  void share(Parameters others) {
    for (String name : frozen) {
      if (others.contains(name)) {
        try (TensorScope scope = TensorScope.open()) {
          Tensor own = get(name).stopGradient();
          Tensor other = others.get(name).stopGradient();
          if (Arrays.equals(own.shape(), other.shape()) && own.sub(other).abs().sum().item() == 0) {
            replace(name, other);
          }
        }
      }
    }
  }

  private void replace(String name, Tensor other) {
    Tensor before = get(name);
    Tensor shared = new Tensor(other.torch().claim());
    shared.torch().freeze();
    tensors.put(name, shared);
    before.torch().free();
    version++;
  }

  /**
   * Moves what training changes a share of the way to the parameters of the same names in another
   * model; those that the other does not have stay as they are.
   */
  public void moveTowards(Parameters other, double share) {
    for (Map.Entry<String, Tensor> entry : trainable().entrySet()) {
      if (other.contains(entry.getKey())) {
        try (TensorScope scope = TensorScope.open()) {
          Tensor own = entry.getValue().stopGradient();
          Tensor way = other.get(entry.getKey()).stopGradient().sub(own);
          own.torch().assign(own.add(way.mul((float) share)).torch());
        }
      }
    }
    changed();
  }

  /** Whether the trunk has the numbers that it began with: it is frozen, or nothing has changed. */
  boolean trunkAsItWas() {
    return version == 0 || !frozen.isEmpty();
  }

  /** Counts how often the numbers were changed. */
  long version() {
    return version;
  }

  /** Notes that the numbers were changed. */
  public void changed() {
    version++;
  }

  /** Returns all parameters in order. */
  public Map<String, Tensor> asMap() {
    return Collections.unmodifiableMap(tensors);
  }

  public boolean decays(String name) {
    return decays.test(name);
  }

  /** Returns how many numbers there are in all. */
  public long count() {
    long count = 0;
    for (Tensor tensor : tensors.values()) {
      long size = 1;
      for (long length : tensor.shape()) {
        size *= length;
      }
      count += size;
    }
    return count;
  }

  public void free() {
    tensors.values().forEach(t -> t.torch().free());
    tensors.clear();
  }

  /** Returns whether both are the same parameters with the same numbers, but for those of heads. */
  public boolean sameTrunk(Parameters other) {
    List<String> trunk = trunkNames();
    if (!trunk.equals(other.trunkNames())) {
      return false;
    }
    try (TensorScope scope = TensorScope.open()) {
      return trunk.stream().allMatch(name -> get(name).torch().sameAs(other.get(name).torch()));
    }
  }

  private List<String> trunkNames() {
    return names().stream().filter(name -> !ScalarHead.isHead(name)).sorted().toList();
  }
}
