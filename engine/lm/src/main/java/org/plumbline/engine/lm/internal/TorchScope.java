// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frees, when closed, every tensor that this thread made since it was opened.
 *
 * <p>The outermost scope of a thread switches gradient recording off: libtorch has it on for every
 * thread but the one that loaded it.
 */
public final class TorchScope implements AutoCloseable {

  private static final ThreadLocal<@Nullable TorchScope> CURRENT = new ThreadLocal<>();

  private final @Nullable TorchScope parent;
  private final PtNDManager manager;
  private final NDScope created;
  private final List<TorchTensor> adopted = new ArrayList<>();
  private final Thread owner = Thread.currentThread();
  private boolean closed;

  private TorchScope(Torch torch, @Nullable TorchScope parent) {
    this.parent = parent;
    this.manager = parent == null ? torch.root().newSubManager(torch.device()) : parent.manager;
    this.created = new NDScope();
    created.suppressNotUsedWarning();
  }

  public static TorchScope open() {
    Torch torch = Torch.get();
    TorchScope parent = CURRENT.get();
    if (parent == null) {
      torch.prepareThread();
      JniUtils.setGradMode(false);
      Workers.begins();
    }
    TorchScope scope = new TorchScope(torch, parent);
    CURRENT.set(scope);
    return scope;
  }

  /** Whether this thread computes. */
  static boolean isOpen() {
    return CURRENT.get() != null;
  }

  static TorchScope current() {
    TorchScope scope = CURRENT.get();
    if (scope == null) {
      throw new IllegalStateException(
          "no Scope is open on thread " + Thread.currentThread().getName());
    }
    return scope;
  }

  PtNDManager manager() {
    return manager;
  }

  /** Lets the tensor live on in the enclosing scope. */
  public void release(TorchTensor tensor) {
    if (parent == null) {
      throw new IllegalStateException("the outermost scope has no enclosing scope");
    }
    if (CURRENT.get() != this) {
      throw new IllegalStateException("only the innermost scope can hand a tensor out");
    }
    NDScope.unregister(tensor.array());
    adopted.remove(tensor);
    parent.adopted.add(tensor);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (owner != Thread.currentThread() || CURRENT.get() != this) {
      throw new IllegalStateException("scopes close on their own thread, innermost first");
    }
    closed = true;
    created.close();
    adopted.forEach(tensor -> tensor.array().close());
    if (parent == null) {
      manager.close();
      CURRENT.remove();
      Workers.ends();
    } else {
      CURRENT.set(parent);
    }
  }
}
