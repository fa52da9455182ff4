// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What happens to a node. Nothing is left open: all keys are known before anything runs. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Decision.Reuse.class, name = "reuse"),
  @JsonSubTypes.Type(value = Decision.Execute.class, name = "run"),
})
public sealed interface Decision {

  /** The word for it in tables and JSON: {@code reuse} or {@code run}. */
  String action();

  /**
   * Its result is there.
   *
   * @param run that made it
   * @param artifact its digest
   */
  record Reuse(String run, String artifact) implements Decision {
    @Override
    public String action() {
      return "reuse";
    }
  }

  /**
   * It runs.
   *
   * @param reasons at least one; the node's own first, then those upstream
   */
  record Execute(List<Reason> reasons) implements Decision {
    public Execute {
      reasons = List.copyOf(reasons);
    }

    @Override
    public String action() {
      return "run";
    }
  }
}
