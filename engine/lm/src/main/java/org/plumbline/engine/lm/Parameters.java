package org.plumbline.engine.lm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The trainable tensors of a model under their names, in a fixed order; they outlive every scope.
 */
public final class Parameters {

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Predicate<String> decays;

  /** Makes an empty set; {@code decays} says which names weight decay applies to. */
  Parameters(Predicate<String> decays) {
    this.decays = decays;
  }

  /** Copies the tensor out of its scope and makes it trainable. */
  void add(String name, Tensor initial) {
    Tensor owned = new Tensor(initial.torch().own());
    owned.torch().requireGradient();
    if (tensors.putIfAbsent(name, owned) != null) {
      owned.torch().free();
      throw new IllegalStateException("two parameters named " + name);
    }
  }

  public Tensor get(String name) {
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

  /** Returns all parameters in order. */
  public Map<String, Tensor> asMap() {
    return Collections.unmodifiableMap(tensors);
  }

  boolean decays(String name) {
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

  void free() {
    tensors.values().forEach(t -> t.torch().free());
    tensors.clear();
  }
}
