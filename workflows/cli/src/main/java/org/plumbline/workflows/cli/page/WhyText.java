// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.engine.plan.Decision;
import org.plumbline.engine.plan.Decisions;
import org.plumbline.engine.plan.Decisions.Choice;
import org.plumbline.engine.plan.KeyParts;
import org.plumbline.engine.plan.NodeHistory;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.plan.Reason;

/** Why a node runs or is reused, in words: what changed, where, and what did not. */
public final class WhyText {

  private final Decisions decisions;
  private final @Nullable SpecResult spec;
  private final boolean past;
  private final UnaryOperator<String> file;

  /**
   * The words for some decisions.
   *
   * @param spec for places in it, or null
   * @param past whether they were carried out long ago
   * @param file of which other file of the same experiment a run is; empty if of this one
   */
  public WhyText(
      Decisions decisions, @Nullable SpecResult spec, boolean past, UnaryOperator<String> file) {
    this.decisions = decisions;
    this.spec = spec;
    this.past = past;
    this.file = file;
  }

  private Choice choice(PlanNode node) {
    return decisions
        .of(node.id())
        .orElseThrow(() -> new IllegalStateException("nothing is decided for " + node.id()));
  }

  /** What happens, and what it was compared with. */
  public String head(PlanNode node, Set<Long> seeds) {
    Choice choice = choice(node);
    String with = seeds.contains(0L) ? "" : seeds(seeds);
    String subject = "`" + node.name() + "` (" + node.operation() + with + ")";
    if (choice.decision() instanceof Decision.Reuse reuse) {
      return subject + (past ? " was reused" : " is reused") + " from run " + reuse.run() + ".";
    }
    NodeHistory.Earlier earlier = choice.comparedWith();
    String head = subject + (past ? " ran." : " will run.");
    if (earlier == null) {
      return head;
    }
    boolean same = earlier.node().equals(node.id());
    return head
        + " Compared with `"
        + earlier.node()
        + "` of run "
        + earlier.run()
        + file.apply(earlier.run())
        + (same ? ", the newest of the same node." : ", the most similar that has finished.");
  }

  private static String seeds(Set<Long> seeds) {
    String list =
        new TreeSet<>(seeds).stream().map(String::valueOf).collect(Collectors.joining(", "));
    return (seeds.size() == 1 ? ", seed " : ", seeds ") + list;
  }

  /** The reasons, one line each, and what is equal. */
  public List<String> body(PlanNode node) {
    Choice choice = choice(node);
    List<String> lines = new ArrayList<>();
    if (choice.decision() instanceof Decision.Reuse) {
      String state = past ? "its result was there" : "its result is there and verified";
      lines.add("  all " + parts(node.parts()).size() + " parts of its key are equal; " + state);
      return lines;
    }
    lines.add("");
    int number = 1;
    for (List<String> reason : reasons(choice)) {
      for (int i = 0; i < reason.size(); i++) {
        lines.add((i == 0 ? "  " + Phrase.right(number + ".", 3) + " " : "      ") + reason.get(i));
      }
      number++;
    }
    NodeHistory.Earlier earlier = choice.comparedWith();
    lines.add("");
    if (earlier != null) {
      lines.add("Same as before: " + String.join(", ", equal(node.parts(), earlier.parts())) + ".");
    }
    lines.add(
        "Not part of the key: names, comments, the order of keys, paths of files, the form of the"
            + " spec.");
    return lines;
  }

  private List<List<String>> reasons(Choice choice) {
    List<List<String>> all = new ArrayList<>();
    List<String> upstream = new ArrayList<>();
    for (Reason reason : choice.reasons()) {
      if (reason instanceof Reason.UpstreamRuns runs) {
        upstream.add(runs.node());
      } else {
        all.add(List.of(own(choice.node(), reason)));
      }
    }
    for (String id : upstream) {
      List<String> lines = new ArrayList<>();
      Set<String> roots = new LinkedHashSet<>();
      roots(id, roots, new LinkedHashSet<>());
      lines.add("input `" + id + "` " + (past ? "ran" : "will run") + ", because");
      roots.forEach(root -> lines.add("  " + root));
      all.add(lines);
    }
    return all;
  }

  /** The reasons at the beginning of a cascade, each with the node that it is a reason of. */
  private void roots(String id, Set<String> found, Set<String> seen) {
    if (!seen.add(id)) {
      return;
    }
    for (Reason reason : decisions.of(id).map(Choice::reasons).orElse(List.of())) {
      if (reason instanceof Reason.UpstreamRuns runs) {
        roots(runs.node(), found, seen);
      } else {
        found.add("`" + id + "`: " + own(choice(id), reason));
      }
    }
  }

  private PlanNode choice(String id) {
    return decisions.of(id).map(Choice::node).orElseThrow();
  }

  private String own(PlanNode node, Reason reason) {
    if (reason instanceof Reason.ParamChanged changed) {
      return changed.text() + place(node, changed.path());
    }
    return reason.text();
  }

  /** Where a setting of a node is written: perhaps in something declared that it refers to. */
  private String place(PlanNode node, String path) {
    if (spec == null || (!node.section().equals("policies") && node.entry().isEmpty())) {
      return "";
    }
    String base = node.section() + "." + node.entry();
    if (node.section().equals("compare")) {
      base = "compare";
    }
    String full = base + "." + path;
    int dot = path.indexOf('.');
    String first = dot < 0 ? path : path.substring(0, dot);
    if (dot > 0 && node.settings().get(first) instanceof String name) {
      for (Map.Entry<String, Map<String, Object>> declared : node.declared().entrySet()) {
        if (declared.getValue().containsKey(name)) {
          full = declared.getKey() + "." + name + path.substring(dot);
        }
      }
    }
    int variant = node.name().indexOf('~');
    Span span = spec.spanOf(variant < 0 ? full : "variants." + node.name().substring(variant + 1));
    return span.wholeFile() ? "" : "   " + span;
  }

  /** The parts of a key by name. */
  private static Map<String, Object> parts(KeyParts key) {
    Map<String, Object> parts = new LinkedHashMap<>(key.settings());
    parts.putAll(key.inputs());
    parts.putAll(key.files());
    parts.put("seed", key.seed());
    parts.put(key.operation() + " v" + key.version(), true);
    key.runtime().forEach((what, value) -> parts.put(what + " " + value, true));
    return parts;
  }

  private static List<String> equal(KeyParts now, KeyParts before) {
    Map<String, Object> old = parts(before);
    List<String> equal = new ArrayList<>();
    parts(now)
        .forEach(
            (name, value) -> {
              if (value.equals(old.get(name))) {
                equal.add(name);
              }
            });
    return equal.isEmpty() ? List.of("nothing") : equal;
  }

  /** The same for programs. */
  public Map<String, Object> plain(PlanNode node) {
    Choice choice = choice(node);
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("node", node.id());
    plain.put("key", node.key());
    plain.put("action", choice.decision().action());
    NodeHistory.Earlier earlier = choice.comparedWith();
    plain.put("comparedWith", earlier == null ? null : earlier.run() + ":" + earlier.node());
    plain.put("reasons", choice.reasons().stream().map(Reason::text).toList());
    Set<String> roots = new LinkedHashSet<>();
    roots(node.id(), roots, new LinkedHashSet<>());
    plain.put("causes", roots);
    return plain;
  }
}
