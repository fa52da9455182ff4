// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Independent computations side by side, on the cores that nothing else in this process computes
 * on: several threads that each compute on their own are faster than one whose every operation is
 * divided among threads, and nothing that they compute depends on how many there are.
 */
public final class Workers {

  private static final long IDLE_SECONDS = 10;

  /** Threads with an open scope: those that compute. */
  private static final AtomicInteger BUSY = new AtomicInteger();

  private static final ThreadPoolExecutor HELPERS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          work -> {
            Thread thread = new Thread(work, "plumbline-worker");
            thread.setDaemon(true);
            return thread;
          });

  private Workers() {}

  /** Notes that a thread begins to compute. */
  static void begins() {
    BUSY.incrementAndGet();
  }

  /** Notes that a thread computes no more. */
  static void ends() {
    BUSY.decrementAndGet();
  }

  /**
   * Returns how many threads there are to divide: the cores that nobody else computes on now, and
   * at least one; one for a device, which this thread feeds.
   */
  public static int threads() {
    int others = BUSY.get() - (TorchScope.isOpen() ? 1 : 0);
    return sideBySide() ? Math.max(1, Torch.get().threads() - others) : 1;
  }

  /** Whether computing side by side gains anything: a device does one thing after the other. */
  public static boolean sideBySide() {
    return Torch.get().deviceName().equals("cpu");
  }

  /** Runs all tasks, each of whose operations uses one thread, and returns when they have ended. */
  public static void run(List<Runnable> tasks) {
    run(tasks, threads(), 1);
  }

  /**
   * Runs all tasks and returns when they have ended.
   *
   * @param most how many run at a time: one here, the others on threads of their own
   * @param threadsEach how many threads an operation of a task may use
   * @throws RuntimeException what the first task in order to fail threw; those not yet begun are
   *     left out
   */
  public static void run(List<Runnable> tasks, int most, int threadsEach) {
    Work work = new Work(tasks, threadsEach);
    List<Future<?>> helpers = new ArrayList<>();
    for (int i = 1; i < Math.min(tasks.size(), most); i++) {
      helpers.add(HELPERS.submit(work::help));
    }
    work.here();
    helpers.forEach(Workers::await);
    work.rethrow();
  }

  /** Tasks that several threads take from. */
  private static final class Work {
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private final List<Runnable> tasks;
    private final int threadsEach;
    private int failed = Integer.MAX_VALUE;
    private @Nullable Throwable failure;

    Work(List<Runnable> tasks, int threadsEach) {
      this.tasks = tasks;
      this.threadsEach = threadsEach;
      for (int i = 0; i < tasks.size(); i++) {
        waiting.add(i);
      }
    }

    private synchronized @Nullable Integer next() {
      return waiting.poll();
    }

    private synchronized void failed(int task, Throwable why) {
      waiting.clear();
      if (task < failed) {
        failed = task;
        failure = why;
      }
    }

    void here() {
      Torch.get().prepareThread();
      JniUtils.setNumThreads(Math.min(threadsEach, Torch.get().threads()));
      try {
        while (one()) {}
      } finally {
        JniUtils.setNumThreads(1);
      }
    }

    void help() {
      Torch.get().prepareThread();
      JniUtils.setNumThreads(threadsEach);
      while (one()) {}
    }

    private boolean one() {
      Integer task = next();
      if (task != null) {
        try {
          tasks.get(task).run();
        } catch (RuntimeException | Error e) {
          failed(task, e);
        }
      }
      return task != null;
    }

    void rethrow() {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }

  /** The tasks use what the caller frees: it has to wait, and hears of an interruption after. */
  private static void await(Future<?> helper) {
    boolean interrupted = false;
    while (true) {
      try {
        helper.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
