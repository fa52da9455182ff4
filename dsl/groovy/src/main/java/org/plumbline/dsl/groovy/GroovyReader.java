package org.plumbline.dsl.groovy;

import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovySystem;
import groovy.transform.CompileStatic;
import groovy.transform.ThreadInterrupt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;
import org.codehaus.groovy.tools.GroovyClass;
import org.plumbline.dsl.groovy.blocks.PlumbScript;
import org.plumbline.dsl.groovy.script.CompileError;
import org.plumbline.dsl.groovy.script.Evaluation;
import org.plumbline.dsl.groovy.script.ScriptCache;
import org.plumbline.dsl.groovy.script.ScriptErrors;
import org.plumbline.dsl.model.SourceFile;
import org.plumbline.dsl.spec.tree.SpecReader;
import org.plumbline.dsl.spec.tree.Tree;

/**
 * Reads {@code *.plumb.groovy}: compiles the script statically, so that a misspelled key is an
 * error with a line and a column, evaluates it once, and hands on what it has declared.
 *
 * <p>A script is code with the rights of its user. What is refused here (imports, classes,
 * {@code @Grab}) keeps specs plain; it is no sandbox.
 */
public final class GroovyReader implements SpecReader {
  private final ScriptCache cache;

  /** A reader with the user's cache of compiled scripts. */
  public GroovyReader() {
    this(ScriptCache.ofUser());
  }

  /** A reader with a cache of its own. */
  public GroovyReader(ScriptCache cache) {
    this.cache = cache;
  }

  @Override
  public String form() {
    return "groovy";
  }

  @Override
  public boolean reads(String fileName) {
    return fileName.endsWith(".plumb.groovy");
  }

  @Override
  public Tree read(SourceFile file) {
    String name = String.valueOf(Path.of(file.name()).getFileName());
    String key =
        ScriptCache.key(
            name,
            file.text(),
            "groovy " + GroovySystem.getVersion(),
            ScriptCache.languageVersion());
    Optional<Path> compiled = cache.find(key);
    if (compiled.isPresent()) {
      Path archive = compiled.get();
      return Evaluation.of(file, () -> evaluate(load(archive)));
    }
    CompilationUnit unit;
    try {
      unit = compile(name, file.text());
    } catch (MultipleCompilationErrorsException e) {
      return new Tree(null, ScriptErrors.of(file, errors(e)));
    }
    cache.keep(key, archive(unit));
    return Evaluation.of(file, () -> evaluate(define(unit)));
  }

  private static CompilationUnit compile(String name, String text) {
    CompilerConfiguration configuration = new CompilerConfiguration();
    configuration.setScriptBaseClass(PlumbScript.class.getName());
    configuration.setDisabledGlobalASTTransformations(
        Set.of("groovy.grape.GrabAnnotationTransformation"));
    configuration.addCompilationCustomizers(
        new PlainScripts(),
        new ASTTransformationCustomizer(Map.of(), CompileStatic.class),
        new ASTTransformationCustomizer(Map.of(), ThreadInterrupt.class));
    GroovyClassLoader loader =
        new GroovyClassLoader(GroovyReader.class.getClassLoader(), configuration);
    CompilationUnit unit = new CompilationUnit(configuration, null, loader);
    unit.addSource(name, text);
    unit.compile(Phases.CLASS_GENERATION);
    return unit;
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

  private static PlumbScript evaluate(Class<?> type) throws ReflectiveOperationException {
    PlumbScript script = (PlumbScript) type.getDeclaredConstructor().newInstance();
    script.run();
    return script;
  }

  private static Class<?> define(CompilationUnit unit) throws ClassNotFoundException {
    // The bytes have a loader of their own, so that a script leaves nothing behind.
    return new Defined(unit).loadClass(mainClass(unit));
  }

  private static String mainClass(CompilationUnit unit) {
    return unit.getAST().getModules().get(0).getMainClassName();
  }

  private static Class<?> load(Path archive) throws IOException, ClassNotFoundException {
    String main;
    try (JarFile jar = new JarFile(archive.toFile())) {
      main = jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    }
    return new URLClassLoader(new URL[] {url(archive)}, GroovyReader.class.getClassLoader())
        .loadClass(main);
  }

  private static URL url(Path archive) {
    try {
      return archive.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] archive(CompilationUnit unit) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass(unit));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (GroovyClass compiled : unit.getClasses()) {
        jar.putNextEntry(new JarEntry(compiled.getName().replace('.', '/') + ".class"));
        jar.write(compiled.getBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Classes that were compiled just now. */
  private static final class Defined extends ClassLoader {
    private final CompilationUnit unit;

    Defined(CompilationUnit unit) {
      super(GroovyReader.class.getClassLoader());
      this.unit = unit;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      for (GroovyClass compiled : unit.getClasses()) {
        if (compiled.getName().equals(name)) {
          byte[] bytes = compiled.getBytes();
          return defineClass(name, bytes, 0, bytes.length);
        }
      }
      throw new ClassNotFoundException(name);
    }
  }
}
