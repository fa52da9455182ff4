// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.plumbline.engine.plan.CanonicalJson;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.record.StoreJson;

/**
 * What a folder holds.
 *
 * @param format of this record
 * @param files sorted by name
 * @param about what else was written down with them: the seconds that a checkpoint took
 */
public record Manifest(int format, List<Item> files, Map<String, Object> about) {
  /** The name of its file. */
  public static final String NAME = "manifest.json";

  public Manifest {
    files = List.copyOf(files);
    Objects.requireNonNull(about);
  }

  /** A file: its name relative to the folder, with {@code /}, its size in bytes and SHA-256. */
  public record Item(String name, long size, String sha256) {
    public Item {
      Objects.requireNonNull(sha256);
      Path path = Path.of(name);
      if (path.isAbsolute() || !path.normalize().equals(path) || path.startsWith("..")) {
        throw new IllegalArgumentException("not a file of the folder: " + name);
      }
    }
  }

  /** Reads a folder's files and forces them to the device. */
  public static Manifest of(Path folder, Map<String, Object> about, Disk disk) throws IOException {
    List<Item> items = new ArrayList<>();
    for (Path file : files(folder)) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      if (name.equals(NAME)) {
        throw new IllegalStateException("the name " + NAME + " is the store's own");
      }
      disk.sync(file);
      items.add(new Item(name, Files.size(file), Sha256.of(file)));
    }
    items.sort(Comparator.comparing(Item::name)); // paths are sorted differently on each platform
    return new Manifest(1, items, about);
  }

  /**
   * The files of a folder that was prepared.
   *
   * @throws MisplacedFile if there is a link: no stage makes one, so somebody else did
   */
  private static List<Path> files(Path folder) throws IOException {
    MisplacedFile.requireReal(folder);
    List<Path> files = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted().toList()) {
        if (Files.isSymbolicLink(path)) {
          throw MisplacedFile.of(path, MisplacedFile.at(path));
        } else if (Files.isRegularFile(path)) {
          files.add(path);
        }
      }
    }
    return files;
  }

  /** Writes it into the folder and forces it and all lists of names to the device. */
  public void write(Path folder, Disk disk) throws IOException {
    disk.write(folder.resolve(NAME), bytes());
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.filter(Files::isDirectory).forEach(disk::syncFolder);
    }
  }

  /** The digest of names, sizes and digests of all files. */
  public String digest() {
    return Sha256.of(text());
  }

  /** Of all its files together, in bytes. */
  public long size() {
    return files.stream().mapToLong(Item::size).sum();
  }

  /** What its file holds. */
  public byte[] bytes() {
    return text().getBytes(StandardCharsets.UTF_8);
  }

  private String text() {
    List<Object> items = new ArrayList<>();
    for (Item item : files) {
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("name", item.name());
      plain.put("size", item.size());
      plain.put("sha256", item.sha256());
      items.add(plain);
    }
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("format", format);
    plain.put("files", items);
    plain.put("about", about);
    return CanonicalJson.write(plain);
  }

  /** Reads the manifest of a folder. */
  public static Manifest read(Path folder) throws IOException {
    return StoreJson.read(folder.resolve(NAME), Manifest.class);
  }

  /** Reads a manifest from its bytes. */
  public static Manifest read(byte[] content) throws IOException {
    return StoreJson.read(content, Manifest.class);
  }

  /** What is wrong with the files in the folder, in a few words; empty if all is well. */
  public Optional<String> damage(Path folder) throws IOException {
    for (Item item : files) {
      Path file = folder.resolve(item.name());
      if (!MisplacedFile.isFile(file)) {
        return Optional.of(item.name() + " is gone");
      }
      long size = Files.size(file);
      if (size != item.size()) {
        return Optional.of(
            "%s has %d bytes in place of %d".formatted(item.name(), size, item.size()));
      }
      if (!Sha256.of(file).equals(item.sha256())) {
        return Optional.of("the content of " + item.name() + " has changed");
      }
    }
    return Optional.empty();
  }

  /** Sizes and times of the files: while they stay the same, so does the content. */
  String traces(Path folder) throws IOException {
    StringBuilder traces = new StringBuilder();
    for (Item item : files) {
      Path file = folder.resolve(item.name());
      traces.append(Files.size(file)).append('@').append(Files.getLastModifiedTime(file));
      traces.append('\n');
    }
    return traces.toString();
  }
}
