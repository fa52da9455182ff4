// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.groovy;

import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.syntax.SyntaxException;

/** Keeps scripts plain: no imports and no classes. For style, not for security. */
final class PlainScripts extends CompilationCustomizer {

  PlainScripts() {
    super(CompilePhase.CONVERSION);
  }

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
    ModuleNode module = source.getAST();
    for (ImportNode imported : module.getImports()) {
      refuse(source, "a spec cannot import", imported);
    }
    for (ImportNode imported : module.getStarImports()) {
      refuse(source, "a spec cannot import", imported);
    }
    if (!type.getName().equals(module.getMainClassName())) {
      refuse(source, "a spec cannot declare classes", type);
    }
  }

  private static void refuse(SourceUnit source, String message, ASTNode place) {
    source.getErrorCollector().addErrorAndContinue(new SyntaxException(message, place), source);
  }
}
