// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plumbline.engine.run.work.NodeEnd;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.RunListener;

/** Calls a listener from one thread at a time, and remembers how nodes ended. */
public final class OneAtATime implements RunListener {

  private final RunListener listener;
  private final Map<String, NodeEnd> ends = new TreeMap<>();

  /** Wraps a listener that is not thread-safe. */
  public OneAtATime(RunListener listener) {
    this.listener = listener;
  }

  /** What became of the nodes that were computed, by name. */
  public synchronized List<NodeEnd> ends() {
    return List.copyOf(ends.values());
  }

  @Override
  public synchronized void resolved(Resolution resolution) {
    listener.resolved(resolution);
  }

  @Override
  public synchronized void taken(String node, int attempt) {
    listener.taken(node, attempt);
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
    ends.put(node, NodeEnd.done(node, result));
    listener.done(node, result);
  }

  @Override
  public synchronized void retrying(String node, NodeFailure failure, Duration pause) {
    listener.retrying(node, failure, pause);
  }

  @Override
  public synchronized void failed(String node, NodeFailure failure) {
    ends.put(node, NodeEnd.failed(node, failure));
    listener.failed(node, failure);
  }

  @Override
  public synchronized void stopped(String node) {
    ends.put(node, NodeEnd.stopped(node));
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
