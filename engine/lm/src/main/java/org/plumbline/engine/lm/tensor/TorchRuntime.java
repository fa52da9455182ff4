// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tensor;

import java.util.Map;
import org.plumbline.engine.lm.failure.TorchUnavailableException;
import org.plumbline.engine.lm.internal.Torch;

/**
 * The tensor library of this process: how it was started and what was found.
 *
 * <p>An operation computes on one thread: the order of additions, and so every bit of a result,
 * then does not depend on the number of cores. Several cores are used by computing several things
 * side by side: models, parts of a step, blocks of samples.
 */
public final class TorchRuntime {

  private final Torch torch;

  private TorchRuntime(Torch torch) {
    this.torch = torch;
  }

  /** Loads libtorch on the CPU with one thread, unless it is already loaded, on any device. */
  public static TorchRuntime start() {
    return new TorchRuntime(Torch.isStarted() ? Torch.get() : started(new Settings("cpu", 1)));
  }

  /**
   * Loads libtorch, unless it is already loaded. A process has one device; how many threads may
   * compute is what the last call says.
   *
   * <p>Unpacks the native libraries into a cache on first use: {@code DJL_CACHE_DIR}, else the
   * user's cache folder. Nothing is downloaded.
   *
   * @throws TorchUnavailableException if the library or the device cannot be used
   */
  public static TorchRuntime start(Settings settings) {
    return new TorchRuntime(started(settings));
  }

  private static Torch started(Settings settings) {
    try {
      Torch torch = Torch.start(settings.device(), settings.threads());
      torch.use(settings.threads());
      return torch;
    } catch (RuntimeException | LinkageError e) {
      throw new TorchUnavailableException(settings.device(), e);
    }
  }

  /** Returns name and version, which belong to the provenance of every result. */
  public String engine() {
    return "libtorch " + torch.engineVersion();
  }

  /** Returns {@code cpu}, {@code cuda:N} or {@code mps}. */
  public String device() {
    return torch.deviceName();
  }

  /** Returns how many threads may compute at a time on the CPU. */
  public int threads() {
    return torch.threads();
  }

  /** Returns the folder that libtorch was loaded from. */
  public String natives() {
    return torch.natives();
  }

  /**
   * Returns what was set for OpenMP, MKL and malloc before libtorch was loaded, in the order of
   * importance.
   */
  public Map<String, String> processSettings() {
    return torch.settings();
  }

  /** Returns whether a device is named in a way that is understood; it need not be there. */
  public static boolean isDevice(String name) {
    return name.equals("cpu") || name.equals("mps") || name.matches("cuda:\\d{1,3}");
  }

  /** Returns how many NVIDIA GPUs libtorch can use. */
  public int gpuCount() {
    return torch.gpuCount();
  }

  /** Returns how many tensors live outside of scopes, in all threads: parameters and moments. */
  public int liveTensors() {
    return torch.liveArrays();
  }

  /**
   * What to start with.
   *
   * @param device {@code cpu}, {@code cuda:N} or {@code mps}
   * @param threads how many may compute at a time on the CPU
   */
  public record Settings(String device, int threads) {
    public Settings {
      if (!isDevice(device)) {
        throw new IllegalArgumentException("unknown device " + device);
      }
      if (threads < 1) {
        throw new IllegalArgumentException("threads must be positive, not " + threads);
      }
    }
  }
}
