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

  /** Takes note of a question; nobody is given the same one twice. */
  public void add(String person, long question) {
    List<Long> questions = given.computeIfAbsent(person, name -> new ArrayList<>());
    int at = Collections.binarySearch(questions, question);
    if (at >= 0) {
      throw new IllegalArgumentException(person + " was given " + question + " before");
    }
    questions.add(-at - 1, question);
  }

  /** How many questions of a lower number a person was given. */
  public int before(String person, long question) {
    int at = Collections.binarySearch(given.getOrDefault(person, List.of()), question);
    return at >= 0 ? at : -at - 1;
  }
}
