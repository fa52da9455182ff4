package org.plumbline.engine.store.record;

import java.util.Map;
import java.util.TreeMap;

/**
 * What computed something: kept beside results, and no part of any key.
 *
 * @param plumb version of Plumbline
 * @param engine what the numbers came from: name, version, device, number type, threads
 */
public record Provenance(
    String plumb,
    String java,
    String os,
    String arch,
    int cpus,
    String host,
    Map<String, String> engine) {

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
        engine);
  }
}
