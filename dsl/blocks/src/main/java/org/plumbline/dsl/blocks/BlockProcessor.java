// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.blocks;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.plumbline.dsl.model.words.Vocabulary;

/**
 * Writes the blocks of the language into the package that asks for them.
 *
 * <p>The model is on the processor's own path, compiled, so it is read as everybody else reads it:
 * by its shapes, not by its source.
 */
@SupportedAnnotationTypes("org.plumbline.dsl.blocks.GeneratedBlocks")
public final class BlockProcessor extends AbstractProcessor {

  /** For the compiler. */
  public BlockProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (Element marked : round.getElementsAnnotatedWith(GeneratedBlocks.class)) {
      write((PackageElement) marked);
    }
    return false;
  }

  private void write(PackageElement home) {
    String name = home.getQualifiedName().toString();
    for (Map.Entry<String, String> block :
        BlockSource.all(name, Vocabulary.ofExperiment()).entrySet()) {
      String type = name + "." + block.getKey();
      try (Writer file = processingEnv.getFiler().createSourceFile(type, home).openWriter()) {
        file.write(block.getValue());
      } catch (IOException e) {
        processingEnv
            .getMessager()
            .printMessage(Diagnostic.Kind.ERROR, "cannot write " + type + ": " + e, home);
      }
    }
  }
}
