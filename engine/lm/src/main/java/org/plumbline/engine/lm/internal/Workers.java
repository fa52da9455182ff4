// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Independent computations side by side: for small operations, several threads that each compute on
 * their own are faster than one whose every operation is divided among threads.
 */
public final class Workers {

  private Workers() {}

  /** Returns how many threads there are to divide: those of the CPU, or one that feeds a device. */
  public static int threads() {
    Torch torch = Torch.get();
    return torch.deviceName().equals("cpu") ? torch.threads() : 1;
  }

  /**
   * Runs all tasks and returns when they have ended.
   *
   * @param count how many run at a time; one runs here, more get threads of their own
   * @param threadsEach how many threads an operation of a task may use
   * @throws RuntimeException what the first task to fail threw; those not yet begun are left out
   */
  public static void run(List<Runnable> tasks, int count, int threadsEach) {
    int workers = Math.min(count, tasks.size());
    if (workers < 2) {
      runHere(tasks, threadsEach);
      return;
    }
    Queue<Runnable> queue = new ConcurrentLinkedQueue<>(tasks);
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      Thread thread = new Thread(() -> work(queue, failures, threadsEach), "sampling-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    threads.forEach(Workers::await);
    Throwable first = failures.peek();
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private static void runHere(List<Runnable> tasks, int threadsEach) {
    Torch torch = Torch.get();
    torch.prepareThread();
    JniUtils.setNumThreads(Math.min(threadsEach, torch.threads()));
    try {
      tasks.forEach(Runnable::run);
    } finally {
      JniUtils.setNumThreads(torch.threads());
    }
  }

  private static void work(Queue<Runnable> queue, Queue<Throwable> failures, int threadsEach) {
    Torch.get().prepareThread();
    JniUtils.setNumThreads(threadsEach);
    for (Runnable task = queue.poll(); task != null; task = queue.poll()) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        failures.add(e);
        queue.clear();
      }
    }
  }

  /** The tasks use what the caller frees: it has to wait, and hears of an interruption after. */
  private static void await(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
