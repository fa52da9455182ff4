// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.kotlin;

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
 * Reads {@code *.plumb.kts}: compiles the script, evaluates it once, and hands on what it has
 * declared. A compiled script is kept, so that its second use starts no compiler.
 *
 * <p>A script is code with the rights of its user.
 */
public final class KotlinReader implements SpecReader {
  private final ScriptCache cache;

  /** A reader with the user's cache of compiled scripts. */
  public KotlinReader() {
    this(ScriptCache.ofUser());
  }

  /** A reader with a cache of its own. */
  public KotlinReader(ScriptCache cache) {
    this.cache = cache;
  }

  @Override
  public String form() {
    return "kotlin";
  }

  @Override
  public boolean reads(String fileName) {
    return fileName.endsWith(".plumb.kts");
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
    CompiledScript compiled = ScriptCompiler.compile(name(file), file.text());
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
        "kotlin " + kotlin.KotlinVersion.CURRENT,
        ScriptCache.languageVersion());
  }

  /** Loads the script's class and builds it: the body of a Kotlin script is its constructor. */
  private static Declarations evaluate(byte[] archive) throws Exception {
    ClassLoader parent = KotlinReader.class.getClassLoader();
    Class<?> type = ScriptArchive.load(archive, parent);
    KotlinSpec script = (KotlinSpec) type.getDeclaredConstructor().newInstance();
    return script.declarations();
  }
}
