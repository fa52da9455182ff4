// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Small tokenizers of the kinds that published models have; their script is beside them. */
public final class TokenizerFixtures {

  private static final Path FOLDER = Path.of("src", "test", "fixtures", "tokenizers");
  private static final String END = ".json";

  private TokenizerFixtures() {}

  public static List<String> names() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(END))
          .map(name -> name.substring(0, name.length() - END.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path file(String name) {
    return FOLDER.resolve(name + END);
  }

  public static Tokenizer tokenizer(String name) {
    return Tokenizer.read(file(name));
  }

  /** What transformers makes of the script's texts. */
  static JsonNode expected() {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(FOLDER.resolve("expected.json.gz")))) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int[] ids(JsonNode row) {
    return IntStream.range(0, row.size()).map(i -> row.get(i).asInt()).toArray();
  }
}
