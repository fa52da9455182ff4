// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.kotlin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.groovy.GroovyReader;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.words.Vocabulary;
import org.plumbline.dsl.model.words.Word;
import org.plumbline.dsl.script.ScriptCache;
import org.plumbline.dsl.spec.tree.Node;
import org.plumbline.dsl.spec.tree.SpecReader;
import org.plumbline.dsl.spec.tree.Tree;

/**
 * One script that opens every block of the language and names every word in it, as both compilers
 * see it. What a compiler finds in a block without a qualifier is what an editor completes there.
 */
class EveryWordTest {
  @TempDir Path folder;

  private final StringBuilder script = new StringBuilder();
  private final Set<String> opened = new HashSet<>();
  private int names;

  @Test
  void theKotlinCompilerFindsEveryWordInItsBlock() {
    everyWordIsFound(new KotlinReader(ScriptCache.in(folder)), "every.plumb.kts");
  }

  @Test
  void theGroovyCompilerFindsEveryWordInItsBlock() {
    everyWordIsFound(new GroovyReader(ScriptCache.in(folder)), "every.plumb.groovy");
  }

  private void everyWordIsFound(SpecReader reader, String name) {
    script.append("experiment(\"every\") {\n");
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("plumb", "v1");
    expected.put("name", "every");
    expected.putAll(words(Vocabulary.ofExperiment()));
    script.append("}\n");

    Tree tree = reader.read(SourceFile.of(name, script.toString()));

    assertThat(tree.diagnostics()).isEmpty();
    assertThat(plain(Objects.requireNonNull(tree.root()))).isEqualTo(expected);
    assertThat(opened).hasSizeGreaterThan(100);
  }

  /** Writes all words of a block; what they should give. */
  private Map<String, Object> words(Vocabulary block) {
    Map<String, Object> given = new LinkedHashMap<>();
    if (!opened.add(block.name())) {
      return given;
    }
    for (Word word : block.words()) {
      String name = "n" + names++;
      switch (word.form()) {
        case PROPERTY -> {
          script.append("%1$s = %1$s\n".formatted(word.word()));
          given.put(word.key(), "null");
        }
        case BLOCK, SECTION, CHOICE -> given.put(word.key(), body(word, word.word()));
        case KIND ->
            given.put(name, Map.of(word.key(), body(word, word.word() + "(\"" + name + "\")")));
        case ENTRY -> given.put(word.key(), Map.of(name, entry(word, name)));
      }
    }
    return given;
  }

  private Object entry(Word word, String name) {
    if (word.block().isPresent()) {
      return body(word, word.word() + "(\"" + name + "\")");
    }
    script.append("%s(\"%s\", null)\n".formatted(word.word(), name));
    return "null";
  }

  private Map<String, Object> body(Word word, String head) {
    script.append(head).append(" {\n");
    Map<String, Object> given = words(word.block().orElseThrow());
    script.append("}\n");
    return given;
  }

  private static Object plain(Node node) {
    if (node instanceof Node.Mapping mapping) {
      Map<String, Object> plain = new LinkedHashMap<>();
      mapping.entries().forEach(entry -> plain.put(entry.key(), plain(entry.value())));
      return plain;
    }
    return node instanceof Node.Scalar scalar ? String.valueOf(scalar.value()) : "null";
  }
}
