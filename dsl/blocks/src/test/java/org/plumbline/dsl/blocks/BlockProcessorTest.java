// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockProcessorTest {
  private static final String MARKED =
      "@org.plumbline.dsl.blocks.GeneratedBlocks\npackage some.home;\n";

  @TempDir Path folder;

  @Test
  void theMarkedPackageGetsAnInterfaceForEachBlock() throws IOException {
    generate(MARKED);

    assertThat(folder.resolve("some/home"))
        .isDirectoryContaining("glob:**/ExperimentBlock.java")
        .isDirectoryContaining("glob:**/PpoPolicyBlock.java")
        .isDirectoryContaining("glob:**/PrefersChoiceBlock.java");
    assertThat(Files.readString(folder.resolve("some/home/VariantBlock.java")))
        .isEqualTo(
            """
            package some.home;

            import groovy.lang.Closure;
            import groovy.lang.DelegatesTo;
            import java.util.List;
            import org.jspecify.annotations.Nullable;

            /** A recipe that is another one with settings changed anywhere upstream. */
            @SpecDsl
            public interface VariantBlock extends ScriptBlock {

              /** The recipe that is varied, or a sweep all of whose recipes are. */
              @Nullable String getOf();

              /** The recipe that is varied, or a sweep all of whose recipes are. */
              void setOf(@Nullable String value);

              /** Paths into the spec, each with its new value; {@code null} leaves the setting out. */
              void with(String name, @Nullable Object value);
            }
            """);
    // A list may stand alone in place of a block.
    assertThat(Files.readString(folder.resolve("some/home/SweepBlock.java")))
        .contains(
            "void over(String name, Body<? super SweptValuesBlock> body);",
            "void over(String name, @Nullable List<?> value);");
    assertThat(Files.readString(folder.resolve("some/home/FeaturesBlock.java")))
        .contains(
            """
              /** 1 if the answer contains any of these words or phrases, else 0; letters' case is ignored. */
              void containsAny(String name, Body<? super ContainsAnyFeatureBlock> body);

              /** 1 if the answer contains any of these words or phrases, else 0; letters' case is ignored. */
              void containsAny(
                  String name,
                  @DelegatesTo(value = ContainsAnyFeatureBlock.class, strategy = Closure.DELEGATE_ONLY)
                  Closure<?> body);

              /** 1 if the answer contains any of these words or phrases, else 0; letters' case is ignored. */
              void containsAny(String name, @Nullable List<String> value);
            """);
  }

  @Test
  void aPackageThatDoesNotAskGetsNone() throws IOException {
    generate("package some.home;\n");

    assertThat(folder.resolve("some/home")).isEmptyDirectory();
  }

  /** Only generates; what the sources refer to is not there, so compiling them must fail. */
  private void generate(String packageInfo) throws IOException {
    Files.createDirectories(folder.resolve("some/home"));
    Path source = Files.writeString(folder.resolve("package-info.java"), packageInfo);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:only", "-s", folder.toString(), "-d", folder.toString());
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              null, files, problem -> {}, options, null, files.getJavaFileObjects(source));
      task.setProcessors(List.of(new BlockProcessor()));
      task.call();
    }
  }
}
