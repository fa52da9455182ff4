// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Position;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.spec.tree.Node;

/**
 * Binds located values to records, by their shapes.
 *
 * <p>Mistakes of the author become diagnostics, never exceptions. A part that has an error is left
 * out, so that one mistake is reported once.
 */
public final class Binder {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

  /** How many letters a name has at most. */
  public static final int LONGEST_NAME = 64;

  /** A policy's name is a part of paths; other recipes may be called after a number. */
  private static final Pattern RECIPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  private static final Set<String> RECIPES = Set.of("variant", "sweep", "rounds");

  /** Maps whose keys are names (or paths) that are declared elsewhere. */
  private static final Set<String> NAMED_ELSEWHERE =
      Set.of("weight", "principle", "path", "moment", "column");

  private static final Field VALUE =
      new Field(
          "value",
          "value",
          new Type.Anything(),
          "",
          "",
          "",
          null,
          null,
          null,
          "",
          null,
          false,
          false,
          List.of(),
          false,
          false);

  private final Binding binding;
  private final @Nullable Binding before;
  private final ScalarBinder scalars;
  private final KeyCheck keys;
  private final KindChoice kinds;
  private final Deque<Level> levels = new ArrayDeque<>();

  /** A block that is being bound: the ones around it are asked where a misplaced key belongs. */
  record Level(BindingPlace place, Shape shape) {}

  private Binder(Binding binding, @Nullable Binding before) {
    this.binding = binding;
    this.before = before;
    this.scalars = new ScalarBinder(binding.diagnostics);
    this.keys = new KeyCheck(binding.diagnostics, levels);
    this.kinds = new KindChoice(binding.diagnostics);
  }

  /** Binds a whole spec. */
  public static Binding experiment(Node root) {
    return experiment(root, null);
  }

  /**
   * Binds a whole spec that differs from another one in few settings.
   *
   * @param before the other one, of which everything is taken over that is in the same nodes
   */
  public static Binding experiment(Node root, @Nullable Binding before) {
    Binding binding = new Binding(before);
    Position start = root.span().start();
    Span top = new Span(root.span().file(), start, start);
    new Binder(binding, before).bindExperiment(new BindingPlace(List.of(), top, root));
    return binding;
  }

  /** Binds a value to a record type or to a sealed choice of them. */
  public static <T> Bound<T> bind(Class<T> type, Node node) {
    Binding binding = new Binding(null);
    BindingPlace place = new BindingPlace(List.of(), node.span(), node);
    Object value = new Binder(binding, null).value(place, VALUE, Shape.typeOf(type));
    boolean failed = binding.diagnostics.stream().anyMatch(Diagnostic::isError);
    return new Bound<>(failed || value == null ? null : type.cast(value), binding.diagnostics);
  }

  private void bindExperiment(BindingPlace root) {
    Shape shape = Shape.of(Experiment.class);
    if (!(root.node() instanceof Node.Mapping mapping)) {
      if (!(root.node() instanceof Node.Broken)) {
        binding.diagnostics.add(
            Diagnostic.of(
                    Code.PLB0111,
                    root.node().span(),
                    "a spec must be a block of keys, but this is " + root.node().noun())
                .help("start with `plumb: v1` and `name: my-experiment`"));
      }
      return;
    }
    Values values = fields(root, shape, mapping);
    for (String key : values.failed()) {
      values.values().putAll(standIn(shape, key));
    }
    checkName(mapping);
    binding.experiment = (Experiment) shape.construct(values.values());
    binding.places.put(binding.experiment, root);
  }

  /** Lets the checks go on behind a top-level key that has an error. */
  private static Map<String, Object> standIn(Shape shape, String key) {
    return switch (key) {
      case "plumb" -> Map.of(key, Experiment.Version.V1);
      case "name" -> Map.of(key, "unnamed");
      case "seeds" -> Map.of(key, List.of(1L));
      default -> {
        boolean optional = shape.field(key).map(Field::optional).orElse(true);
        yield optional ? Map.of() : Map.of(key, Map.of());
      }
    };
  }

  private void checkName(Node.Mapping root) {
    root.entry("name")
        .filter(entry -> entry.value() instanceof Node.Scalar s && s.value() instanceof String)
        .ifPresent(e -> nameIsWellFormed(((Node.Scalar) e.value()).text(), e.value().span()));
  }

