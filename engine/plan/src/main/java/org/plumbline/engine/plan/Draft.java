// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.model.shape.Shape;

/** A node whose key is known and whose place in the plan is not yet. */
final class Draft {

  /**
   * What is the same for all seeds of an entry.
   *
   * @param label the name that the node would like to have
   * @param section that it comes from
   * @param entry its name there
   * @param operation that computes it
   * @param version of the operation
   * @param spec its record
   * @param walk what was read off the record
   * @param settings plain data of the record; keys sorted
   * @param files that it reads, by role
   * @param digests of the files
   * @param counted canonical JSON of the settings as they count for the key
   */
  record Kind(
      String label,
      String section,
      String entry,
      String operation,
      int version,
      Object spec,
      Walk walk,
      Map<String, Object> settings,
      Map<String, FileRef> files,
      Map<String, String> digests,
      String counted) {

    static Map<String, Object> settings(Object spec) {
      return PlainData.sorted(Canonical.keys(spec));
    }
  }

  /** Another draft that is read. */
  record Input(Draft draft, String part) {}

  private final Kind kind;
  private final long seed;
  private final Map<String, List<Input>> inputs;
  private final KeyParts parts;
  private final String key;
  private final Set<String> recipes = new LinkedHashSet<>();
  private String name = "";

  Draft(Kind kind, long seed, Map<String, List<Input>> inputs, Map<String, String> runtime) {
    this.kind = kind;
    this.seed = seed;
    this.inputs = inputs;
    Map<String, List<KeyParts.InputKey>> keys = new TreeMap<>();
    inputs.forEach(
        (role, read) ->
            keys.put(
                role,
                read.stream().map(i -> new KeyParts.InputKey(i.draft().key, i.part())).toList()));
    this.parts =
        new KeyParts(
            KeyParts.FORMAT,
            kind.operation(),
            kind.version(),
            kind.walk().settings(),
            keys,
            kind.digests(),
            seed,
            runtime);
    this.key = parts.key(kind.counted());
  }

  Kind kind() {
    return kind;
  }

  String key() {
    return key;
  }

  Set<String> recipes() {
    return recipes;
  }

  /** All drafts that are read, in the order of their roles. */
  List<Draft> reads() {
    List<Draft> reads = new ArrayList<>();
    inputs.values().forEach(list -> list.forEach(input -> reads.add(input.draft())));
    return reads;
  }

  void call(String chosen) {
    name = chosen;
  }

  boolean named() {
    return !name.isEmpty();
  }

  /** The id that it has under its name, or would have under another. */
  String id(String underName) {
    return !Shape.of(kind.spec().getClass()).perSeed() ? underName : underName + "@" + seed;
  }

  String id() {
    return id(name);
  }

  PlanNode node(String queue) {
    Map<String, List<PlanNode.Input>> read = new LinkedHashMap<>();
    inputs.forEach(
        (role, list) ->
            read.put(
                role,
                list.stream()
                    .map(i -> new PlanNode.Input(i.draft().id(), i.draft().key, i.part()))
                    .toList()));
    return new PlanNode(
        id(),
        name,
        kind.section(),
        kind.entry(),
        kind.operation(),
        kind.version(),
        kind.settings(),
        kind.walk().declared(),
        read,
        kind.files(),
        seed,
        queue,
        key,
        parts,
        List.copyOf(recipes));
  }
}
