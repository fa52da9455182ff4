// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.select;

import java.util.List;

/**
 * What is asked about, by number.
 *
 * @param <Q> what a question is about
 */
public interface QuestionSource<Q> {

  /**
   * The questions with the numbers from (inclusive) to (exclusive); each depends on its number and
   * on nothing else.
   */
  List<Q> draw(int from, int to);
}
