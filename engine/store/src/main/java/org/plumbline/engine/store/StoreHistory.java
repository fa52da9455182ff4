// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.NodeHistory;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.record.NodeRecord;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.StoreFailure;

/** What a store knows of nodes that have finished; reads runs and records once. */
final class StoreHistory implements NodeHistory {
  /** How many finished nodes are looked through for one to compare with. */
  private static final int LOOKED_THROUGH = 300;

  private static final int PER_OPERATION = 30;

  private final Store store;
  private final Map<String, Map<String, Earlier>> newestRuns = new HashMap<>();
  private @Nullable Map<String, List<Earlier>> byOperation;

  StoreHistory(Store store) {
    this.store = store;
  }

  @Override
  public Result result(String key) {
    try {
      return store
          .nodes()
          .read(key)
          .map(record -> store.artifacts().check(record.run(), record.artifact()))
          .orElse(new Result.Unknown());
    } catch (IOException e) {
      return new Result.Unreadable();
    }
  }

  @Override
  public Optional<Earlier> sameNode(String experiment, String id) {
    return Optional.ofNullable(newestRuns.computeIfAbsent(experiment, this::newestRun).get(id));
  }

  private Map<String, Earlier> newestRun(String experiment) {
    Map<String, Earlier> nodes = new HashMap<>();
    for (RunRecord run : store.runs().list()) {
      if (run.experiment().equals(experiment)) {
        Optional<Plan> plan = store.runs().planIfWhole(run.id());
        for (PlanNode node : plan.map(Plan::nodes).orElse(List.of())) {
          nodes.put(node.id(), new Earlier(run.id(), node.id(), node.parts()));
        }
        return nodes;
      }
    }
    return nodes;
  }

  @Override
  public List<Earlier> sameOperation(String operation) {
    if (byOperation == null) {
      byOperation = finished();
    }
    return byOperation.getOrDefault(operation, List.of());
  }

  private Map<String, List<Earlier>> finished() {
    Map<String, List<Earlier>> found = new HashMap<>();
    try {
      for (NodeRecord record : store.nodes().newest(LOOKED_THROUGH)) {
        List<Earlier> same =
            found.computeIfAbsent(record.parts().operation(), key -> new ArrayList<>());
        if (same.size() < PER_OPERATION) {
          same.add(new Earlier(record.run(), record.id(), record.parts()));
        }
      }
    } catch (IOException e) {
      throw StoreFailure.io("read the records of finished nodes", store.root(), 0, e);
    }
    return found;
  }
}
