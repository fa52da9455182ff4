package org.plumbline.engine.rlhf.judge;

import java.io.IOException;

/** A judge did not answer, though it was asked several times; it may do so later. */
public final class JudgeUnavailable extends IOException {
  private static final long serialVersionUID = 1L;

  JudgeUnavailable(String url, int attempts, String last) {
    super("the judge at " + url + " gave no answer in " + attempts + " attempts: " + last);
  }
}
