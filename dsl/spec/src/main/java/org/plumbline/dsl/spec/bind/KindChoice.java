// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.spec.tree.Node;

/** Finds out of which kind an entry is: the one key in it that names a kind. */
final class KindChoice {
  private static final Shape EXPERIMENT = Shape.of(Experiment.class);

  /** Keys by which other languages say the kind of a thing. */
  private static final Set<String> FOR_KIND =
      Set.of("type", "kind", "method", "algorithm", "algo", "class", "trainer", "loss");

  private final List<Diagnostic> diagnostics;

  KindChoice(List<Diagnostic> diagnostics) {
    this.diagnostics = diagnostics;
  }

  /**
   * A kind and its settings.
   *
   * @param clean whether nothing was wrong; if not, the settings are looked at only for more
   *     mistakes
   */
  record Chosen(Shape shape, Span key, Node value, boolean clean) {}

  @Nullable Chosen choose(BindingPlace place, Type.OneKind type) {
    List<String> names = type.kinds().stream().map(Shape::kind).toList();
    if (!(place.node() instanceof Node.Mapping mapping) || mapping.entries().isEmpty()) {
      noKind(place, names, aloneHelp(place, names));
      return null;
    }
    List<Node.Entry> known = new ArrayList<>();
    List<Node.Entry> others = new ArrayList<>();
    for (Node.Entry entry : mapping.entries()) {
      (names.contains(entry.key()) ? known : others).add(entry);
    }
    if (known.size() > 1) {
      several(place, known);
      return null;
    } else if (known.isEmpty()) {
      return guess(place, type, others, names);
    }
    Node.Entry entry = known.get(0);
    Shape shape = shape(type, entry.key());
    if (entry.value() instanceof Node.Empty && !others.isEmpty() && areKeysOf(shape, others)) {
      allBeside(entry, others);
      Node inside = new Node.Mapping(place.node().span(), others);
      return new Chosen(shape, entry.keySpan(), inside, false);
    }
    others.forEach(other -> beside(place, shape, other));
    return new Chosen(shape, entry.keySpan(), entry.value(), others.isEmpty());
  }

  private static Shape shape(Type.OneKind type, String kind) {
    return type.kinds().stream().filter(s -> s.kind().equals(kind)).findFirst().orElseThrow();
  }

  private void several(BindingPlace place, List<Node.Entry> known) {
    Node.Entry first = known.get(0);
    Node.Entry second = known.get(1);
    diagnostics.add(
        Diagnostic.of(
                Code.PLB0105,
                second.keySpan(),
                "`"
                    + place.name()
                    + "` has two kinds: `"
                    + first.key()
                    + "` and `"
                    + second.key()
                    + "`")
            .related(first.keySpan(), "the first")
            .help(
                second.value() instanceof Node.Empty
                    ? "indent `" + second.key() + "` less if it is an entry of its own"
                    : "give each its own name, or remove one"));
  }

  private static boolean areKeysOf(Shape shape, List<Node.Entry> entries) {
    return entries.stream().allMatch(entry -> shape.field(entry.key()).isPresent());
  }

  /** The keys of a kind are indented as far as the kind itself. */
  private void allBeside(Node.Entry kind, List<Node.Entry> keys) {
    List<String> names = keys.stream().map(Node.Entry::key).toList();
    diagnostics.add(
        Diagnostic.of(
                Code.PLB0111,
                kind.keySpan(),
                "the keys of `" + kind.key() + "` stand beside it, and not in it")
            .related(keys.get(0).keySpan(), "the first of them")
            .help("indent " + Suggest.list(names) + " further than `" + kind.key() + "`"));
  }

