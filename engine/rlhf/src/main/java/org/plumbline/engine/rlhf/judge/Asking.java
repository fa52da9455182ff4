// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.plumbline.engine.rlhf.judge.Judge.Question;
import org.plumbline.engine.rlhf.judge.Judge.Single;

/** Asks a judge as many questions at the same time as it can take. */
public final class Asking implements AutoCloseable {
  /** How long answers that are on their way when another question has failed may take. */
  private static final long GRACE_SECONDS = 2;

  private final Judge judge;
  private final ThreadPoolExecutor threads;

  /** Questions to a judge. */
  public Asking(Judge judge) {
    this.judge = judge;
    this.threads =
        new ThreadPoolExecutor(
            judge.atOnce(), judge.atOnce(), 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
  }

  /**
   * Which of two answers is better, of all these questions, in their order.
   *
   * @throws IOException if a question fails so; the first one, in that order
   */
  public List<OptionalDouble> compare(List<Question> questions) throws IOException {
    if (judge.atOnce() == 1) {
      return judge.compareAll(questions); // what is not far away needs no thread of its own
    }
    List<Callable<OptionalDouble>> calls = new ArrayList<>();
    questions.forEach(question -> calls.add(() -> judge.compare(question)));
    return all(calls);
  }

  /**
   * How good each of these answers is, in their order.
   *
   * @throws IOException as {@link #compare} does
   */
  public List<OptionalDouble> score(List<Single> answers) throws IOException {
    if (judge.atOnce() == 1) {
      return judge.scoreAll(answers);
    }
    List<Callable<OptionalDouble>> calls = new ArrayList<>();
    answers.forEach(answer -> calls.add(() -> judge.score(answer)));
    return all(calls);
  }

  /**
   * Asks all of these; the answers are in the order of the questions.
   *
   * @throws IOException if a question fails so; the first one, in that order
   */
  public <T> List<T> all(List<? extends Callable<T>> questions) throws IOException {
    List<Future<T>> asked = new ArrayList<>();
    for (Callable<T> question : questions) {
      asked.add(threads.submit(question));
    }
    List<T> answers = new ArrayList<>();
    for (Future<T> answer : asked) {
      answers.add(get(answer));
    }
    return answers;
  }

  private static <T> T get(Future<T> answer) throws IOException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a judge was asked");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      } else if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      } else if (e.getCause() instanceof Error failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Ends all threads; what is answered at this moment is still kept. */
  @Override
  public void close() {
    threads.getQueue().clear();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
        threads.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
