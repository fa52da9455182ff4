// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

/**
 * The small operations that the engine lacks, or offers only in a form that is unsafe in a graph.
 */
final class Kernels {

  private static final class Loaded {
    static final Script SCRIPT = Script.load(Kernels.class, "kernels.torchscript", "Kernels");
  }

  private Kernels() {}

  static Script.Call call(String method) {
    return Loaded.SCRIPT.call(method);
  }
}
