// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plumbline.engine.plan.KeyParts;
import org.plumbline.engine.store.record.NodeRecord;

/**
 * Which finished nodes hold answers that somebody outside gave, and may have been paid for. It is
 * told from what their keys are made of, whether their runs are still there or not.
 */
public final class PaidAnswers {
  private final Map<String, KeyParts> parts = new HashMap<>();
  private final Map<String, Boolean> asks = new HashMap<>();

  private PaidAnswers(Collection<NodeRecord> records) {
    records.forEach(record -> parts.put(record.key(), record.parts()));
  }

  /**
   * The keys of those nodes, and of the judges that they read: without these it could not be told
   * the next time.
   */
  public static Set<String> of(Collection<NodeRecord> records) {
    PaidAnswers paid = new PaidAnswers(records);
    Set<String> keys = new HashSet<>();
    for (NodeRecord record : records) {
      if (!OutboundRequests.isSilent(record.parts().operation()) && paid.asks(record.key())) {
        paid.add(record.key(), keys);
      }
    }
    return keys;
  }

  private void add(String key, Set<String> keys) {
    KeyParts made = parts.get(key);
    if (made != null && keys.add(key)) {
      judges(made).stream().filter(this::asks).forEach(judge -> add(judge, keys));
    }
  }

  /** Whether a node asks somebody outside, or leaves that to whoever reads it. */
  private boolean asks(String key) {
    Boolean known = asks.get(key);
    if (known == null) {
      KeyParts made = parts.get(key);
      known =
          made != null && (names(made.settings()) || judges(made).stream().anyMatch(this::asks));
      asks.put(key, known);
    }
    return known;
  }

  private List<String> judges(KeyParts made) {
    return made.inputs().values().stream()
        .flatMap(List::stream)
        .map(KeyParts.InputKey::key)
        .filter(
            key -> {
              KeyParts read = parts.get(key);
              return read != null && OutboundRequests.isPassedOn(read.operation());
            })
        .toList();
  }

  /** Whether plain data name an endpoint anywhere. */
  private static boolean names(Object plain) {
    if (plain instanceof Map<?, ?> map) {
      return (map.get("endpoint") instanceof Map<?, ?> endpoint && endpoint.containsKey("url"))
          || map.values().stream().anyMatch(PaidAnswers::names);
    }
    return plain instanceof List<?> list && list.stream().anyMatch(PaidAnswers::names);
  }
}
