// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One node of a plan: one operation with its settings, inputs and seed. It holds all that a worker
 * needs to do it; its name and the names in it are for people only.
 *
 * @param id unique in the plan: {@code ppo@1}; without {@code @} if it is the same for all seeds
 * @param name the id without its seed: {@code ppo}; {@code rm~ppo-poisoned} for a variant's own
 *     copy of {@code rm}; {@code evaluate.ppo} for the node that measures {@code ppo}
 * @param section of the language that it comes from: {@code policies}; {@code compare} for
 *     evaluations
 * @param entry the name in that section; for evaluations the recipe
 * @param operation what is done: {@code ppo}
 * @param version of the operation
 * @param settings plain data with all defaults, as the spec has it (names included); keys sorted
 * @param declared plain data of all declared things that it refers to: section, name, data
 * @param inputs the nodes that it reads, by the key of the settings that names them: {@code from},
 *     {@code regularizers.kl.reference}; by section and name, {@code models.critic}, where a
 *     declared thing names them
 * @param files the files that it reads, by the key of the settings that names them
 * @param seed 0 if it is the same for all seeds
 * @param queue the kind of worker that does it
 * @param key digest of {@code parts}
 * @param parts what the key is made of
 * @param recipes that need it
 */
public record PlanNode(
    String id,
    String name,
    String section,
    String entry,
    String operation,
    int version,
    @JsonDeserialize(using = PlainMap.class) Map<String, Object> settings,
    @JsonDeserialize(contentUsing = PlainMap.class) Map<String, Map<String, Object>> declared,
    Map<String, List<Input>> inputs,
    Map<String, FileRef> files,
    long seed,
    String queue,
    String key,
    KeyParts parts,
    List<String> recipes) {

  public PlanNode {
    // A plan is read from JSON, which can leave out anything.
    for (Object part :
        new Object[] {
          id, name, section, entry, operation, settings, declared, inputs, files, queue, key, parts
        }) {
      Objects.requireNonNull(part);
    }
    recipes = List.copyOf(recipes);
  }

  /**
   * A node that is read.
   *
   * @param node its id
   * @param key its key
   * @param part of its result: {@code held_out}, or empty for all or the main part
   */
  public record Input(String node, String key, String part) {
    public Input {
      Objects.requireNonNull(node);
      Objects.requireNonNull(key);
      Objects.requireNonNull(part);
    }
  }

  /** The ids of the nodes that it reads, each once, in the order of its inputs. */
  @JsonIgnore
  public List<String> needs() {
    return inputs.values().stream().flatMap(List::stream).map(Input::node).distinct().toList();
  }

  /**
   * How many training steps it takes, as far as the settings say: {@code steps} of each member of
   * an {@code ensemble} and of each of the {@code iterations}, or {@code updates}, each of which
   * counts once however many passes it makes over its answers; 0 if nothing is trained.
   */
  @JsonIgnore
  public long steps() {
    if (settings.get("steps") instanceof Long steps) {
      return steps * times("ensemble") * times("iterations");
    }
    return settings.get("updates") instanceof Long updates ? updates : 0;
  }

  /**
   * The seed of all chance in it: that of the node, or one made of it where the settings say that
   * this is another {@code draw} of the same (two steps of SplitMix64; Steele et al. 2014).
   */
  @JsonIgnore
  public long chance() {
    if (settings.get("draw") instanceof Long draw && draw > 1) {
      return mixed(mixed(seed) ^ draw);
    }
    return seed;
  }

  private static long mixed(long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private long times(String setting) {
    return settings.get(setting) instanceof Long times ? times : 1;
  }
}
