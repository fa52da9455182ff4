// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script.blocks;

import groovy.lang.Closure;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.words.Vocabulary;
import org.plumbline.dsl.model.words.Word;

/**
 * What stands behind every block of a script, whatever its interface: keeps what is written in it,
 * in order, each with its line. What a method means is looked up in the block's vocabulary.
 *
 * <p>The line is that of the nearest stack frame which stands in the script, so it is right in
 * loops and in functions, too.
 */
final class WrittenBlock implements InvocationHandler {
  private final Vocabulary vocabulary;
  private final int line = scriptLine();
  private final List<Written.Key> keys = new ArrayList<>();
  private final Map<String, @Nullable Object> properties = new HashMap<>();

  private WrittenBlock(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** What a body writes in a block with these words: a {@link Body} or a closure. */
  static Written.Keys of(Vocabulary vocabulary, Object body) {
    WrittenBlock block = new WrittenBlock(vocabulary);
    fill(body, block.receiver());
    return new Written.Keys(block.line, List.copyOf(block.keys));
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
    @Nullable Object[] given = arguments == null ? new @Nullable Object[0] : arguments;
    String name = method.getName();
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, name, given);
    } else if (method.getDeclaringClass() == ScriptBlock.class
        && given[0] instanceof Object[] all) {
      return Collections.unmodifiableList(Arrays.asList(all));
    }
    Optional<Word> word = vocabulary.word(name);
    if (word.isEmpty()) {
      return property(name, given);
    }
    write(word.get(), given);
    return null;
  }

  private Object ofObject(Object proxy, String name, @Nullable Object... given) {
    return switch (name) {
      case "equals" -> proxy == given[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> vocabulary.name();
    };
  }

  /** {@code getBeta} or {@code setBeta}. */
  private @Nullable Object property(String accessor, @Nullable Object... given) {
    String name = Character.toLowerCase(accessor.charAt(3)) + accessor.substring(4);
    if (given.length == 0) {
      return properties.get(name);
    }
    Word word = vocabulary.word(name).orElseThrow(() -> new AssertionError(accessor));
    int at = scriptLine();
    properties.put(name, given[0]);
    keys.add(new Written.Key(at, word.key(), value(at, given[0])));
    return null;
  }

  private void write(Word word, @Nullable Object... given) {
    int at = scriptLine();
    Written written = written(word, at, given[given.length - 1]);
    String name = String.valueOf(given[0]);
    switch (word.form()) {
      case SECTION -> open(at, word.key(), (Written.Keys) written);
      case ENTRY -> open(at, word.key(), only(at, name, written));
      case KIND -> keys.add(new Written.Key(at, name, only(at, word.key(), written)));
      default -> keys.add(new Written.Key(at, word.key(), written));
    }
  }

  private static Written written(Word word, int at, @Nullable Object last) {
    if (last instanceof Body<?> || last instanceof Closure<?>) {
      return of(word.block().orElseThrow(), last);
    }
    return value(at, last);
  }

  /** Adds to the block of this name, which may be opened many times. */
  private void open(int at, String key, Written.Keys written) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).name().equals(key) && keys.get(i).value() instanceof Written.Keys earlier) {
        List<Written.Key> all = new ArrayList<>(earlier.keys());
        all.addAll(written.keys());
        keys.set(i, new Written.Key(at, key, new Written.Keys(earlier.line(), all)));
        return;
      }
    }
    keys.add(new Written.Key(at, key, written));
  }

  private static Written.Keys only(int at, String name, Written value) {
    return new Written.Keys(at, List.of(new Written.Key(at, name, value)));
  }

  private Object receiver() {
    String type = ScriptBlock.class.getPackageName() + "." + vocabulary.name();
    ClassLoader loader = ScriptBlock.class.getClassLoader();
    try {
      return Proxy.newProxyInstance(loader, new Class<?>[] {Class.forName(type)}, this);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("no type was generated for " + vocabulary.name(), e);
    }
  }

  /** Names in a Groovy closure are those of its block alone. */
  @SuppressWarnings("unchecked")
  private static void fill(Object body, Object receiver) {
    if (body instanceof Closure<?> closure) {
      closure.setDelegate(receiver);
      closure.setResolveStrategy(Closure.DELEGATE_ONLY);
      closure.call();
    } else {
      ((Body<Object>) body).fill(receiver);
    }
  }

  private static Written value(int at, @Nullable Object value) {
    if (value instanceof Iterable<?> items) {
      List<Written> written = new ArrayList<>();
      items.forEach(item -> written.add(value(at, item)));
      return new Written.Items(at, written);
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      return new Written.Value(at, value);
    }
    return new Written.Value(at, String.valueOf(value));
  }

  private static int scriptLine() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> isScript(frame.getFileName()))
                    .mapToInt(StackWalker.StackFrame::getLineNumber)
                    .findFirst()
                    .orElse(0));
  }

  private static boolean isScript(@Nullable String file) {
    return file != null && (file.endsWith(".plumb.groovy") || file.endsWith(".plumb.kts"));
  }
}
