// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plumbline.engine.plan.NodeHistory;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.RunRecord;

/** What was known before some run began, from the records of the runs before it. */
public final class RunHistory implements NodeHistory {

  private final Map<String, Result> results = new HashMap<>();
  private final Map<String, Earlier> newest = new HashMap<>();
  private final Map<String, List<Earlier>> byOperation = new HashMap<>();

  public RunHistory(Store store, RunRecord run) {
    for (RunRecord before : store.runs().list()) {
      if (before.started().compareTo(run.started()) < 0) {
        add(store, before, before.experiment().equals(run.experiment()));
      }
    }
  }

  private void add(Store store, RunRecord before, boolean sameExperiment) {
    Map<String, NodeOutcome> outcomes = store.runs().outcomes(before.id());
    Optional<Plan> plan = store.runs().planIfWhole(before.id());
    for (PlanNode node : plan.map(Plan::nodes).orElse(List.of())) {
      Earlier earlier = new Earlier(before.id(), node.id(), node.parts());
      if (sameExperiment) {
        newest.putIfAbsent(node.id(), earlier);
      }
      NodeOutcome outcome = outcomes.get(node.id());
      String artifact = outcome == null ? null : outcome.artifact();
      if (artifact != null) {
        String maker = store.nodes().find(node.key()).map(r -> r.run()).orElse(before.id());
        results.putIfAbsent(node.key(), new Result.Present(maker, artifact));
        byOperation.computeIfAbsent(node.operation(), operation -> new ArrayList<>()).add(earlier);
      }
    }
  }

  @Override
  public Result result(String key) {
    return results.getOrDefault(key, new Result.Unknown());
  }

  @Override
  public Optional<Earlier> sameNode(String experiment, String id) {
    return Optional.ofNullable(newest.get(id));
  }

  @Override
  public List<Earlier> sameOperation(String operation) {
    return byOperation.getOrDefault(operation, List.of());
  }
}
