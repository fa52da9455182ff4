// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.util.IdentityHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.tree.Node;

/** Where each bound record came from. */
public final class Places {
  private final IdentityHashMap<Object, BindingPlace> places = new IdentityHashMap<>();

  private final @Nullable Places before;

  Places(@Nullable Places before) {
    this.before = before;
  }

  private @Nullable BindingPlace find(Object block) {
    BindingPlace place = places.get(block);
    return place != null || before == null ? place : before.find(block);
  }

  void put(Object block, BindingPlace place) {
    places.put(block, place);
  }

  /** The key or name that the block was given under. */
  public Span block(@Nullable Object block) {
    BindingPlace place = block == null ? null : find(block);
    return place == null ? Span.of(SourceFile.named("spec")) : place.key();
  }

  /** The value of a key of the block; where it is not given, the block. */
  public Span value(Object block, String key) {
    return entry(block, key)
        .map(entry -> new BindingPlace(java.util.List.of(), entry.keySpan(), entry.value()).shown())
        .orElseGet(() -> mainOr(block));
  }

  /** The name of an entry in a map that a key of the block holds. */
  public Span name(Object block, String key, String name) {
    return entry(block, key)
        .filter(entry -> entry.value() instanceof Node.Mapping)
        .flatMap(entry -> ((Node.Mapping) entry.value()).entry(name))
        .map(Node.Entry::keySpan)
        .orElseGet(() -> value(block, key));
  }

  /** Whether the author gave the key. */
  public boolean given(Object block, String key) {
    return entry(block, key).isPresent();
  }

  /** One item of a list that a key of the block holds. */
  public Span item(Object block, String key, int index) {
    return entry(block, key)
        .filter(entry -> entry.value() instanceof Node.Sequence)
        .map(entry -> ((Node.Sequence) entry.value()).items())
        .filter(items -> index < items.size())
        .map(items -> items.get(index).span())
        .orElseGet(() -> value(block, key));
  }

  private Span mainOr(Object block) {
    BindingPlace place = find(block);
    return place == null || place.node() instanceof Node.Mapping ? block(block) : place.shown();
  }

  private Optional<Node.Entry> entry(Object block, String key) {
    BindingPlace place = find(block);
    return place != null && place.node() instanceof Node.Mapping mapping
        ? mapping.entry(key)
        : Optional.empty();
  }
}
