package org.plumbline.dsl.kotlin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.plumbline.dsl.groovy.blocks.PlumbScript;
import org.plumbline.dsl.groovy.script.Evaluation;
import org.plumbline.dsl.groovy.script.ScriptCache;
import org.plumbline.dsl.groovy.script.ScriptErrors;
import org.plumbline.dsl.model.SourceFile;
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
  public Tree read(SourceFile file) {
    String name = String.valueOf(Path.of(file.name()).getFileName());
    String key =
        ScriptCache.key(
            name,
            file.text(),
            "kotlin " + kotlin.KotlinVersion.CURRENT,
            ScriptCache.languageVersion());
    Optional<Path> known = cache.find(key);
    if (known.isPresent()) {
      Path archive = known.get();
      return Evaluation.of(file, () -> evaluate(archive));
    }
    ScriptCompiler.Compiled compiled = ScriptCompiler.compile(name, file.text());
    byte[] archive = compiled.getArchive();
    if (archive == null) {
      return new Tree(null, ScriptErrors.of(file, compiled.getErrors()));
    }
    cache.keep(key, archive);
    return Evaluation.of(file, () -> evaluateOnce(archive));
  }

  private static PlumbScript evaluateOnce(byte[] archive) throws Exception {
    Path file = Files.createTempFile("plumb", ".jar");
    try {
      Files.write(file, archive);
      return evaluate(file);
    } finally {
      Files.delete(file);
    }
  }

  /** Loads the script's class and builds it: the body of a Kotlin script is its constructor. */
  private static PlumbScript evaluate(Path archive)
      throws IOException, ReflectiveOperationException {
    String main;
    try (JarFile jar = new JarFile(archive.toFile())) {
      main = jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    }
    URL[] urls = {archive.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, KotlinReader.class.getClassLoader())) {
      return (PlumbScript) loader.loadClass(main).getDeclaredConstructor().newInstance();
    }
  }
}
