// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.io.IOException;
import java.util.Optional;

/**
 * What somebody outside, such as a judge that is paid for each answer, has said to an unfinished
 * node. It is kept as it comes, whenever the node saves its next checkpoint, so that no answer that
 * has arrived is asked for again. Safe for use by several threads.
 */
public interface KeptAnswers {

  /** Keeps nothing. */
  KeptAnswers NONE =
      new KeptAnswers() {
        @Override
        public Optional<String> find(String question) {
          return Optional.empty();
        }

        @Override
        public void keep(String question, String answer) {}
      };

  /**
   * The answer to a question, if it was given before.
   *
   * @param question all that it says; the same question of another place in the work is another
   *     question
   */
  Optional<String> find(String question);

  /**
   * Keeps an answer; when this returns, it outlasts a crash of the process and of the machine.
   *
   * @throws IOException if it cannot be written
   */
  void keep(String question, String answer) throws IOException;
}
