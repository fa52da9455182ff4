package org.plumbline.engine.lm;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.internal.NumberType;
import org.plumbline.engine.lm.internal.TorchTensor;

/** Keys and values of the tokens read so far, per layer [batch, heads, capacity, head width]. */
final class KeyValueCache {

  private final List<TorchTensor> keys = new ArrayList<>();
  private final List<TorchTensor> values = new ArrayList<>();

  private KeyValueCache() {}

  /** Makes an empty cache in the open scope. */
  static KeyValueCache empty(Architecture.Weights weights, int rows, int capacity) {
    ModelConfig config = weights.config();
    NumberType type = weights.precision().type();
    KeyValueCache cache = new KeyValueCache();
    int heads = config.keyValueHeads();
    int headWidth = config.headWidth();
    for (int layer = 0; layer < config.layers(); layer++) {
      cache.keys.add(TorchTensor.full(0f, rows, heads, capacity, headWidth).as(type));
      cache.values.add(TorchTensor.full(0f, rows, heads, capacity, headWidth).as(type));
    }
    return cache;
  }

  List<TorchTensor> keys() {
    return keys;
  }

  List<TorchTensor> values() {
    return values;
  }

  /** Returns a cache of the listed rows, in that order, in the open scope. */
  KeyValueCache rows(TorchTensor index) {
    KeyValueCache cache = new KeyValueCache();
    keys.forEach(k -> cache.keys.add(k.indexSelect(0, index)));
    values.forEach(v -> cache.values.add(v.indexSelect(0, index)));
    return cache;
  }

  List<TorchTensor> all() {
    List<TorchTensor> all = new ArrayList<>(keys);
    all.addAll(values);
    return all;
  }
}
