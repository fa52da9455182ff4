// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.tree.Node;

/** Diagnostics that only follow from others: a name counts as unknown if its entry is misplaced. */
final class Followers {
  private static final Pattern UNKNOWN =
      Pattern.compile("(?:does not exist:|has no entry) `([^`]+)`$");

  /** A block that stands where nobody looks for it, or whose kind is not known. */
  private static final Set<Code> MISPLACED =
      Set.of(Code.PLB0102, Code.PLB0103, Code.PLB0104, Code.PLB0105, Code.PLB0106, Code.PLB0111);

  private Followers() {}

  /** All others. */
  static List<Diagnostic> without(Node root, List<Diagnostic> all) {
    List<Diagnostic> found = all.stream().filter(one -> !isSaidBetter(one, all)).toList();
    if (found.stream().noneMatch(one -> MISPLACED.contains(one.code()))) {
      return found;
    }
    Set<String> written = new HashSet<>();
    collect(root, written);
    return found.stream().filter(one -> !follows(one, written)).toList();
  }

  /**
   * Whether another one says more: a variant's path that is not right at all names nothing it could
   * change, a name that cannot be one is not given twice, and while a spec has errors nobody knows
   * what a variant changes.
   */
  private static boolean isSaidBetter(Diagnostic diagnostic, List<Diagnostic> all) {
    return switch (diagnostic.code()) {
      case PLB0114 -> isAt(Code.PLB0113, diagnostic.primary(), all);
      case PLB0104 -> isAt(Code.PLB0110, diagnostic.primary(), all);
      case PLB0312 -> all.stream().anyMatch(Diagnostic::isError);
      default -> false;
    };
  }

  private static boolean isAt(Code code, Span place, List<Diagnostic> all) {
    return all.stream().anyMatch(one -> one.code() == code && one.primary().equals(place));
  }

  private static boolean follows(Diagnostic diagnostic, Set<String> written) {
    Matcher unknown = UNKNOWN.matcher(diagnostic.message());
    return (diagnostic.code() == Code.PLB0201 || diagnostic.code() == Code.PLB0113)
        && unknown.find()
        && written.contains(unknown.group(1));
  }

  /** The names of all blocks, and those that entries of a list give themselves. */
  private static void collect(Node node, Set<String> written) {
    if (node instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries()) {
        if (!(entry.value() instanceof Node.Scalar)) {
          written.add(entry.key());
        }
        collect(entry.value(), written);
      }
    } else if (node instanceof Node.Sequence list) {
      for (Node item : list.items()) {
        if (item instanceof Node.Mapping mapping
            && mapping.entry("name").map(Node.Entry::value).orElse(null)
                instanceof Node.Scalar name) {
          written.add(name.text());
        }
        collect(item, written);
      }
    }
  }
}
