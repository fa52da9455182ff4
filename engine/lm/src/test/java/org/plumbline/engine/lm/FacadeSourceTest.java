// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The engine's dangerous calls stay out of the source, and the engine stays behind the facade. */
class FacadeSourceTest {

  private static final Path MAIN = Path.of("src", "main", "java");

  /** Operators of the engine's own arrays: their {@code Number} forms corrupt gradients. */
  private static final Pattern ARRAY_OPERATOR =
      Pattern.compile("array\\(?\\)?\\s*\\.(add|sub|mul|div|pow|maximum|minimum|clip)i?\\(");

  /** Not differentiable, or aliases, or kills the process, or walks every array. */
  private static final Pattern BANNED =
      Pattern.compile(
          "\\.(toType|duplicate|toDevice|zeroGradients|newGradientCollector|intern)\\("
              + "|JniUtils\\.(clip|percentile|adamUpdate|sgdUpdate|set|toSparse)\\("
              + "|DataType\\.(BFLOAT16|INT16|UINT16|UINT32|UINT64)|Optimizer|EasyTrain");

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theEngineIsNamedInTheFacadeOnly() throws IOException {
    List<Path> outside =
        sources().stream()
            .filter(file -> text(file).contains("ai.djl"))
            .filter(file -> !file.toString().replace('\\', '/').contains("/lm/internal/"))
            .filter(file -> !file.endsWith(Path.of("jni", "ScriptMethods.java")))
            // the name of a system property's owner, in prose
            .filter(file -> !file.endsWith("package-info.java"))
            .toList();

    assertThat(sources()).hasSizeGreaterThan(20);
    assertThat(outside).isEmpty();
  }

  @Test
  void dangerousCallsAreAbsent() throws IOException {
    for (Path file : sources()) {
      assertThat(text(file)).as(file.toString()).doesNotContainPattern(ARRAY_OPERATOR);
      assertThat(text(file)).as(file.toString()).doesNotContainPattern(BANNED);
    }
  }

  @Test
  void theScanFindsWhatItLooksFor() {
    assertThat("x = array.mul(2)").containsPattern(ARRAY_OPERATOR);
    assertThat("tensor.array().div(n)").containsPattern(ARRAY_OPERATOR);
    assertThat("a.toType(DataType.FLOAT32, true)").containsPattern(BANNED);
  }
}
