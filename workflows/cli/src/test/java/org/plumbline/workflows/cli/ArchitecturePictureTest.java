// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Draws the modules, what is in them, and who uses whom, from the classes themselves. An arrow that
 * a longer way says already is left out.
 */
class ArchitecturePictureTest {

  private static final Path PICTURE = Path.of("../../docs/pictures/architecture.svg");

  private static final int WIDTH = 178;
  private static final int GAP = 22;
  private static final int LINE = 13;
  private static final int BETWEEN = 38;

  /** A module, in the row that its longest way down gives it. */
  private record Module(String name, int rank, Set<String> uses, List<String> rooms) {
    int height() {
      return 26 + LINE * rooms.size();
    }
  }

  private record Box(Module module, int x, int y) {
    int middle() {
      return x + WIDTH / 2;
    }

    int bottom() {
      return y + module.height();
    }
  }

  @Test
  void thePictureIsOfTheseClasses() throws IOException {
    String drawn = draw(modules());
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(PICTURE, drawn);
    }

    assertThat(Files.readString(PICTURE))
        .as("stale; write it with -Dgolden=update")
        .isEqualTo(drawn);
  }

  private static Collection<Module> modules() {
    Map<String, List<JavaClass>> classes =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.plumbline")
                .stream()
                .filter(c -> !c.getSimpleName().equals("package-info"))
                .filter(c -> module(c).isPresent())
                .collect(groupingBy(c -> module(c).orElseThrow(), TreeMap::new, toList()));
    Map<String, Set<String>> uses = new TreeMap<>();
    classes.forEach((name, own) -> uses.put(name, used(name, own)));
    Map<String, Module> modules = new TreeMap<>();
    classes.forEach(
        (name, own) ->
            modules.put(name, new Module(name, rank(name, uses), of(uses, name), rooms(own))));
    return modules.values();
  }

  private static Set<String> used(String name, List<JavaClass> own) {
    return own.stream()
        .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
        .map(Dependency::getTargetClass)
        .flatMap(c -> module(c).stream())
        .filter(other -> !other.equals(name))
        .collect(toCollection(TreeSet::new));
  }

  private static int rank(String name, Map<String, Set<String>> uses) {
    return of(uses, name).stream().mapToInt(below -> 1 + rank(below, uses)).max().orElse(0);
  }

  /** The packages below a module's own, as many in a line as fit. */
  private static List<String> rooms(List<JavaClass> own) {
    Set<String> rooms =
        own.stream()
            .map(c -> c.getPackageName().split("\\."))
            .filter(parts -> parts.length > 4)
            .map(parts -> parts[4])
            .collect(toCollection(TreeSet::new));
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String room : rooms) {
      if (line.length() > 0 && line.length() + room.length() > 28) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " · ").append(room);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }

  private static Optional<String> module(JavaClass c) {
    String[] parts = c.getPackageName().split("\\.");
    boolean ours = parts.length > 3 && parts[0].equals("org") && parts[1].equals("plumbline");
    return ours ? Optional.of(parts[2] + "/" + parts[3]) : Optional.empty();
  }

  private static String draw(Collection<Module> modules) {
    Map<Integer, List<Module>> rows =
        modules.stream().collect(groupingBy(Module::rank, TreeMap::new, toList()));
    int widest = rows.values().stream().mapToInt(List::size).max().orElse(1);
    int width = widest * (WIDTH + GAP) + GAP;
    Map<String, Box> boxes = new HashMap<>();
    int y = GAP;
    List<Integer> fromTheTop = rows.keySet().stream().sorted(comparing(rank -> -rank)).toList();
    for (int rank : fromTheTop) {
      List<Module> row = of(rows, rank);
      int x = (width - row.size() * (WIDTH + GAP) + GAP) / 2;
      for (Module module : row) {
        boxes.put(module.name(), new Box(module, x, y));
        x += WIDTH + GAP;
      }
      y += row.stream().mapToInt(Module::height).max().orElse(0) + BETWEEN;
    }
    String head =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\">\n"
            + "<title>The modules of Plumbline: an arrow points at what is used</title>\n"
            + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n";
    return head.formatted(width, y - BETWEEN + GAP)
        + modules.stream().map(m -> arrows(m, modules, boxes)).collect(joining())
        + modules.stream().map(m -> box(of(boxes, m.name()))).collect(joining())
        + "</svg>\n";
  }

  private static String arrows(Module from, Collection<Module> all, Map<String, Box> boxes) {
    Set<String> beyond =
        all.stream()
            .filter(m -> from.uses().contains(m.name()))
            .flatMap(m -> reachable(m, all).stream())
            .collect(toSet());
    Box a = of(boxes, from.name());
    return from.uses().stream()
        .filter(used -> !beyond.contains(used))
        .map(used -> of(boxes, used))
        .map(
            b ->
                String.format(
                    Locale.ROOT,
                    "<path d=\"M%d %dC%d %d %d %d %d %d\" fill=\"none\" stroke=\"#8a93a3\"/>"
                        + "<path d=\"M%d %dl-4 -7h8z\" fill=\"#8a93a3\"/>\n",
                    a.middle(),
                    a.bottom(),
                    a.middle(),
                    a.bottom() + 26,
                    b.middle(),
                    b.y() - 30,
                    b.middle(),
                    b.y() - 6,
                    b.middle(),
                    b.y()))
        .collect(joining());
  }

  private static Set<String> reachable(Module from, Collection<Module> all) {
    Set<String> reached = new TreeSet<>(from.uses());
    all.stream()
        .filter(m -> from.uses().contains(m.name()))
        .forEach(m -> reached.addAll(reachable(m, all)));
    return reached;
  }

  private static String box(Box box) {
    StringBuilder out = new StringBuilder();
    out.append(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\" fill=\"#eef3fb\" stroke=\"#3b5b92\"/>"
            .formatted(box.x(), box.y(), WIDTH, box.module().height()));
    out.append(
        "<text x=\"%d\" y=\"%d\" font-size=\"13\" font-weight=\"600\" text-anchor=\"middle\">%s</text>"
            .formatted(box.middle(), box.y() + 17, box.module().name()));
    int y = box.y() + 17;
    for (String room : box.module().rooms()) {
      y += LINE;
      out.append(
          "<text x=\"%d\" y=\"%d\" font-size=\"10\" text-anchor=\"middle\" fill=\"#444\">%s</text>"
              .formatted(box.middle(), y, room));
    }
    return out.append('\n').toString();
  }

  private static <K, V> V of(Map<K, V> map, K key) {
    return Objects.requireNonNull(map.get(key));
  }
}