  /** Binds a value; null if it has an error, which is reported then. */
  private @Nullable Object value(BindingPlace place, Field field, Type type) {
    Node node = place.node();
    if (node instanceof Node.Broken) {
      return null;
    } else if (node instanceof Node.Empty empty
        && !(empty.said() && type instanceof Type.Anything)) {
      return noValue(place, type);
    } else if (type instanceof Type.Block block) {
      return block(place, block.shape());
    } else if (type instanceof Type.OneKind oneKind) {
      return kind(place, oneKind);
    } else if (type instanceof Type.MapOf map) {
      return map(place, field, map);
    } else if (type instanceof Type.ListOf list) {
      return list(place, field, list);
    } else if (type instanceof Type.Anything) {
      return anything(place);
    }
    Object value = scalars.bind(place, field, type);
    if (value != null && field.refers() != null) {
      binding.references.add(
          new Reference(
              field.refers(), (String) value, place.shown(), place.path(), field.kinds()));
    }
    return value;
  }

  private @Nullable Object anything(BindingPlace place) {
    Object plain = Plain.of(place.node());
    Optional<Node> empty = Plain.emptyIn(place.node());
    if (plain == null && empty.isPresent()) {
      // A point, as after `key:`, cannot be shown; the key can.
      Span span = empty.get().span();
      boolean point = span.start().equals(span.end());
      binding.diagnostics.add(
          Diagnostic.of(
                  Code.PLB0109,
                  point ? place.key() : span,
                  "a value is missing in `" + place.name() + "`")
              .help("give one, or leave the key out"));
    }
    return plain;
  }

  private @Nullable Object noValue(BindingPlace place, Type type) {
    boolean block = type instanceof Type.Block || type instanceof Type.MapOf;
    List<String> needed =
        type instanceof Type.Block of
            ? of.shape().fields().stream().filter(Field::required).map(Field::name).toList()
            : List.of();
    String help =
        !needed.isEmpty()
            ? "give its keys: it needs " + Suggest.list(needed)
            : block ? "leave it out, or write `{}`" : "give one, or leave the key out";
    binding.diagnostics.add(
        Diagnostic.of(Code.PLB0109, place.key(), "`" + place.name() + "` has no value").help(help));
    return null;
  }

  private @Nullable Object kind(BindingPlace place, Type.OneKind type) {
    KindChoice.Chosen chosen = kinds.choose(place, type);
    if (chosen == null) {
      return null;
    }
    BindingPlace inside = place.inside(chosen.shape().kind(), chosen.key(), chosen.value());
    int references = binding.references.size();
    Object block =
        chosen.value() instanceof Node.Empty
            ? value(inside, VALUE, new Type.Block(chosen.shape()))
            : chosen.value() instanceof Node.Broken ? null : block(inside, chosen.shape());
    if (block != null) {
      // A problem of the entry as a whole is shown at its name, not at its kind.
      binding.places.put(block, new BindingPlace(place.path(), place.key(), chosen.value()));
    }
    if (!chosen.clean()) {
      // A kind that nobody wrote says nothing about what it would need.
      binding
          .references
          .subList(references, binding.references.size())
          .replaceAll(Reference::toAnyKind);
    }
    return chosen.clean() ? block : null;
  }

  private @Nullable Object block(BindingPlace place, Shape shape) {
    Optional<Node.Mapping> mapping = mapping(place, shape);
    if (mapping.isEmpty()) {
      binding.diagnostics.add(
          Diagnostic.of(
                  Code.PLB0111,
                  place.shown(),
                  "`" + place.name() + "` must be a block of keys, but is " + place.node().noun())
              .help(onlyKey(shape, place.node()).orElse(keys.list(shape))));
      return null;
    }
    levels.push(new Level(place, shape));
    Values values = fields(place, shape, mapping.get());
    levels.pop();
    if (!values.clean() || !values.failed().isEmpty()) {
      return null;
    }
    Object block = shape.construct(values.values());
    binding.places.put(block, place);
    return block;
  }

  /** What to write for a value that only one key of the block can have. */
  private static Optional<String> onlyKey(Shape shape, Node node) {
    if (!(node instanceof Node.Scalar scalar)) {
      return Optional.empty();
    }
    List<Field> fitting =
        shape.fields().stream().filter(field -> ScalarBinder.fits(scalar, field)).toList();
    return fitting.size() == 1
        ? Optional.of("write `{ " + fitting.get(0).name() + ": " + scalar.text() + " }`")
        : Optional.empty();
  }

