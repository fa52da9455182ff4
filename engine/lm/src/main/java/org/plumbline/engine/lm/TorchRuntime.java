package org.plumbline.engine.lm;

import org.plumbline.engine.lm.internal.Torch;

/**
 * The tensor library of this process: how it was started and what was found.
 *
 * <p>One intra-operation thread is the default: the order of additions, and so every bit of a
 * result, then does not depend on the number of cores, and work runs in parallel by running several
 * models at once.
 */
public final class TorchRuntime {

  private final Torch torch;

  private TorchRuntime(Torch torch) {
    this.torch = torch;
  }

  /** Loads libtorch on the CPU with one thread, unless it is already loaded. */
  public static TorchRuntime start() {
    return start(new Settings("cpu", 1));
  }

  /**
   * Loads libtorch, unless it is already loaded: the first call's settings hold for the process.
   *
   * <p>Unpacks the native libraries into a cache on first use: {@code DJL_CACHE_DIR}, else the
   * user's cache folder. Nothing is downloaded.
   *
   * @throws TorchUnavailableException if the library or the device cannot be used
   */
  public static TorchRuntime start(Settings settings) {
    try {
      return new TorchRuntime(Torch.start(settings.device(), settings.threads()));
    } catch (RuntimeException | LinkageError e) {
      throw new TorchUnavailableException(settings.device(), e);
    }
  }

  /** Returns name and version, which belong to the provenance of every result. */
  public String engine() {
    return "libtorch " + torch.engineVersion();
  }

  /** Returns {@code cpu} or {@code cuda:N}. */
  public String device() {
    return torch.deviceName();
  }

  public int threads() {
    return torch.threads();
  }

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
   * @param device {@code cpu} or {@code cuda:N}
   * @param threads threads that one operation may use
   */
  public record Settings(String device, int threads) {
    public Settings {
      if (!device.equals("cpu") && !device.matches("cuda:\\d+")) {
        throw new IllegalArgumentException("unknown device " + device);
      }
      if (threads < 1) {
        throw new IllegalArgumentException("threads must be positive, not " + threads);
      }
    }
  }
}
