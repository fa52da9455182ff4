package org.plumbline.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 * @param runtime what the numbers depend on besides: engine and its version, device, type of number
 */
public record KeyParts(
    int format,
    String operation,
    int version,
    Map<String, Object> settings,
    Map<String, List<InputKey>> inputs,
    Map<String, String> files,
    long seed,
    Map<String, String> runtime) {

  /** The format of the keys that this version of Plumbline makes. */
  public static final int FORMAT = 1;

  /** Takes settings that a JSON reader made, too. */
  public KeyParts {
    settings = Plain.widened(settings);
  }

  /**
   * The result that is read in a role.
   *
   * @param key of the node that makes it
   * @param part of the result that is meant, or empty
   */
  public record InputKey(String key, String part) {}

  /** SHA-256 of the canonical JSON of all parts. */
  public String key() {
    return Sha256.of(CanonicalJson.write(plain()));
  }

  private Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("format", format);
    plain.put("operation", operation);
    plain.put("version", version);
    plain.put("settings", settings);
    Map<String, Object> read = new LinkedHashMap<>();
    inputs.forEach(
        (role, keys) -> {
          List<Object> list = new ArrayList<>();
          keys.forEach(input -> list.add(List.of(input.key(), input.part())));
          read.put(role, list);
        });
    plain.put("inputs", read);
    plain.put("files", files);
    plain.put("seed", seed);
    plain.put("runtime", runtime);
    return plain;
  }
}
