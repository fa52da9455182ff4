// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code that Temporal replays must come to the same commands again. */
class WorkflowRulesTest {

  private static final Path SOURCES =
      Path.of("src/main/java/org/plumbline/workflows/temporal/workflow");

  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "System\\.|java\\.time\\.(Instant|Clock|Local|Zoned)|java\\.util\\.Random|Math\\.random"
              + "|UUID|Thread|java\\.util\\.concurrent|java\\.io|java\\.nio|java\\.net|HashMap<"
              + "|HashSet|parallelStream|(?<!import )\\bstatic (?!final)[^(]*?[=;]");

  @Test
  void workflowCodeHasNeitherClockNorRandomNorThreadsNorDisk() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      List<Path> sources = files.filter(f -> f.toString().endsWith(".java")).toList();

      assertThat(sources).isNotEmpty();
      for (Path source : sources) {
        String code = Files.readString(source).replace("LinkedHashMap<", "");
        List<String> found = FORBIDDEN.matcher(code).results().map(r -> r.group()).toList();
        assertThat(found).as(source.toString()).isEmpty();
      }
    }
  }

  @Test
  void ruleFindsWhatItForbids() {
    for (String bad :
        List.of(
            "System.nanoTime()",
            "import java.time.Instant;",
            "new HashMap<String, String>()",
            "private static int count;",
            "UUID.randomUUID()",
            "Thread.sleep(1)")) {
      assertThat(FORBIDDEN.matcher(bad).find()).as(bad).isTrue();
    }
  }
}
