// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.groovy;

import groovy.lang.GroovySystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.script.CompiledScript;
import org.plumbline.dsl.script.ScriptArchive;
import org.plumbline.dsl.script.ScriptCache;
import org.plumbline.dsl.script.ScriptEvaluation;
import org.plumbline.dsl.script.blocks.Declarations;
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
  public boolean evaluates() {
    return true;
  }

  @Override
  public boolean ready(SourceFile file) {
    return cache.has(key(file));
  }

  @Override
  public Tree read(SourceFile file) {
    String key = key(file);
    Optional<byte[]> known = cache.find(key);
    if (known.isPresent()) {
      byte[] archive = known.get();
      return ScriptEvaluation.of(file, () -> evaluate(archive));
    }
    CompiledScript compiled = GroovyCompiler.compile(name(file), file.text());
    List<Diagnostic> found = compiled.diagnostics(file);
    byte[] archive = compiled.archive();
    if (archive == null || !found.isEmpty()) {
      return new Tree(null, found);
    }
    cache.keep(key, archive);
    return ScriptEvaluation.of(file, () -> evaluate(archive));
  }

  private static String name(SourceFile file) {
    return String.valueOf(Path.of(file.name()).getFileName());
  }

  private static String key(SourceFile file) {
    return ScriptCache.key(
        name(file),
        file.text(),
        "groovy " + GroovySystem.getVersion(),
        ScriptCache.languageVersion());
  }

  private static Declarations evaluate(byte[] archive) throws Exception {
    ClassLoader parent = GroovyReader.class.getClassLoader();
    Class<?> type = ScriptArchive.load(archive, parent);
    GroovySpec script = (GroovySpec) type.getDeclaredConstructor().newInstance();
    script.run();
    return script.declarations();
  }
}
