// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What computed something: kept beside results, and no part of any key.
 *
 * @param plumb version of Plumbline
 * @param processor its model, where the system tells
 * @param engine what the numbers came from: name, version, device, number type, threads
 */
public record Provenance(
    String plumb,
    String java,
    String os,
    String arch,
    int cpus,
    String host,
    Map<String, String> engine,
    @Nullable String processor) {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** Takes engines that a JSON reader made, too. */
  public Provenance {
    RecordChecks.require(plumb, java, os, arch, host);
    engine = new TreeMap<>(engine);
  }

  /** This process. */
  public static Provenance here(String plumb, Map<String, String> engine) {
    return new Provenance(
        plumb,
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Host.name(),
        engine,
        model());
  }

  /** Linux names it; elsewhere one would have to run a program to know. */
  private static @Nullable String model() {
    if (!Files.isReadable(PROCESSORS)) {
      return null;
    }
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .filter(model -> !model.isEmpty())
          .findFirst()
          .orElse(null);
    } catch (IOException | UncheckedIOException e) {
      return null; // it is only said, nothing depends on it
    }
  }
}
