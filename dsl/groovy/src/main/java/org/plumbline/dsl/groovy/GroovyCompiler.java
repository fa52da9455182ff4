// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.groovy;

import groovy.lang.GroovyClassLoader;
import groovy.transform.CompileStatic;
import groovy.transform.ThreadInterrupt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;
import org.codehaus.groovy.tools.GroovyClass;
import org.plumbline.dsl.script.CompileError;
import org.plumbline.dsl.script.CompiledScript;
import org.plumbline.dsl.script.ScriptArchive;

/** Compiles scripts. Apart from their reader, so that a compiled script loads no compiler. */
final class GroovyCompiler {
  private GroovyCompiler() {}

  static CompiledScript compile(String name, String text) {
    CompilerConfiguration configuration = new CompilerConfiguration();
    configuration.setScriptBaseClass(GroovySpec.class.getName());
    configuration.setDisabledGlobalASTTransformations(
        Set.of("groovy.grape.GrabAnnotationTransformation"));
    GroovyStatements statements = new GroovyStatements();
    configuration.addCompilationCustomizers(
        new PlainScripts(),
        statements,
        new ASTTransformationCustomizer(Map.of(), CompileStatic.class),
        new ASTTransformationCustomizer(Map.of(), ThreadInterrupt.class));
    GroovyClassLoader loader =
        new GroovyClassLoader(GroovyCompiler.class.getClassLoader(), configuration);
    CompilationUnit unit = new CompilationUnit(configuration, null, loader);
    unit.addSource(name, text);
    try {
      unit.compile(Phases.CLASS_GENERATION);
    } catch (MultipleCompilationErrorsException e) {
      return new CompiledScript(null, errors(e), statements.idle());
    }
    Map<String, byte[]> classes = new LinkedHashMap<>();
    for (GroovyClass compiled : unit.getClasses()) {
      classes.put(compiled.getName(), compiled.getBytes());
    }
    String main = unit.getAST().getModules().get(0).getMainClassName();
    return new CompiledScript(ScriptArchive.pack(main, classes), List.of(), statements.idle());
  }

  private static List<CompileError> errors(MultipleCompilationErrorsException thrown) {
    List<CompileError> errors = new ArrayList<>();
    for (Message message : thrown.getErrorCollector().getErrors()) {
      if (message instanceof SyntaxErrorMessage syntax) {
        SyntaxException e = syntax.getCause();
        errors.add(
            new CompileError(
                e.getOriginalMessage(),
                e.getStartLine(),
                e.getStartColumn(),
                e.getEndLine(),
                e.getEndColumn()));
      } else {
        errors.add(new CompileError(String.valueOf(message), 0, 0, 0, 0));
      }
    }
    return errors;
  }
}
