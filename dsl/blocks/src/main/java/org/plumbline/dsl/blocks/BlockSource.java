// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.blocks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.model.words.Vocabulary;
import org.plumbline.dsl.model.words.Word;

/**
 * The source of the interfaces that scripts are compiled against: one per block, with the methods
 * that its words are in Groovy and in Kotlin.
 */
final class BlockSource {
  private final String home;
  private final Map<String, Vocabulary> seen = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();

  private BlockSource(String home) {
    this.home = home;
  }

  /** The sources by their types' names: those of a block and of all that may stand in it. */
  static Map<String, String> all(String home, Vocabulary block) {
    BlockSource source = new BlockSource(home);
    source.add(block);
    return source.files;
  }

  private void add(Vocabulary block) {
    Vocabulary known = seen.putIfAbsent(block.name(), block);
    if (known != null && known.words().equals(block.words())) {
      return;
    } else if (known != null) {
      throw new IllegalStateException("two blocks with other words are called " + block.name());
    }
    StringBuilder body = new StringBuilder();
    for (Word word : block.words()) {
      body.append(word.form() == Word.Form.PROPERTY ? property(word) : methods(word));
      word.block().ifPresent(this::add);
    }
    String source =
        """
        package %s;

        import groovy.lang.Closure;
        import groovy.lang.DelegatesTo;
        import java.util.List;
        import org.jspecify.annotations.Nullable;

        /** %s */
        @SpecDsl
        public interface %s extends ScriptBlock {
        %s}
        """;
    files.put(block.name(), source.formatted(home, sentence(block.doc()), block.name(), body));
  }

  private static String property(Word word) {
    String bean = Character.toUpperCase(word.word().charAt(0)) + word.word().substring(1);
    return """

          /** %3$s */
          @Nullable %1$s get%2$s();

          /** %3$s */
          void set%2$s(@Nullable %1$s value);
        """
        .formatted(javaType(word.type()), bean, sentence(word.doc()));
  }

  /** A body is a lambda with receiver in Kotlin and a closure in Groovy. */
  private static String methods(Word word) {
    boolean named = word.form() == Word.Form.ENTRY || word.form() == Word.Form.KIND;
    String name = named ? "String name, " : "";
    String ownLine = named ? "String name,\n      " : "";
    String doc = sentence(word.doc());
    StringBuilder methods = new StringBuilder();
    word.block()
        .map(Vocabulary::name)
        .ifPresent(
            block ->
                methods.append(
                    """

                      /** %1$s */
                      void %2$s(%3$sBody<? super %4$s> body);

                      /** %1$s */
                      void %2$s(
                          %5$s@DelegatesTo(value = %4$s.class, strategy = Closure.DELEGATE_ONLY)
                          Closure<?> body);
                    """
                        .formatted(doc, word.word(), name, block, ownLine)));
    Optional<String> value = word.value().map(BlockSource::javaType);
    value.ifPresent(
        java ->
            methods.append(
                """

                  /** %s */
                  void %s(%s@Nullable %s value);
                """
                    .formatted(doc, word.word(), name, java)));
    return methods.toString();
  }

  private static String javaType(Type type) {
    if (type instanceof Type.Whole || type instanceof Type.Real) {
      return "Number";
    } else if (type instanceof Type.Flag) {
      return "Boolean";
    } else if (type instanceof Type.Anything) {
      return "Object";
    } else if (type instanceof Type.ListOf list) {
      String item = javaType(list.item());
      return switch (item) {
        case "Number" -> "List<? extends Number>";
        case "Object" -> "List<?>";
        default -> "List<" + item + ">";
      };
    }
    return "String";
  }

  private static String sentence(String doc) {
    String safe =
        doc.replace("*/", "* /")
            .replace("&", "and")
            .replaceAll("`([^`]*)`", "{@code $1}")
            .replace("<", "less than")
            .replace(">", "more than");
    return Character.toUpperCase(safe.charAt(0)) + safe.substring(1) + ".";
  }
}
