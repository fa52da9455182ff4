// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Platform;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The libtorch of this process: loaded once, with one device. An operation uses one thread, unless
 * {@link Workers} say otherwise.
 */
public final class Torch {

  private static final String CPU = "cpu";
  private static final String CUDA = "cuda:";
  private static final String MPS = "mps";

  private static volatile @Nullable Torch instance;

  private final PtNDManager root;
  private final Device device;
  private volatile int threads;
  private final String version;
  private final Map<String, String> settings;
  private final ThreadLocal<Boolean> prepared = ThreadLocal.withInitial(() -> false);

  private Torch(String deviceName, int threads) {
    this.settings = NativeSettings.apply(threads);
    Engine engine = Engine.getEngine("PyTorch");
    requireDevice(engine, deviceName);
    this.device = device(deviceName);
    this.threads = threads;
    this.version = engine.getVersion();
    this.root = (PtNDManager) NDManager.newBaseManager(device, "PyTorch");
    root.setName("plumbline");
    if (!deviceName.equals(CPU)) {
      tryOut();
    }
  }

  private static Device device(String name) {
    if (name.startsWith(CUDA)) {
      return Device.gpu(Integer.parseInt(name.substring(CUDA.length())));
    }
    return name.equals(MPS) ? Device.of(MPS, 0) : Device.cpu();
  }

  /** Whether a device can be used shows only when it is. */
  private void tryOut() {
    try (NDArray one = root.ones(new Shape(1))) {
      float[] back = one.toFloatArray();
      if (back[0] != 1f) {
        throw new IllegalStateException("a number did not come back from the device as it was");
      }
    }
  }

  /** Loads libtorch if that has not happened yet; later calls must name the first one's device. */
  public static synchronized Torch start(String deviceName, int threads) {
    Torch torch = instance;
    if (torch == null) {
      torch = new Torch(deviceName, threads);
      instance = torch;
    } else if (!torch.deviceName().equals(deviceName)) {
      throw new IllegalStateException(
          "this process computes on " + torch.deviceName() + " already, and has one device");
    }
    return torch;
  }

  private static void requireDevice(Engine engine, String deviceName) {
    if (deviceName.startsWith(CUDA)
        && Integer.parseInt(deviceName.substring(CUDA.length())) >= engine.getGpuCount()) {
      throw new IllegalStateException(
          "there is no " + deviceName + ": " + engine.getGpuCount() + " GPUs can be used");
    }
    boolean apple = Platform.isMac() && Platform.isARM();
    if (deviceName.equals(MPS) && !apple) {
      throw new IllegalStateException("there is no mps: only Macs with Apple silicon have it");
    }
  }

  public static boolean isStarted() {
    return instance != null;
  }

  /** Returns the library, which is loaded on the CPU if it has not been loaded yet. */
  public static Torch get() {
    Torch torch = instance;
    return torch == null ? start(CPU, 1) : torch;
  }

  public String engineVersion() {
    return version;
  }

  public String deviceName() {
    return device.isGpu() ? CUDA + device.getDeviceId() : device.getDeviceType();
  }

  /** Returns how many threads may compute at a time on the CPU. */
  public int threads() {
    return threads;
  }

  /** Changes how many threads may compute at a time on the CPU. */
  public void use(int count) {
    threads = count;
  }

  /** Returns the folder that libtorch was loaded from. */
  public String natives() {
    return LibUtils.getLibtorchPath();
  }

  /** Returns what was set for the process, and where each setting came from. */
  public Map<String, String> settings() {
    return settings;
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

  /** Prefers little memory to speed on the CPU, from now on and for the whole process. */
  public static void saveMemory() {
    if (!get().device.isGpu()) {
      NativeSettings.returnFreedPages();
    }
  }

  /** Sets what libtorch keeps per thread. */
  void prepareThread() {
    if (!prepared.get()) {
      prepared.set(true);
      JniUtils.setNumThreads(1);
      // Profiling and recompiling stalls the first calls and gains nothing for methods of fat ops.
      JniUtils.setGraphExecutorOptimize(false);
    }
  }
}