  private void beside(BindingPlace place, Shape shape, Node.Entry other) {
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.PLB0102,
            other.keySpan(),
            "unknown key `" + other.key() + "` in `" + place.name() + "`");
    boolean inside = shape.field(other.key()).isPresent();
    diagnostics.add(
        inside
            ? diagnostic.help("it belongs in `" + shape.kind() + "`: indent it further")
            : diagnostic.help("beside `" + shape.kind() + "` there is no other key"));
  }

  private @Nullable Chosen guess(
      BindingPlace place, Type.OneKind type, List<Node.Entry> others, List<String> names) {
    Node.Entry only = others.get(0);
    if (EXPERIMENT.field(place.name()).isPresent()) {
      String section = place.path().size() > 1 ? place.path().get(place.path().size() - 2) : "";
      diagnostics.add(
          Diagnostic.of(
                  Code.PLB0102,
                  place.key(),
                  "`" + place.name() + "` stands in `" + section + "`, and is a section of its own")
              .help("indent it as far as `" + section + "`, with all that is in it"));
      return null;
    }
    Optional<Node.Entry> said = asValue(type, others);
    if (said.isPresent()) {
      return saidAsValue(place, type, said.get(), others);
    }
    Optional<Shape> forgotten = kindOfKeys(place, type, others);
    if (forgotten.isPresent()) {
      String kind = forgotten.get().kind();
      noKind(
          place,
          names,
          "these are keys of `"
              + kind
              + "`: write `"
              + place.name()
              + ": { "
              + kind
              + ": { … } }`, first the name and then the kind");
      return new Chosen(forgotten.get(), place.key(), place.node(), false);
    }
    Optional<String> meant =
        Suggest.alias(only.key(), names).or(() -> Suggest.near(only.key(), names));
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.PLB0103,
            only.keySpan(),
            "unknown kind `" + only.key() + "` of `" + place.name() + "`");
    if (meant.isPresent()) {
      diagnostics.add(diagnostic.replace("did you mean `" + meant.get() + "`?", meant.get()));
      return new Chosen(shape(type, meant.get()), only.keySpan(), only.value(), false);
    }
    diagnostics.add(diagnostic.help("kinds here: " + Suggest.few(names)));
    return null;
  }

  /** The entry that says the kind as other languages do: {@code type: dpo}. */
  private static Optional<Node.Entry> asValue(Type.OneKind type, List<Node.Entry> entries) {
    return entries.stream()
        .filter(entry -> FOR_KIND.contains(entry.key()))
        .filter(entry -> entry.value() instanceof Node.Scalar)
        .filter(entry -> named(type, entry).isPresent())
        .findFirst();
  }

  private static Optional<Shape> named(Type.OneKind type, Node.Entry entry) {
    String word = ((Node.Scalar) entry.value()).text();
    return type.kinds().stream().filter(shape -> shape.kind().equals(word)).findFirst();
  }

  private Chosen saidAsValue(
      BindingPlace place, Type.OneKind type, Node.Entry said, List<Node.Entry> entries) {
    Shape shape = named(type, said).orElseThrow();
    String kind = shape.kind();
    diagnostics.add(
        Diagnostic.of(
                Code.PLB0106,
                said.keySpan(),
                "the kind of `"
                    + place.name()
                    + "` is a key, and not the value of `"
                    + said.key()
                    + "`")
            .help("write `" + kind + ":` in its place, and indent the other keys below it"));
    List<Node.Entry> keys = new ArrayList<>(entries);
    keys.remove(said);
    return new Chosen(shape, said.keySpan(), new Node.Mapping(place.node().span(), keys), false);
  }

  /** The kind whose keys these are, if the key for the kind was forgotten. */
  private static Optional<Shape> kindOfKeys(
      BindingPlace place, Type.OneKind type, List<Node.Entry> entries) {
    List<Shape> matching =
        type.kinds().stream()
            .filter(shape -> entries.stream().allMatch(e -> shape.field(e.key()).isPresent()))
            .toList();
    // An entry is often named after its kind.
    return matching.stream()
        .filter(shape -> shape.kind().equals(place.name()))
        .findFirst()
        .or(() -> matching.stream().findFirst());
  }

  private void noKind(BindingPlace place, List<String> names, String help) {
    diagnostics.add(
        Diagnostic.of(
                Code.PLB0106,
                place.key(),
                "`" + place.name() + "` does not say of which kind it is")
            .help(help)
            .note("kinds here: " + Suggest.few(names)));
  }

  private static String aloneHelp(BindingPlace place, List<String> names) {
    if (place.node() instanceof Node.Scalar scalar && names.contains(scalar.text())) {
      return "write `" + place.name() + ": { " + scalar.text() + ": { … } }`";
    }
    return "write `" + place.name() + ": { KIND: { … } }`";
  }
}
