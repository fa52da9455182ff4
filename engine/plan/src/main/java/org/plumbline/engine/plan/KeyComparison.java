// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the earlier node that a new one is most like, and says in what they differ. */
final class KeyComparison {
  private static final String ABSENT = "absent";

  private final Plan plan;
  private final NodeHistory history;
  private final Map<String, List<NodeHistory.Earlier>> byOperation = new HashMap<>();

  KeyComparison(Plan plan, NodeHistory history) {
    this.plan = plan;
    this.history = history;
  }

  /** The same node in the newest run of the experiment, else the one with the most equal parts. */
  Optional<NodeHistory.Earlier> nearest(PlanNode node) {
    Optional<NodeHistory.Earlier> same =
        history
            .sameNode(plan.experiment(), node.id())
            .filter(earlier -> earlier.parts().operation().equals(node.operation()));
    if (same.isPresent()) {
      return same;
    }
    NodeHistory.Earlier best = null;
    int fewest = Integer.MAX_VALUE;
    for (NodeHistory.Earlier earlier :
        byOperation.computeIfAbsent(node.operation(), history::sameOperation)) {
      int differences = reasons(node, earlier.parts(), Set.of()).size();
      if (differences < fewest) {
        best = earlier;
        fewest = differences;
      }
    }
    return Optional.ofNullable(best);
  }

  /** In what a node differs from an earlier one; its own changes first. */
  static List<Reason> reasons(PlanNode node, KeyParts was, Set<String> running) {
    KeyParts is = node.parts();
    List<Reason> reasons = new ArrayList<>();
    if (was.version() != is.version()) {
      reasons.add(new Reason.OperationChanged(is.operation(), was.version(), is.version()));
    }
    differing(
        PlainData.leaves(was.settings()),
        PlainData.leaves(is.settings()),
        (path, old, now) -> reasons.add(new Reason.ParamChanged(path, json(old), json(now))));
    if (was.seed() != is.seed()) {
      reasons.add(new Reason.ParamChanged("seed", json(was.seed()), json(is.seed())));
    }
    differing(
        was.files(),
        is.files(),
        (role, old, now) -> {
          FileRef file = node.files().get(role);
          String written = file == null ? role : file.written();
          reasons.add(new Reason.InputChanged(role, orAbsent(old), orAbsent(now), written));
        });
    differing(
        was.runtime(),
        is.runtime(),
        (what, old, now) ->
            reasons.add(new Reason.RuntimeChanged(what, orAbsent(old), orAbsent(now))));
    if (was.format() != is.format()) {
      reasons.add(
          new Reason.RuntimeChanged("key format", json((long) was.format()), json(is.format())));
    }
    reasons.addAll(inputs(node, was, running));
    return reasons.isEmpty() ? List.of(new Reason.NeverRan()) : reasons;
  }

  private static List<Reason> inputs(PlanNode node, KeyParts was, Set<String> running) {
    List<Reason> own = new ArrayList<>();
    Set<Reason> upstream = new LinkedHashSet<>();
    differing(
        was.inputs(),
        node.parts().inputs(),
        (role, old, now) -> {
          List<PlanNode.Input> read = node.inputs().getOrDefault(role, List.of());
          boolean found = false;
          for (int i = 0; i < read.size(); i++) {
            KeyParts.InputKey before = old == null || i >= old.size() ? null : old.get(i);
            PlanNode.Input input = read.get(i);
            if (before != null && before.key().equals(input.key()) && samePart(before, input)) {
              continue;
            }
            found = true;
            if (running.contains(input.node())) {
              upstream.add(new Reason.UpstreamRuns(input.node()));
            } else {
              String key = before == null ? ABSENT : name(before.key(), before.part());
              String name = name(input.key(), input.part());
              own.add(new Reason.InputChanged(role, key, name, input.node()));
            }
          }
          if (!found && old != null) {
            String gone = name(old.get(old.size() - 1).key(), "");
            own.add(new Reason.InputChanged(role, gone, ABSENT, role));
          }
        });
    own.addAll(upstream);
    return own;
  }

  private static boolean samePart(KeyParts.InputKey before, PlanNode.Input input) {
    return before.part().equals(input.part());
  }

  private static String name(String key, String part) {
    return part.isEmpty() ? key : key + "." + part;
  }

  private static String orAbsent(@Nullable String text) {
    return text == null ? ABSENT : text;
  }

  private static String json(@Nullable Object value) {
    return value == null ? ABSENT : CanonicalJson.write(value);
  }

  /** Told of one difference. */
  private interface Difference<T> {
    void at(String path, @Nullable T was, @Nullable T is);
  }

  private static <T> void differing(Map<String, T> was, Map<String, T> is, Difference<T> told) {
    Set<String> paths = new LinkedHashSet<>(is.keySet());
    paths.addAll(was.keySet());
    for (String path : paths) {
      T old = was.get(path);
      T now = is.get(path);
      if (old == null || !old.equals(now)) {
        told.at(path, old, now);
      }
    }
  }
}
