// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which questions each person was given.
 *
 * <p>How tired somebody is, is read off the questions of lower number, so it does not matter how
 * many are asked at a time, or whether collecting them was interrupted. Not thread-safe.
 */
public final class Workload {
  private final Map<String, List<Long>> given = new HashMap<>();

  /** Takes note of a question; those of one person come in the order of their numbers. */
  public void add(String person, long question) {
    List<Long> questions = given.computeIfAbsent(person, name -> new ArrayList<>());
    if (!questions.isEmpty() && questions.get(questions.size() - 1) >= question) {
      throw new IllegalArgumentException(
          person + " was given " + question + " after " + questions.get(questions.size() - 1));
    }
    questions.add(question);
  }

  /** How many questions of a lower number a person was given. */
  public int before(String person, long question) {
    int at = Collections.binarySearch(given.getOrDefault(person, List.of()), question);
    return at >= 0 ? at : -at - 1;
  }
}
