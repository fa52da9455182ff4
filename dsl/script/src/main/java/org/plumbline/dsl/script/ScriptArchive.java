// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A compiled script: an archive of its classes that names the main one. The classes have a loader
 * of their own, so that a script leaves nothing behind.
 */
public final class ScriptArchive {
  private ScriptArchive() {}

  /** Packs classes by their binary names. */
  public static byte[] pack(String main, Map<String, byte[]> classes) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (Map.Entry<String, byte[]> compiled : classes.entrySet()) {
        jar.putNextEntry(new JarEntry(compiled.getKey().replace('.', '/') + ".class"));
        jar.write(compiled.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The main class of an archive. */
  public static Class<?> load(byte[] archive, ClassLoader parent)
      throws IOException, ClassNotFoundException {
    try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(archive))) {
      Manifest manifest = jar.getManifest();
      String main =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
      if (main == null) {
        throw new IOException("no archive of a script");
      }
      return new Defined(classes(archive), parent).loadClass(main);
    }
  }

  /** The classes of an archive by their binary names. */
  static Map<String, byte[]> classes(byte[] archive) throws IOException {
    Map<String, byte[]> classes = new HashMap<>();
    try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(archive))) {
      for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
        if (entry.getName().endsWith(".class")) {
          String name = entry.getName().substring(0, entry.getName().length() - 6);
          classes.put(name.replace('/', '.'), jar.readAllBytes());
        }
      }
    }
    return classes;
  }

  /** Classes out of an archive. */
  private static final class Defined extends ClassLoader {
    private final Map<String, byte[]> classes;

    Defined(Map<String, byte[]> classes, ClassLoader parent) {
      super(parent);
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
