// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

/** A number read off an answer and its prompt. Equal texts give equal bits; thread-safe. */
@FunctionalInterface
public interface Feature {

  /** The feature of an answer to a prompt. */
  double of(String prompt, String answer);
}
