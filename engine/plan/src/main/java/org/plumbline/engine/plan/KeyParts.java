// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that the result of a node depends on, and nothing else; its digest is the node's key.
 *
 * @param format of this very record; a new one makes all keys new
 * @param operation that is done
 * @param version of the operation
 * @param settings with all defaults; in place of the name of something declared stands what is
 *     declared; names of computed things and paths of files are left out
 * @param inputs the computed things that are read, by the key of the settings that names them
 * @param files digests of the files that are read, by the key of the settings that names them
 * @param seed of all randomness
 * @param runtime what the numbers depend on besides: engine and its version, device, type of
 *     number; empty if nothing is computed with the engine
 */
public record KeyParts(
    int format,
    String operation,
    int version,
    @JsonDeserialize(using = PlainMap.class) Map<String, Object> settings,
    Map<String, List<InputKey>> inputs,
    Map<String, String> files,
    long seed,
    Map<String, String> runtime) {

  public KeyParts {
    for (Object part : new Object[] {operation, settings, inputs, files, runtime}) {
      Objects.requireNonNull(part);
    }
  }

  /** The format of the keys that this version of Plumbline makes. */
  public static final int FORMAT = 1;

  /**
   * The result that is read in a role.
   *
   * @param key of the node that makes it
   * @param part of the result that is meant, or empty
   */
  public record InputKey(String key, String part) {}

  /** SHA-256 of the canonical JSON of all parts. */
  public String key() {
    return key(CanonicalJson.write(settings));
  }

  /**
   * The key, where the canonical JSON of the settings is known: a plan has thousands of nodes that
   * differ in nothing but the seed.
   */
  String key(String settingsJson) {
    StringBuilder json = new StringBuilder(settingsJson.length() + 512);
    json.append("{\"files\":").append(CanonicalJson.write(files));
    json.append(",\"format\":").append(format);
    json.append(",\"inputs\":").append(CanonicalJson.write(plainInputs()));
    json.append(",\"operation\":").append(CanonicalJson.write(operation));
    json.append(",\"runtime\":").append(CanonicalJson.write(runtime));
    json.append(",\"seed\":").append(seed);
    json.append(",\"settings\":").append(settingsJson);
    json.append(",\"version\":").append(version);
    return Sha256.of(json.append('}').toString());
  }

  private Map<String, Object> plainInputs() {
    Map<String, Object> plain = new LinkedHashMap<>();
    inputs.forEach(
        (role, keys) -> {
          List<Object> list = new ArrayList<>();
          keys.forEach(input -> list.add(List.of(input.key(), input.part())));
          plain.put(role, list);
        });
    return plain;
  }
}
