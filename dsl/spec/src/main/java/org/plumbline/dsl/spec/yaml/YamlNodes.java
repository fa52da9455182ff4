// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.yaml;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Position;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.bind.MeantNumber;
import org.plumbline.dsl.spec.tree.Node;
import org.plumbline.dsl.spec.tree.OddCharacters;
import org.plumbline.dsl.spec.tree.Scalars;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns the parser's nodes into the located tree, and reports what a spec may not hold. */
final class YamlNodes {
  /** Far more than any spec has; aliases of aliases can multiply a short text beyond all bounds. */
  private static final long MOST_NODES = 200_000;

  private static final int DEEPEST = 100;
  private static final int LONGEST_TAG = 100;
  private static final Set<Tag> PLAIN =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

  private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0\\d+");

  private final SourceFile file;
  private final List<Diagnostic> diagnostics;
  private final IdentityHashMap<Object, Node> done = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Long> sizes = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Boolean> open = new IdentityHashMap<>();
  private final YamlAnchors anchors;
  private boolean tooMany;

  YamlNodes(SourceFile file, List<Diagnostic> diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
    this.anchors = new YamlAnchors(file);
  }

  /** The tree of a whole spec. */
  Node root(org.snakeyaml.engine.v2.nodes.Node yaml) {
    Node root = convert(yaml);
    if (diagnostics.isEmpty()) {
      // In what could not be read, there may be an alias.
      diagnostics.addAll(anchors.unused());
    }
    return root;
  }

  private Node convert(org.snakeyaml.engine.v2.nodes.Node yaml) {
    anchors.visit(yaml);
    Node known = done.get(yaml);
    if (known != null) {
      return known;
    }
    if (open.put(yaml, true) != null) {
      return broken(Code.PLB0006, span(yaml), "this contains itself through an alias");
    }
    Node node = open.size() > DEEPEST ? tooDeep(yaml) : fresh(yaml);
    open.remove(yaml);
    if (size(yaml) > MOST_NODES && !tooMany) {
      tooMany = true;
      node = broken(Code.PLB0006, span(yaml), "aliases make more than 200000 values of this");
    }
    done.put(yaml, node);
    return node;
  }

  private Node tooDeep(org.snakeyaml.engine.v2.nodes.Node yaml) {
    return broken(Code.PLB0015, span(yaml), "lists and blocks are nested too deeply");
  }

