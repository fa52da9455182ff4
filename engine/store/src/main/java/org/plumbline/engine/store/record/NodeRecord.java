// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.KeyParts;

/**
 * That a node has finished, and what came of it.
 *
 * @param key of the node
 * @param id that it had in the plan of the run
 * @param parts that the key is made of
 * @param inputs digests of the artifacts that it read, by the keys of the nodes that made them
 * @param artifact digest of the result
 * @param seconds of computing, all attempts together
 * @param watched seconds of these that went into watching the work; null if none did, and in
 *     records of older versions
 * @param steps that were done
 * @param resumedFrom the step of the checkpoint that the last attempt went on from; null if it
 *     began at the beginning
 * @param run that made it
 * @param experiment that the run was of
 * @param finished when, ISO 8601
 * @param notes what it said to whoever uses the result; empty in records of older versions
 * @param provenance what computed it
 */
public record NodeRecord(
    String key,
    String id,
    KeyParts parts,
    Map<String, String> inputs,
    String artifact,
    double seconds,
    @Nullable Double watched,
    long steps,
    @Nullable Long resumedFrom,
    String run,
    String experiment,
    String finished,
    List<String> notes,
    Provenance provenance) {

  public NodeRecord {
    RecordChecks.require(key, id, parts, inputs, artifact, run, experiment, provenance);
    RecordChecks.requireTime(finished);
    RecordChecks.requireSeconds(seconds);
    if (watched != null) {
      RecordChecks.requireSeconds(watched);
    }
    inputs = Map.copyOf(inputs);
    notes = notes == null ? List.of() : List.copyOf(notes);
  }
}
