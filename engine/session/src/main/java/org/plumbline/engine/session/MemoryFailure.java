// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.run.StageFailure;

/** Recognises that there was not enough memory, whoever said so, and says what to lower. */
final class MemoryFailure {
  private static final String CODE = "PLB0904";

  /** What libtorch and C++ say, on the CPU of Unix and Windows, on NVIDIA's and Apple's GPUs. */
  private static final Pattern SAID =
      Pattern.compile(
          "can't allocate memory|not enough memory: you tried|CUDA out of memory"
              + "|MPS backend out of memory|std::bad_alloc");

  private static final Pattern BYTES = Pattern.compile("tried to allocate (\\d+) bytes");

  /** Settings that memory grows with, most important first. */
  private static final List<String> GROWS_WITH =
      List.of("batch_size", "max_new_tokens", "context", "answers", "n");

  private MemoryFailure() {}

  /** The failure in the user's words, if it was about memory. */
  static Optional<StageFailure> of(Throwable failure, PlanNode node) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      String message = String.valueOf(at.getMessage());
      if (at instanceof OutOfMemoryError) {
        return Optional.of(
            failure(
                "Java's heap is full (" + message + ")",
                node,
                "or give Java more, as in `PLUMB_JAVA_OPTS=-Xmx8g`"));
      }
      if (SAID.matcher(message).find()) {
        return Optional.of(
            failure(
                "libtorch could not get" + wanted(message),
                node,
                "or run fewer nodes at once with `--parallel 1`"));
      }
    }
    return Optional.empty();
  }

  private static String wanted(String message) {
    Matcher bytes = BYTES.matcher(message);
    return bytes.find()
        ? " another %.1f MB".formatted(Double.parseDouble(bytes.group(1)) / 1e6)
        : " the memory for a result";
  }

  private static StageFailure failure(String what, PlanNode node, String otherwise) {
    String key = GROWS_WITH.stream().filter(node.settings()::containsKey).findFirst().orElse(null);
    String lower =
        key == null
            ? "use a smaller model"
            : "lower `%s`, now %s".formatted(key, node.settings().get(key))
                + ("context".equals(key) ? "" : ", or the `context` of its model");
    return new StageFailure(CODE, "out of memory: " + what, key, lower + ", " + otherwise);
  }
}
