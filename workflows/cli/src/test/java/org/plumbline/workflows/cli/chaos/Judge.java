// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.chaos;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.workflows.cli.ChatServer;

/** A judge that is paid by the answer: gives the same to the same question, and keeps count. */
final class Judge implements ChatServer.Answers {
  /** How many questions a node asks at the same time. */
  static final int AT_ONCE = 8;

  private final Map<String, List<Long>> answered = new HashMap<>();
  private int count;
  private int most = Integer.MAX_VALUE;
  private int waiting;

  @Override
  public void answer(HttpExchange exchange, String question) throws IOException {
    if (!mayAnswer(question)) {
      return; // the connection ends; whoever still wants to know asks again
    }
    int sum = question.chars().sum();
    String verdict = sum % 3 == 0 ? "(A)" : "(B)";
    ChatServer.say(exchange, question.contains("(A) or (B)") ? verdict : "please " + sum);
  }

  private synchronized boolean mayAnswer(String question) {
    if (count >= most) {
      waiting++;
      try {
        while (count >= most) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        waiting--;
      }
      return false;
    }
    count++;
    answered.computeIfAbsent(question, first -> new ArrayList<>()).add(System.nanoTime());
    return true;
  }

  /** Forgets everything, and answers. */
  synchronized void begin() {
    answered.clear();
    count = 0;
    open();
  }

  /** Lets questions wait after so many answers more. */
  synchronized void holdAfter(int answers) {
    most = count + answers;
  }

  /** Answers from now on; those that wait have to ask again. */
  synchronized void open() {
    most = Integer.MAX_VALUE;
    notifyAll();
  }

  /** How many questions wait. */
  synchronized int waiting() {
    return waiting;
  }

  /** When each question was answered, by {@link System#nanoTime}. */
  synchronized Map<String, List<Long>> answered() {
    Map<String, List<Long>> copy = new HashMap<>();
    answered.forEach((question, times) -> copy.put(question, List.copyOf(times)));
    return copy;
  }
}