  private Node fresh(org.snakeyaml.engine.v2.nodes.Node yaml) {
    Tag tag = yaml.getTag();
    if (tag.equals(Tag.ENV_TAG)) {
      return braces(yaml, "${ }");
    } else if (!PLAIN.contains(tag) || isTagged(yaml)) {
      Span span = span(yaml);
      String shown = PLAIN.contains(tag) ? written(yaml) : shown(tag);
      diagnostics.add(
          Diagnostic.of(Code.PLB0004, span, "a spec has no tags, but here is `" + shown + "`")
              .help("remove the tag, or quote the text if the `!` belongs to it"));
      return new Node.Broken(span);
    } else if (yaml instanceof ScalarNode scalar) {
      return scalar(scalar);
    } else if (yaml instanceof SequenceNode sequence) {
      List<Node> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(convert(item)));
      return new Node.Sequence(span(yaml), items);
    }
    return mapping((MappingNode) yaml);
  }

  /** Whether a value has a tag that changes nothing about it: {@code !!str}, or {@code !} alone. */
  private static boolean isTagged(org.snakeyaml.engine.v2.nodes.Node yaml) {
    return written(yaml).startsWith("!");
  }

  /** The first word of a value as it stands in the text, behind its anchor. */
  private static String written(org.snakeyaml.engine.v2.nodes.Node yaml) {
    Mark start = yaml.getStartMark().orElseThrow();
    int anchor = yaml.getAnchor().map(name -> name.getValue().length() + 1).orElse(0);
    int from = Math.min(start.getBuffer().length, start.getPointer() + anchor);
    int length = Math.min(LONGEST_TAG, start.getBuffer().length - from);
    return new String(start.getBuffer(), from, length).strip().split("\\s", 2)[0];
  }

  private static String shown(Tag tag) {
    String value = tag.getValue();
    return value.startsWith(Tag.PREFIX) ? "!!" + value.substring(Tag.PREFIX.length()) : value;
  }

  private Node scalar(ScalarNode yaml) {
    String text = yaml.getValue();
    Span span = span(yaml);
    if (yaml.getScalarStyle() == ScalarStyle.PLAIN && isOdd(text)) {
      diagnostics.add(OddCharacters.find(text, span).orElseThrow());
      return new Node.Broken(span);
    } else if (yaml.getScalarStyle() != ScalarStyle.PLAIN || yaml.getTag().equals(Tag.STR)) {
      return new Node.Scalar(span, text, text);
    } else if (yaml.getTag().equals(Tag.NULL)) {
      return new Node.Empty(span, !text.isEmpty());
    } else if (LEADING_ZERO.matcher(text).matches()) {
      String plain = text.replaceFirst("0+(?=\\d)", "");
      diagnostics.add(
          Diagnostic.of(
                  Code.PLB0367, span, "`" + text + "` starts with a zero, as octal numbers do")
              .replace("write `" + plain + "`, or quote it if it is text", plain));
      return new Node.Broken(span);
    }
    return new Node.Scalar(span, Scalars.resolve(text), text);
  }

  /** Whether a text without quotes begins or ends with what looks like a space or a quote. */
  private static boolean isOdd(String text) {
    if (text.isEmpty()) {
      return false;
    }
    int first = text.codePointAt(0);
    int last = text.codePointBefore(text.length());
    return OddCharacters.isBlank(first)
        || OddCharacters.isBlank(last)
        || (OddCharacters.isQuote(first) && OddCharacters.isQuote(last))
        || (OddCharacters.isOdd(first) && MeantNumber.of(text, false).isPresent());
  }

  private Node mapping(MappingNode yaml) {
    if (isTemplate(yaml)) {
      return braces(yaml, "{{ }}");
    }
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    @Nullable NodeTuple before = null;
    for (NodeTuple tuple : yaml.getValue()) {
      boolean split = before != null && splitNumber(before.getValueNode(), tuple);
      if (before != null && !split && isBare(yaml, tuple)) {
        bare(yaml, before, tuple);
        // What else is in the block depends on which of the two is meant.
        return new Node.Broken(span(yaml));
      }
      if (before != null && split) {
        String last = ((ScalarNode) before.getKeyNode()).getValue();
        entries.computeIfPresent(
            last,
            (key, entry) ->
                new Node.Entry(key, entry.keySpan(), new Node.Broken(entry.value().span())));
      }
      before = tuple;
      String key = split ? null : key(tuple.getKeyNode());
      if (key == null) {
        continue;
      }
      Span keySpan = span(tuple.getKeyNode());
      Node.Entry first = entries.get(key);
      if (first == null) {
        entries.put(key, new Node.Entry(key, keySpan, convert(tuple.getValueNode())));
      } else {
        diagnostics.add(
            Diagnostic.of(Code.PLB0104, keySpan, "key `" + key + "` is given twice")
                .label("given again here")
                .related(first.keySpan(), "first given here")
                .help(
                    keySpan.start().column() == 1 && first.value() instanceof Node.Mapping
                        ? "put what is in this one under the first, and remove this line"
                        : "keep one of them, or give this one another name"));
      }
    }
    return new Node.Mapping(span(yaml), List.copyOf(entries.values()));
  }

  /** {@code {{ x }}} is valid YAML: a block whose only key is a block. */
  private static boolean isTemplate(MappingNode yaml) {
    return yaml.getValue().size() == 1
        && yaml.getValue().get(0).getKeyNode() instanceof MappingNode;
  }

  private Node braces(org.snakeyaml.engine.v2.nodes.Node yaml, String braces) {
    Span span = span(yaml);
    diagnostics.add(
        Diagnostic.of(Code.PLB0002, span, "`" + braces + "` is not a template here")
            .help(
                "write the value itself, and quote it if it is text; for variation, use `variants`,"
                    + " and for one run `-D PATH=VALUE`"));
    return new Node.Broken(span);
  }

  /** Reports {@code 3,0e-4} in a block on one line, where the comma ends the value. */
  private boolean splitNumber(org.snakeyaml.engine.v2.nodes.Node value, NodeTuple next) {
    boolean numbers =
        value.getTag().equals(Tag.INT)
            && Set.of(Tag.INT, Tag.FLOAT).contains(next.getKeyNode().getTag())
            && next.getValueNode().getTag().equals(Tag.NULL);
    Position end = span(value).end();
    boolean touches =
        new Position(end.line(), end.column() + 1).equals(span(next.getKeyNode()).start());
    if (numbers && touches) {
      String whole = ((ScalarNode) value).getValue();
      String part = ((ScalarNode) next.getKeyNode()).getValue();
      Diagnostic split =
          Diagnostic.of(
              Code.PLB0005,
              new Span(file, span(value).start(), span(next.getKeyNode()).end()),
              "a comma ends the value here, so that `" + part + "` would be a key");
      diagnostics.add(
          MeantNumber.isAmbiguous(whole + "," + part)
              ? split.help("write `" + whole + part + "`, or `" + whole + "." + part + "`")
              : split.replace("write `" + whole + "." + part + "`", whole + "." + part));
    }
    return numbers && touches;
  }

  /** Whether a word stands alone between the commas of a block on one line. */
  private boolean isBare(MappingNode yaml, NodeTuple tuple) {
    return yaml.getFlowStyle() == FlowStyle.FLOW
        && tuple.getKeyNode() instanceof ScalarNode
        && tuple.getValueNode() instanceof ScalarNode value
        && value.getValue().isEmpty()
        && value.getScalarStyle() == ScalarStyle.PLAIN
        && !hasColon(span(tuple.getKeyNode()).end(), span(value).start());
  }

  private boolean hasColon(Position from, Position to) {
    String line = file.line(from.line()).orElse("");
    int start = line.offsetByCodePoints(0, from.column() - 1);
    int end =
        to.line() == from.line() ? line.offsetByCodePoints(0, to.column() - 1) : line.length();
    return line.substring(start, end).contains(":");
  }

  /** Reports {@code words: please, thank}. */
  private void bare(MappingNode yaml, NodeTuple before, NodeTuple first) {
    List<NodeTuple> all = yaml.getValue();
    List<String> words = new ArrayList<>();
    for (NodeTuple tuple : all.subList(all.indexOf(first), all.size())) {
      if (!isBare(yaml, tuple)) {
        break;
      }
      words.add(((ScalarNode) tuple.getKeyNode()).getValue());
    }
    Matcher noSpace = YamlSlips.NO_SPACE.matcher(words.get(0));
    if (noSpace.matches()) {
      String right = noSpace.group(1) + ": " + noSpace.group(2);
      diagnostics.add(
          Diagnostic.of(
                  Code.PLB0005, span(first.getKeyNode()), "a space is missing after the colon")
              .replace("write `" + right + "`", right));
      return;
    }
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.PLB0005,
            span(first.getKeyNode()),
            "`" + words.get(0) + "` stands alone: a comma ends the value before it");
    if (before.getKeyNode() instanceof ScalarNode key
        && before.getValueNode() instanceof ScalarNode value
        && !value.getValue().isEmpty()) {
      String list = value.getValue() + ", " + String.join(", ", words);
      diagnostic = diagnostic.help("a list has brackets: `" + key.getValue() + ": [" + list + "]`");
    }
    diagnostics.add(diagnostic.help("a key has a value: `" + words.get(0) + ": …`"));
  }

  private @Nullable String key(org.snakeyaml.engine.v2.nodes.Node yaml) {
    if (!(yaml instanceof ScalarNode scalar)) {
      broken(Code.PLB0005, span(yaml), "a key must be text, but this is a list or a block");
      return null;
    }
    anchors.visit(yaml);
    if (!PLAIN.contains(yaml.getTag()) || isTagged(yaml)) {
      fresh(yaml);
      return null;
    } else if (scalar.getTag().equals(Tag.STR)) {
      String written = scalar.getValue();
      boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
      if (plain && written.codePoints().anyMatch(OddCharacters::isOdd)) {
        diagnostics.add(OddCharacters.find(written, span(yaml)).orElseThrow());
        return OddCharacters.meant(written).strip();
      }
      return written;
    }
    String text = scalar.getValue();
    String what = text.isEmpty() ? "is empty" : "`" + text + "` is not";
    diagnostics.add(
        Diagnostic.of(Code.PLB0005, span(yaml), "a key must be text, but this one " + what)
            .replace("write `\"" + text + "\"`", "\"" + text + "\""));
    return text.isEmpty() ? null : text;
  }

  private Node broken(Code code, Span span, String message) {
    diagnostics.add(Diagnostic.of(code, span, message));
    return new Node.Broken(span);
  }

  /** How many values there are below a node when aliases are written out. */
  private long size(org.snakeyaml.engine.v2.nodes.Node yaml) {
    Long known = sizes.get(yaml);
    if (known != null) {
      return known;
    }
    sizes.put(yaml, 1L); // for a node that contains itself
    long size = 1;
    if (yaml instanceof SequenceNode sequence) {
      for (org.snakeyaml.engine.v2.nodes.Node item : sequence.getValue()) {
        size = Math.min(Integer.MAX_VALUE, size + size(item));
      }
    } else if (yaml instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        size = Math.min(Integer.MAX_VALUE, size + size(tuple.getValueNode()));
      }
    }
    sizes.put(yaml, size);
    return size;
  }

  private Span span(org.snakeyaml.engine.v2.nodes.Node yaml) {
    Position start = YamlReader.position(yaml.getStartMark().orElseThrow());
    Position end = YamlReader.position(yaml.getEndMark().orElseThrow());
    return new Span(file, start, end);
  }
}
