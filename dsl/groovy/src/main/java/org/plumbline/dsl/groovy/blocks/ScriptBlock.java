package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block of a script: keeps what is written in it, in order, each with its line.
 *
 * <p>The line is that of the nearest stack frame which stands in the script, so it is right in
 * loops and in functions, too.
 */
@SpecDsl
public abstract class ScriptBlock {
  private final int line = scriptLine();
  private final List<Written.Key> keys = new ArrayList<>();

  /** For the generated classes. */
  protected ScriptBlock() {}

  /** A list; the same word in Groovy and in Kotlin. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final <T> List<T> listOf(T... items) {
    return List.of(items);
  }

  /** What has been written in this block. */
  final Written.Keys written() {
    return new Written.Keys(line, List.copyOf(keys));
  }

  /** Keeps a value under a key. */
  protected final void put(String key, @Nullable Object value) {
    int at = scriptLine();
    keys.add(new Written.Key(at, key, value(at, value)));
  }

  /** Fills a block and keeps it under a key. */
  protected final <B extends ScriptBlock> void put(String key, B block, Body<? super B> body) {
    int at = scriptLine();
    body.fill(block);
    keys.add(new Written.Key(at, key, block.written()));
  }

  /** Fills a block and adds its keys to the one of this name, which may be opened many times. */
  protected final <B extends ScriptBlock> void open(String key, B block, Body<? super B> body) {
    int at = scriptLine();
    body.fill(block);
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).name().equals(key) && keys.get(i).value() instanceof Written.Keys earlier) {
        List<Written.Key> all = new ArrayList<>(earlier.keys());
        all.addAll(block.written().keys());
        keys.set(i, new Written.Key(at, key, new Written.Keys(earlier.line(), all)));
        return;
      }
    }
    keys.add(new Written.Key(at, key, block.written()));
  }

  /** Adds one entry to the map of this name. */
  protected final void add(String map, String name, @Nullable Object value) {
    int at = scriptLine();
    open(map, new Entry(), entry -> entry.keep(at, name, value(at, value)));
  }

  /** Fills a block and adds it to the map of this name. */
  protected final <B extends ScriptBlock> void add(
      String map, String name, B block, Body<? super B> body) {
    int at = scriptLine();
    body.fill(block);
    open(map, new Entry(), entry -> entry.keep(at, name, block.written()));
  }

  /** Keeps a kind of thing under its name: {@code name: {kind: …}}. */
  protected final <B extends ScriptBlock> void kind(
      String name, String kind, B block, Body<? super B> body) {
    int at = scriptLine();
    body.fill(block);
    Written.Key chosen = new Written.Key(at, kind, block.written());
    keys.add(new Written.Key(at, name, new Written.Keys(at, List.of(chosen))));
  }

  /** The same where only the main setting of the kind is given. */
  protected final void kind(String name, String kind, @Nullable Object main) {
    int at = scriptLine();
    Written.Key chosen = new Written.Key(at, kind, value(at, main));
    keys.add(new Written.Key(at, name, new Written.Keys(at, List.of(chosen))));
  }

  /** A Groovy closure as the body of a block: names in it are those of the block alone. */
  protected static <B> Body<B> body(Closure<?> closure) {
    return block -> {
      closure.setDelegate(block);
      closure.setResolveStrategy(Closure.DELEGATE_ONLY);
      closure.call();
    };
  }

  final void keep(int at, String name, Written value) {
    keys.add(new Written.Key(at, name, value));
  }

  private static Written value(int at, @Nullable Object value) {
    if (value instanceof Iterable<?> items) {
      List<Written> written = new ArrayList<>();
      items.forEach(item -> written.add(value(at, item)));
      return new Written.Items(at, written);
    } else if (value instanceof Number || value instanceof Boolean) {
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

  /** One entry of a map, on its way into it. */
  private static final class Entry extends ScriptBlock {}
}
