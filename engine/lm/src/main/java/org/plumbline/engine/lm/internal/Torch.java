package org.plumbline.engine.lm.internal;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import org.jspecify.annotations.Nullable;

/** The libtorch of this process: loaded once, with one device and one number of threads. */
public final class Torch {

  private static volatile @Nullable Torch instance;

  private final PtNDManager root;
  private final Device device;
  private final int threads;
  private final String version;
  private final ThreadLocal<Boolean> prepared = ThreadLocal.withInitial(() -> false);

  private Torch(String deviceName, int threads) {
    NativeSettings.apply(threads);
    Engine engine = Engine.getEngine("PyTorch");
    requireDevice(engine, deviceName);
    this.device =
        deviceName.startsWith("cuda:")
            ? Device.gpu(Integer.parseInt(deviceName.substring("cuda:".length())))
            : Device.cpu();
    this.threads = threads;
    this.version = engine.getVersion();
    this.root = (PtNDManager) NDManager.newBaseManager(device, "PyTorch");
    root.setName("plumbline");
  }

  /** Loads libtorch if that has not happened yet; later calls keep the first call's settings. */
  public static synchronized Torch start(String deviceName, int threads) {
    Torch torch = instance;
    if (torch == null) {
      torch = new Torch(deviceName, threads);
      instance = torch;
    }
    return torch;
  }

  private static void requireDevice(Engine engine, String deviceName) {
    if (deviceName.startsWith("cuda:")
        && Integer.parseInt(deviceName.substring("cuda:".length())) >= engine.getGpuCount()) {
      throw new IllegalStateException(
          "there is no " + deviceName + ": " + engine.getGpuCount() + " GPUs can be used");
    }
  }

  public static boolean isStarted() {
    return instance != null;
  }

  static Torch get() {
    Torch torch = instance;
    return torch == null ? start("cpu", 1) : torch;
  }

  public String engineVersion() {
    return version;
  }

  public String deviceName() {
    return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
  }

  public int threads() {
    return threads;
  }

  /**
   * Returns how many arrays are alive, of all threads; constant from step to step unless one leaks.
   */
  public int liveArrays() {
    return root.getManagedArrays().size();
  }

  public int gpuCount() {
    return Engine.getEngine("PyTorch").getGpuCount();
  }

  PtNDManager root() {
    return root;
  }

  Device device() {
    return device;
  }

  /** Sets what libtorch keeps per thread. */
  void prepareThread() {
    if (!prepared.get()) {
      prepared.set(true);
      JniUtils.setNumThreads(threads);
      // Profiling and recompiling stalls the first calls and gains nothing for methods of fat ops.
      JniUtils.setGraphExecutorOptimize(false);
    }
  }
}
