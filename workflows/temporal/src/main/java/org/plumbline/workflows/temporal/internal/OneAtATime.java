// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.internal;

import java.time.Duration;
import java.util.Map;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.RunListener;

/** Calls a listener from one thread at a time. */
public final class OneAtATime implements RunListener {

  private final RunListener listener;

  /** Wraps a listener that is not thread-safe. */
  public OneAtATime(RunListener listener) {
    this.listener = listener;
  }

  @Override
  public synchronized void resolved(Resolution resolution) {
    listener.resolved(resolution);
  }

  @Override
  public synchronized void started(String node, long fromStep) {
    listener.started(node, fromStep);
  }

  @Override
  public synchronized void progress(
      String node, long step, long total, Map<String, Double> metrics) {
    listener.progress(node, step, total, metrics);
  }

  @Override
  public synchronized void note(String node, String text) {
    listener.note(node, text);
  }

  @Override
  public synchronized void done(String node, NodeResult result) {
    listener.done(node, result);
  }

  @Override
  public synchronized void retrying(String node, NodeFailure failure, Duration pause) {
    listener.retrying(node, failure, pause);
  }

  @Override
  public synchronized void failed(String node, NodeFailure failure) {
    listener.failed(node, failure);
  }

  @Override
  public synchronized void stopped(String node) {
    listener.stopped(node);
  }

  @Override
  public synchronized void comparing() {
    listener.comparing();
  }

  @Override
  public synchronized void compared() {
    listener.compared();
  }
}
