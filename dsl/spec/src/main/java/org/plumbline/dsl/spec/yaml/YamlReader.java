// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Position;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.tree.Node;
import org.plumbline.dsl.spec.tree.OddCharacters;
import org.plumbline.dsl.spec.tree.PastedMarks;
import org.plumbline.dsl.spec.tree.SpecReader;
import org.plumbline.dsl.spec.tree.Tree;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * Reads YAML 1.2 as data: no tags, no templates, no class names, and limits on aliases.
 *
 * <p>The parser stops at the first error of syntax; everything else is reported together.
 */
public final class YamlReader implements SpecReader {
  private static final int MOST_ALIASES = 200;

  @Override
  public String form() {
    return "yaml";
  }

  @Override
  public boolean reads(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  @Override
  public Tree read(SourceFile file) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.name())
            .setSchema(new NoMerge())
            .setUseMarks(true)
            // Without this, `{{ x }}` is reported without a place; we report such keys ourselves.
            .setAllowNonScalarKeys(true)
            .setAllowRecursiveKeys(true)
            // The composer does not look for duplicates; we do, to show both places.
            .setAllowDuplicateKeys(true)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();
    List<Diagnostic> diagnostics = new ArrayList<>();
    try {
      Optional<org.snakeyaml.engine.v2.nodes.Node> root =
          new Compose(settings).composeString(file.text());
      if (root.isEmpty()) {
        return new Tree(new Node.Empty(Span.of(file), false), diagnostics);
      }
      Optional<Diagnostic> pasted =
          hasPastedKey(root.get()) ? PastedMarks.find(file) : Optional.empty();
      if (pasted.isPresent()) {
        return new Tree(null, List.of(pasted.get()));
      }
      Node node = new YamlNodes(file, diagnostics).root(root.get());
      return new Tree(node, diagnostics);
    } catch (MarkedYamlEngineException e) {
      diagnostics.add(PastedMarks.find(file).orElseGet(() -> YamlSyntax.explain(file, e)));
    } catch (ReaderException e) {
      diagnostics.add(controlCharacter(file, e));
    } catch (YamlEngineException e) {
      // Only the alias limit comes without a place.
      diagnostics.add(
          Diagnostic.of(
                  Code.PLB0006,
                  Span.ofLine(file, 1),
                  "more than " + MOST_ALIASES + " aliases of blocks or lists")
              .help("write the values out, or make a script of the spec"));
    } catch (StackOverflowError e) {
      // The parser recurses once per level, and a text may open a hundred thousand of them.
      diagnostics.add(
          Diagnostic.of(
              Code.PLB0015, Span.ofLine(file, 1), "lists and blocks are nested too deeply"));
    }
    return new Tree(null, diagnostics);
  }

  /** Whether a key at the top has in it what was pasted along: {@code + steps}. */
  private static boolean hasPastedKey(org.snakeyaml.engine.v2.nodes.Node root) {
    return root instanceof MappingNode mapping
        && mapping.getValue().stream()
            .anyMatch(
                tuple ->
                    tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().matches("[+\\d].*\\s.*"));
  }

  /** YAML 1.2's core schema, which has no merge keys: `<<` is a key like any other, and unknown. */
  private static final class NoMerge implements Schema {
    private final ScalarResolver resolver = new CoreScalarResolver(false);

    @Override
    public ScalarResolver getScalarResolver() {
      return resolver;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
      return Map.of();
    }
  }

  static Position position(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static Diagnostic controlCharacter(SourceFile file, ReaderException e) {
    int offset = Math.max(0, file.text().indexOf(new String(Character.toChars(e.getCodePoint()))));
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < offset; i++) {
      char c = file.text().charAt(i);
      if (c == '\n' || (c == '\r' && file.text().charAt(i + 1) != '\n')) {
        line++;
        lineStart = i + 1;
      }
    }
    Position at = new Position(line, 1 + file.text().codePointCount(lineStart, offset));
    Span span = new Span(file, at, new Position(line, at.column() + 1));
    Optional<Diagnostic> odd = OddCharacters.find(Character.toString(e.getCodePoint()), span);
    if (odd.isPresent()) {
      return odd.get();
    }
    return Diagnostic.of(
            Code.PLB0016,
            span,
            String.format(Locale.ROOT, "the character U+%04X cannot stand here", e.getCodePoint()))
        .help("remove it; inside double quotes it may be written as an escape, as in \"\\x07\"");
  }
}
