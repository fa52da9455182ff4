package org.plumbline.dsl.groovy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The block classes say what the model says. {@code -Dgolden=update} writes them anew. */
class BlocksAreCurrentTest {
  private static final Path FOLDER = Path.of("src/main/java/org/plumbline/dsl/groovy/blocks");
  private static final Set<String> BY_HAND =
      Set.of(
          "Body",
          "ImplicitReceiver",
          "PlumbScript",
          "ScriptBlock",
          "SpecDsl",
          "Written",
          "package-info");

  @Test
  void everyBlockClassIsWhatTheModelSays() throws IOException {
    Map<String, String> expected = BlockSource.all();
    if ("update".equals(System.getProperty("golden"))) {
      write(expected);
    }

    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      files.forEach(file -> found.add(file.getFileName().toString().replace(".java", "")));
    }
    found.removeAll(BY_HAND);
    assertThat(found).as("block classes").isEqualTo(new TreeSet<>(expected.keySet()));
    for (Map.Entry<String, String> file : expected.entrySet()) {
      String actual = Files.readString(FOLDER.resolve(file.getKey() + ".java"));
      assertThat(dense(actual)).as(file.getKey()).isEqualTo(dense(file.getValue()));
    }
  }

  private static void write(Map<String, String> files) throws IOException {
    try (Stream<Path> old = Files.list(FOLDER)) {
      for (Path file : old.toList()) {
        if (!BY_HAND.contains(file.getFileName().toString().replace(".java", ""))) {
          Files.delete(file);
        }
      }
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(FOLDER.resolve(file.getKey() + ".java"), file.getValue());
    }
  }

  /** Formatting may break lines, also those of comments. */
  private static String dense(String source) {
    return source.replaceAll("[\\s*]+", "");
  }
}
