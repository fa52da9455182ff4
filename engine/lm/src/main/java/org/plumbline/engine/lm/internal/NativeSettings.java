package org.plumbline.engine.lm.internal;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.nio.file.Path;

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
    if (System.getenv("DJL_CACHE_DIR") == null) {
      property("DJL_CACHE_DIR", defaultCache().toString());
    }
  }

  static void apply(int threads) {
    stayLocal();
    // Idle OpenMP threads spin by default, which starves whatever else runs on a small machine.
    environment("OMP_WAIT_POLICY", "PASSIVE");
    environment("OMP_NUM_THREADS", Integer.toString(threads));
    environment("MKL_NUM_THREADS", Integer.toString(threads));
    keepFreedPages();
  }

  /**
   * A step frees its tensors at once; without this glibc returns the pages and faults them in
   * again.
   */
  private static void keepFreedPages() {
    if (!Platform.isLinux()) {
      return;
    }
    try {
      Function mallopt = Function.getFunction("c", "mallopt");
      mallopt.invokeInt(new Object[] {TRIM_THRESHOLD, Integer.MAX_VALUE});
      mallopt.invokeInt(new Object[] {MMAP_THRESHOLD, 1 << 30});
    } catch (UnsatisfiedLinkError notGlibc) {
      return; // musl has no mallopt; the setting only affects speed
    }
  }

  private static void environment(String name, String value) {
    if (System.getenv(name) != null) {
      return;
    }
    try {
      if (Platform.isWindows()) {
        Function.getFunction("msvcrt", "_putenv_s").invokeInt(new Object[] {name, value});
      } else {
        Function.getFunction("c", "setenv").invokeInt(new Object[] {name, value, 0});
      }
    } catch (UnsatisfiedLinkError unknownLibrary) {
      return; // only affects speed; the number of threads is also set on libtorch itself
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
