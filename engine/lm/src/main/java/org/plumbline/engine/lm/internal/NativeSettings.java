// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings of the process that must be in place before libtorch is loaded, because its OpenMP
 * runtime and the C library read them once.
 */
final class NativeSettings {

  // Numbers of mallopt(3) in glibc.
  private static final int TRIM_THRESHOLD = -1;
  private static final int MMAP_THRESHOLD = -3;

  private NativeSettings() {}

  /** Nothing is downloaded or reported, and libraries are unpacked into the user's cache. */
  static void stayLocal() {
    property("ai.djl.offline", "true");
    property("OPT_OUT_TRACKING", "true");
    if (System.getenv(NativeCache.VARIABLE) == null) {
      property(NativeCache.VARIABLE, defaultCache().toString());
    }
  }

  /** Applies them; returns each with its value and who gave it. */
  static Map<String, String> apply(int threads) {
    stayLocal();
    Map<String, String> applied = new LinkedHashMap<>();
    // Idle OpenMP threads spin by default, which starves whatever else runs on a small machine.
    applied.put("OMP_WAIT_POLICY", environment("OMP_WAIT_POLICY", "PASSIVE"));
    applied.put("OMP_NUM_THREADS", environment("OMP_NUM_THREADS", Integer.toString(threads)));
    applied.put("MKL_NUM_THREADS", environment("MKL_NUM_THREADS", Integer.toString(threads)));
    applied.put("malloc keeps freed pages", keepFreedPages() ? "yes" : "as the system has it");
    return Collections.unmodifiableMap(applied);
  }

  /**
   * A step frees its tensors at once; without this glibc returns the pages and faults them in
   * again.
   */
  private static boolean keepFreedPages() {
    if (!Platform.isLinux()) {
      return false;
    }
    try {
      Function mallopt = Function.getFunction("c", "mallopt");
      int trim = mallopt.invokeInt(new Object[] {TRIM_THRESHOLD, Integer.MAX_VALUE});
      int map = mallopt.invokeInt(new Object[] {MMAP_THRESHOLD, 1 << 30});
      return trim == 1 && map == 1;
    } catch (UnsatisfiedLinkError notGlibc) {
      return false; // musl has no mallopt; the setting only affects speed
    }
  }

  /**
   * Has large blocks come from the system one by one and go back to it when they are freed. Blocks
   * of many sizes, kept in one heap, were measured to leave more of it unused than a step needs
   * that does not keep its activations; the price was a fifth more time.
   */
  static void returnFreedPages() {
    if (!Platform.isLinux()) {
      return;
    }
    try {
      Function.getFunction("c", "mallopt").invokeInt(new Object[] {MMAP_THRESHOLD, 1 << 22});
    } catch (UnsatisfiedLinkError notGlibc) {
      return; // as in keepFreedPages
    }
  }

  private static String environment(String name, String value) {
    String given = System.getenv(name);
    if (given != null) {
      return given + " (from the environment)";
    }
    try {
      if (Platform.isWindows()) {
        Function.getFunction("msvcrt", "_putenv_s").invokeInt(new Object[] {name, value});
      } else {
        Function.getFunction("c", "setenv").invokeInt(new Object[] {name, value, 0});
      }
      return value;
    } catch (UnsatisfiedLinkError unknownLibrary) {
      // only affects speed; the number of threads is also set on libtorch itself
      return "not set";
    }
  }

  private static void property(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  private static Path defaultCache() {
    String home = System.getProperty("user.home", ".");
    if (Platform.isMac()) {
      return Path.of(home, "Library", "Caches", "plumbline");
    }
    String base = System.getenv(Platform.isWindows() ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
    Path root = base == null || base.isEmpty() ? Path.of(home, ".cache") : Path.of(base);
    return root.resolve("plumbline");
  }
}