  /** The block itself, or the value that stands alone in its place. */
  static Optional<Node.Mapping> mapping(BindingPlace place, Shape shape) {
    if (place.node() instanceof Node.Mapping mapping) {
      return Optional.of(mapping);
    }
    return shape
        .main()
        .map(
            main ->
                new Node.Mapping(
                    place.node().span(),
                    List.of(new Node.Entry(main.name(), place.key(), place.node()))));
  }

  /**
   * The values of a block's keys.
   *
   * @param failed the keys whose values have errors, or that are missing
   * @param clean whether all keys were right and none was missing
   */
  private record Values(Map<String, Object> values, Set<String> failed, boolean clean) {}

  private Values fields(BindingPlace place, Shape shape, Node.Mapping mapping) {
    KeyCheck.Given given = keys.check(place, shape, mapping);
    Map<String, Object> values = new HashMap<>();
    Set<String> failed = new LinkedHashSet<>();
    for (Field field : shape.fields()) {
      Node.Entry entry = given.entries().get(field.name());
      Object value = entry == null ? byDefault(place, field) : present(place, field, entry);
      if (value != null) {
        values.put(field.name(), value);
      } else if (entry != null || !field.optional()) {
        failed.add(field.name());
      }
    }
    return new Values(values, failed, given.clean());
  }

  private @Nullable Object byDefault(BindingPlace place, Field field) {
    if (field.defaultText() == null) {
      return null;
    }
    Node node = Plain.fromDefault(field.defaultText(), place.key());
    return value(place.inside(field.name(), place.key(), node), field, field.type());
  }

  private @Nullable Object present(BindingPlace place, Field field, Node.Entry entry) {
    BindingPlace inside = place.inside(field.name(), entry.keySpan(), entry.value());
    int before = binding.diagnostics.size();
    Object value = value(inside, field, field.type());
    if (!entry.key().equals(field.name()) && value == null) {
      // The key was a guess: that its value is of another form says nothing new.
      binding
          .diagnostics
          .subList(before, binding.diagnostics.size())
          .removeIf(diagnostic -> isForm(diagnostic, inside.shown()));
    }
    return value;
  }

  private static boolean isForm(Diagnostic diagnostic, Span span) {
    boolean form = diagnostic.code() == Code.PLB0302 || diagnostic.code() == Code.PLB0111;
    return form && diagnostic.primary().equals(span);
  }

  private @Nullable Object list(BindingPlace place, Field field, Type.ListOf type) {
    if (!(place.node() instanceof Node.Sequence sequence)) {
      return scalars.wrong(place, type);
    } else if (sequence.items().isEmpty()) {
      binding.diagnostics.add(
          Diagnostic.of(Code.PLB0308, place.shown(), "`" + place.name() + "` is an empty list"));
      return null;
    }
    List<Object> items = new ArrayList<>();
    for (Node item : sequence.items()) {
      Object value = value(new BindingPlace(place.path(), item.span(), item), field, type.item());
      if (value != null) {
        items.add(value);
      }
    }
    return items.size() == sequence.items().size() ? List.copyOf(items) : null;
  }

  private @Nullable Object map(BindingPlace place, Field field, Type.MapOf type) {
    if (!(place.node() instanceof Node.Mapping mapping)) {
      Diagnostic diagnostic =
          Diagnostic.of(
                  Code.PLB0111,
                  place.shown(),
                  "`" + place.name() + "` must be a block of names, but is " + place.node().noun())
              .note(Wording.meaning(field));
      binding.diagnostics.add(
          place.node() instanceof Node.Sequence list ? diagnostic.help(asNames(list)) : diagnostic);
      return null;
    }
    if (keys.hasNoName(type, mapping, place.path())) {
      return null;
    }
    boolean section = place.path().size() == 1;
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Span> names = new LinkedHashMap<>();
    boolean complete = true;
    Node.@Nullable Entry before = null;
    for (Node.Entry entry : mapping.entries()) {
      if (before != null && keys.isKeyOfEntry(type, before, entry)) {
        values.remove(before.key());
        complete = false;
        continue;
      }
      before = entry;
      names.put(entry.key(), entry.keySpan());
      Binding.BoundEntry bound =
          section ? sectionEntry(place, field, type, entry) : entry(place, field, type, entry);
      if (bound.value() != null && bound.complete()) {
        values.put(entry.key(), bound.value());
      } else {
        complete = false;
      }
    }
    if (section) {
      binding.names.put(place.path().get(0), names);
    }
    return section || complete ? Collections.unmodifiableMap(values) : null;
  }

