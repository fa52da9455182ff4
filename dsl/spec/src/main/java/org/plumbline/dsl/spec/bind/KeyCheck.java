// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.spec.tree.Node;

/** Compares the keys of a block with those that its shape allows and asks for. */
final class KeyCheck {
  private static final Shape EXPERIMENT = Shape.of(Experiment.class);

  private final List<Diagnostic> diagnostics;
  private final Deque<Binder.Level> levels;

  KeyCheck(List<Diagnostic> diagnostics, Deque<Binder.Level> levels) {
    this.diagnostics = diagnostics;
    this.levels = levels;
  }

  /**
   * The keys that were given.
   *
   * @param entries by the key that each stands for, which for a misspelled one is the one meant
   * @param clean whether all keys were right and none was missing
   */
  record Given(Map<String, Node.Entry> entries, boolean clean) {}

  Given check(BindingPlace place, Shape shape, Node.Mapping mapping) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    List<Node.Entry> unknown = new ArrayList<>();
    for (Node.Entry entry : mapping.entries()) {
      if (shape.field(entry.key()).isPresent()) {
        entries.put(entry.key(), entry);
      } else {
        unknown.add(entry);
      }
    }
    List<Node.Entry> unexplained = new ArrayList<>();
    for (Node.Entry entry : unknown) {
      Optional<String> meant = meant(shape, entry.key(), entries.keySet());
      if (meant.isPresent()) {
        entries.put(meant.get(), entry);
        diagnostics.add(guess(unknown(place, shape, entry), shape, entry, meant.get()));
      } else {
        unexplained.add(entry);
      }
    }
    if (unexplained.size() == 1 && unexplained.get(0).key().equals(shape.kind())) {
      inItself(unexplained.get(0), place.key());
      return new Given(entries, false);
    }
    boolean exclusive = exclusive(place, shape, entries);
    Set<String> missing = missing(shape, entries);
    // A key that nobody knows and a key that is missing: most likely the same.
    boolean same = unexplained.size() == 1 && missing.size() == 1;
    for (Node.Entry entry : unexplained) {
      report(place, shape, entry, same ? missing.iterator().next() : "");
    }
    if (!missing.isEmpty() && !same) {
      reportMissing(place, shape, missing);
    }
    return new Given(entries, unknown.isEmpty() && missing.isEmpty() && exclusive);
  }

  /** {@code dpo: { dpo: { … } }} where one of them is the kind already. */
  private void inItself(Node.Entry entry, Span kind) {
    diagnostics.add(
        Diagnostic.of(Code.PLB0102, entry.keySpan(), "`" + entry.key() + "` stands within itself")
            .related(kind, "the kind is said here already")
            .help("remove the inner `" + entry.key() + "`, and keep the keys in it"));
  }

  /** All keys of a shape, if they are few. */
  String list(Shape shape) {
    List<String> names = shape.fields().stream().map(Field::name).toList();
    return "keys here: " + Suggest.few(names);
  }

  /** A key that looks or means the same, unless a block around this one has the key itself. */
  private Optional<String> meant(Shape shape, String key, Set<String> given) {
    List<String> free =
        shape.fields().stream().map(Field::name).filter(name -> !given.contains(name)).toList();
    // Other tools' keys may have points: `actor.optim.lr`.
    String last = key.substring(key.lastIndexOf('.') + 1);
    return Suggest.alias(last, free)
        .or(() -> around(shape, key).isPresent() ? Optional.empty() : Suggest.near(last, free));
  }

  private static Diagnostic guess(Diagnostic unknown, Shape shape, Node.Entry entry, String meant) {
    Type type = shape.field(meant).orElseThrow().type();
    if (type instanceof Type.ListOf && entry.value() instanceof Node.Scalar scalar) {
      return unknown.help("did you mean `" + meant + ": [" + scalar.text() + "]`?");
    } else if (meant.equals("key_variable")) {
      return unknown
          .note("a spec holds no secrets: `key_variable` names the environment variable of the key")
          .help("leave it out for `OPENAI_API_KEY`, or write `key_variable: NAME`");
    } else if (entry.key().contains("epoch") && !meant.contains("epoch")) {
      unknown = unknown.note("one of `" + meant + "` is one batch, and not a pass over all rows");
    }
    return unknown.replace("did you mean `" + meant + "`?", meant);
  }

  private static Diagnostic unknown(BindingPlace place, Shape shape, Node.Entry entry) {
    String where = place.path().isEmpty() ? "" : " in `" + owner(place, shape) + "`";
    return Diagnostic.of(
        Code.PLB0102, entry.keySpan(), "unknown key `" + entry.key() + "`" + where);
  }

  /** The name of an entry rather than of its kind. */
  private static String owner(BindingPlace place, Shape shape) {
    int size = place.path().size();
    return !shape.kind().isEmpty() && size > 1 ? place.path().get(size - 2) : place.name();
  }

  private void report(BindingPlace place, Shape shape, Node.Entry entry, String missing) {
    Diagnostic diagnostic = unknown(place, shape, entry);
    Optional<String> elsewhere =
        belongsElsewhere(shape, entry.key()).or(() -> asEntry(place, entry));
    Optional<String> named = named(shape, entry.key());
    Optional<String> other = elsewhere(shape, entry.key(), place.path().isEmpty());
    if (entry.key().equals("<<")) {
      diagnostic = diagnostic.help("YAML 1.2 has no merge keys: write the keys out");
    } else if (elsewhere.isPresent()) {
      diagnostic = diagnostic.help(elsewhere.get());
    } else if (named.isPresent()) {
      String right = named.get();
      diagnostic = diagnostic.help("it is called `" + right + "` here, which is given already");
    } else if (!missing.isEmpty()) {
      diagnostic = diagnostic.replace("`" + missing + "` is missing: is it meant?", missing);
      diagnostic = other.isPresent() ? diagnostic.help(other.get()) : diagnostic;
    } else {
      diagnostic = other.isPresent() ? diagnostic.help(other.get()) : diagnostic;
      boolean top = place.path().isEmpty();
      diagnostic = top && other.isPresent() ? diagnostic : diagnostic.help(list(shape));
    }
    diagnostics.add(diagnostic);
    if (!missing.isEmpty() && (elsewhere.isPresent() || entry.key().equals("<<"))) {
      reportMissing(place, shape, Set.of(missing));
    }
  }

  /** What a key is called in this language. */
  private static Optional<String> named(Shape shape, String key) {
    return Suggest.aliases(key).stream().filter(name -> shape.field(name).isPresent()).findFirst();
  }

  /** Reports entries that are keys of one: {@code rounds: { of: ppo, renew: [prefs] }}. */
  boolean hasNoName(Type.MapOf type, Node.Mapping mapping, List<String> path) {
    if (!(type.value() instanceof Type.Block block)
        || mapping.entries().isEmpty()
        || block.shape().main().isPresent()) { // then an entry may be a value alone
      return false;
    }
    boolean all =
        mapping.entries().stream()
            .allMatch(
                entry ->
                    block.shape().field(entry.key()).isPresent()
                        && !hasKeysOf(block.shape(), entry.value()));
    List<String> needed =
        block.shape().fields().stream().filter(Field::required).map(Field::name).toList();
    boolean given =
        !needed.isEmpty() && needed.stream().anyMatch(key -> mapping.entry(key).isPresent());
    if (all && given) {
      Node.Entry first = mapping.entries().get(0);
      String section = path.get(path.size() - 1);
      diagnostics.add(
          Diagnostic.of(
                  Code.PLB0111,
                  first.keySpan(),
                  "`%s` stands where the name of an entry of `%s` is asked for"
                      .formatted(first.key(), section))
              .help("give it a name: `%s: { NAME: { %s: … } }`".formatted(section, first.key())));
    }
    return all && given;
  }

  /** Reports a key of an entry that stands beside the entries, one level too far out. */
  boolean isKeyOfEntry(Type.MapOf type, Node.Entry before, Node.Entry entry) {
    if (!(type.value() instanceof Type.Block block)
        || block.shape().field(entry.key()).isEmpty()
        || hasKeysOf(block.shape(), entry.value())) {
      return false;
    }
    diagnostics.add(
        Diagnostic.of(
                Code.PLB0102,
                entry.keySpan(),
                "`" + entry.key() + "` is a key of `" + before.key() + "`, and stands beside it")
            .related(before.keySpan(), "the entry before")
            .help("indent it like the keys of `" + before.key() + "`"));
    return true;
  }

  private static boolean hasKeysOf(Shape shape, Node value) {
    return value instanceof Node.Mapping block
        && block.entries().stream().anyMatch(key -> shape.field(key.key()).isPresent());
  }

  /** Where a key belongs that is right, but not here. */
  private Optional<String> belongsElsewhere(Shape shape, String key) {
    Optional<String> below = KeyPlaces.below(shape, key);
    if (below.isPresent()) {
      return below.map(path -> "`" + key + "` belongs in `" + path + "`");
    }
    for (String alias : Suggest.aliases(key.substring(key.lastIndexOf('.') + 1))) {
      Optional<Field> field =
          alias.contains(".") ? KeyPlaces.field(shape, alias) : Optional.empty();
      if (field.isPresent()) {
        return Optional.of("did you mean `%s` (%s)?".formatted(nested(alias), field.get().doc()));
      }
    }
    return around(shape, key)
        .map(path -> "`" + key + "` belongs in `" + path + "`")
        .or(
            () ->
                EXPERIMENT
                    .field(key)
                    .map(field -> "`" + key + "` belongs at the top level of the spec"));
  }

  /** {@code regularizers: { kl: { coefficient: … } }}. */
  private static String nested(String path) {
    int blocks = path.length() - path.replace(".", "").length();
    return path.replace(".", ": { ") + ": …" + " }".repeat(blocks);
  }

  /** The block around that has the key. */
  private Optional<String> around(Shape shape, String key) {
    return levels.stream()
        .filter(level -> level.shape() != shape && level.shape().field(key).isPresent())
        .findFirst()
        .map(level -> String.join(".", level.place().path()))
        .filter(path -> !path.isEmpty());
  }

  /** The section that something at the top of a spec would be an entry of. */
  private static Optional<String> asEntry(BindingPlace place, Node.Entry entry) {
    if (!place.path().isEmpty() || !(entry.value() instanceof Node.Mapping mapping)) {
      return Optional.empty();
    }
    for (Field section : EXPERIMENT.fields()) {
      if (section.type() instanceof Type.MapOf map
          && map.value() instanceof Type.OneKind kinds
          && mapping.entries().size() == 1
          && kinds.kinds().stream()
              .anyMatch(kind -> kind.kind().equals(mapping.entries().get(0).key()))) {
        return Optional.of(
            "`" + entry.key() + "` belongs in `" + section.name() + "`: indent it further");
      }
    }
    return Optional.empty();
  }

  /** Where else the key stands, or what it is called there. */
  private static Optional<String> elsewhere(Shape shape, String key, boolean top) {
    Optional<String> sibling = KeyPlaces.sibling(shape, key);
    return sibling
        .or(() -> KeyPlaces.block(key))
        .map(of -> "`" + key + "` is a key of `" + of + "`")
        .or(
            () ->
                Suggest.aliases(top ? key : "").stream()
                    .sorted(Comparator.comparing(name -> !name.contains(".")))
                    .flatMap(
                        name -> KeyPlaces.block(name).map(block -> block + "." + name).stream())
                    .map(path -> "here it is `" + path + "`")
                    .findFirst());
  }

  private boolean exclusive(BindingPlace place, Shape shape, Map<String, Node.Entry> entries) {
    List<String> given = shape.exactlyOne().stream().filter(entries::containsKey).toList();
    if (given.size() < 2) {
      return true;
    }
    Node.Entry first = entries.get(given.get(0));
    Node.Entry second = entries.get(given.get(1));
    if (first == null || second == null) {
      throw new AssertionError(given);
    }
    diagnostics.add(
        Diagnostic.of(
                Code.PLB0107,
                second.keySpan(),
                "`"
                    + owner(place, shape)
                    + "` has both `"
                    + given.get(0)
                    + "` and `"
                    + given.get(1)
                    + "`")
            .related(first.keySpan(), "the other")
            .help("keep one of them"));
    return false;
  }

  /** Keys that must be given and are not; for a choice, all of it as one: {@code jsonl, json}. */
  private static Set<String> missing(Shape shape, Map<String, Node.Entry> entries) {
    Set<String> missing = new HashSet<>();
    for (Field field : shape.fields()) {
      if (field.required() && !entries.containsKey(field.name())) {
        missing.add(field.name());
      }
    }
    boolean none = shape.exactlyOne().stream().noneMatch(entries::containsKey);
    if (none && !shape.exactlyOne().isEmpty()) {
      List<String> all = shape.exactlyOne();
      String first = String.join("`, `", all.subList(0, all.size() - 1));
      missing.add(first + "` or `" + all.get(all.size() - 1));
    }
    return new java.util.LinkedHashSet<>(missing.stream().sorted().toList());
  }

  private void reportMissing(BindingPlace place, Shape shape, Set<String> missing) {
    String where = place.path().isEmpty() ? "" : " in `" + owner(place, shape) + "`";
    List<String> required = new ArrayList<>();
    for (String name : missing) {
      if (name.contains("`")) {
        diagnostics.add(
            Diagnostic.of(Code.PLB0108, place.key(), "`" + name + "` is missing" + where)
                .help("give exactly one of them"));
      } else {
        required.add(name);
      }
    }
    if (required.isEmpty()) {
      return;
    }
    String verb = required.size() == 1 ? " is missing" : " are missing";
    Diagnostic diagnostic =
        Diagnostic.of(Code.PLB0101, place.key(), Suggest.list(required) + verb + where);
    for (String name : required) {
      Optional<Field> field = shape.field(name);
      diagnostic = field.isPresent() ? diagnostic.note(Wording.meaning(field.get())) : diagnostic;
    }
    diagnostics.add(diagnostic);
  }
}