  /** How to write a list as names with what belongs to them. */
  private static String asNames(Node.Sequence list) {
    return list.items().stream()
        .findFirst()
        .filter(item -> item instanceof Node.Mapping)
        .flatMap(item -> ((Node.Mapping) item).entry("name"))
        .filter(name -> name.value() instanceof Node.Scalar)
        .map(
            name ->
                "the name is the key: write `%s: { … }`, without `-` and without `name`"
                    .formatted(((Node.Scalar) name.value()).text()))
        .orElse("write each item as `NAME: …`, one below the other and without `-`");
  }

  private Binding.BoundEntry entry(
      BindingPlace place, Field field, Type.MapOf type, Node.Entry entry) {
    boolean wellFormed =
        NAMED_ELSEWHERE.contains(field.named())
            || (RECIPES.contains(field.named()) && RECIPE.matcher(entry.key()).matches())
            || nameIsWellFormed(entry.key(), entry.keySpan());
    Optional<Diagnostic> nested =
        field.named().equals("path") ? Overrides.nested(entry) : Optional.empty();
    if (nested.isPresent()) {
      binding.diagnostics.add(nested.get());
      return new Binding.BoundEntry(entry.value(), null, false, List.of(), List.of());
    }
    Object value = value(place.inside(entry), field, type.value());
    return new Binding.BoundEntry(entry.value(), value, wellFormed, List.of(), List.of());
  }

  /** An entry of a section: bound once, and taken over by variants that leave it as it is. */
  private Binding.BoundEntry sectionEntry(
      BindingPlace place, Field field, Type.MapOf type, Node.Entry entry) {
    String path = place.path().get(0) + "." + entry.key();
    Binding.BoundEntry known = before == null ? null : before.entries.get(path);
    if (known != null && known.node() == entry.value()) {
      binding.diagnostics.addAll(known.diagnostics());
      binding.references.addAll(known.references());
      binding.entries.put(path, known);
      return known;
    }
    int diagnostics = binding.diagnostics.size();
    int references = binding.references.size();
    Binding.BoundEntry fresh = entry(place, field, type, entry);
    Binding.BoundEntry kept =
        new Binding.BoundEntry(
            fresh.node(),
            fresh.value(),
            fresh.complete(),
            List.copyOf(tail(binding.diagnostics, diagnostics)),
            List.copyOf(tail(binding.references, references)));
    binding.entries.put(path, kept);
    return kept;
  }

  private static <T> List<T> tail(List<T> list, int from) {
    return list.subList(from, list.size());
  }

  private boolean nameIsWellFormed(String name, Span span) {
    if (NAME.matcher(name).matches() && name.length() <= LONGEST_NAME) {
      return true;
    }
    String what = name.isEmpty() ? "an empty text" : "`" + name + "`";
    Diagnostic diagnostic = Diagnostic.of(Code.PLB0110, span, what + " cannot be a name");
    if (name.equals("<<")) {
      binding.diagnostics.add(diagnostic.help("YAML 1.2 has no merge keys: write the keys out"));
      return false;
    }
    if (name.matches(".*\\$[A-Za-z{].*") && span.file().name().endsWith(".groovy")) {
      binding.diagnostics.add(
          diagnostic
              .note("in single quotes `$` is a letter like any other")
              .help("write the text in double quotes: `\"" + name + "\"`"));
      return false;
    }
    String meant = name.trim().replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^[-_]+|-+$", "");
    boolean usable = !meant.isEmpty() && meant.length() <= LONGEST_NAME;
    diagnostic =
        usable ? diagnostic.replace("write `" + meant + "`, for instance", meant) : diagnostic;
    binding.diagnostics.add(
        diagnostic.note(
            "names have letters, digits, `-` and `_`, start with a letter or a digit, and are at"
                + " most "
                + LONGEST_NAME
                + " long"));
    return false;
  }
}
