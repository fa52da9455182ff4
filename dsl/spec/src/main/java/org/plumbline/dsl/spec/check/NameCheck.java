// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.spec.bind.Binding;
import org.plumbline.dsl.spec.bind.Reference;
import org.plumbline.dsl.spec.bind.Suggest;

/**
 * Checks that every name stands for something of the right kind, and that no entry needs itself.
 */
final class NameCheck {
  private static final List<Section> HOMES =
      List.of(
          Section.MODELS,
          Section.DATA,
          Section.VALUES,
          Section.EVALUATORS,
          Section.FEEDBACK,
          Section.REWARDS,
          Section.POLICIES);

  private final Binding binding;
  private final List<Diagnostic> found;
  private final Map<Section, Map<String, Span>> known = new EnumMap<>(Section.class);
  private final Set<String> inCycle = new HashSet<>();

  NameCheck(Binding binding, List<Diagnostic> found) {
    this.binding = binding;
    this.found = found;
  }

  void run() {
    for (Reference reference : binding.references()) {
      if (reference.section() != Section.FEATURES) {
        resolve(reference);
      }
    }
    cycles();
    Map<String, Span> policies = binding.names("policies");
    binding
        .names("variants")
        .forEach(
            (name, span) -> {
              Span policy = policies.get(name);
              if (policy != null) {
                found.add(
                    Diagnostic.of(
                            Code.PLB0210, span, "`" + name + "` is a policy and a variant as well")
                        .related(policy, "the policy")
                        .help("give the variant another name"));
              }
            });
    rounds(binding)
        .forEach(
            (recipe, name) -> {
              Span other = binding.names("variants").getOrDefault(recipe, policies.get(recipe));
              if (other != null) {
                found.add(
                    Diagnostic.of(
                            Code.PLB0210,
                            placeOf(binding, name),
                            "`" + recipe + "`, one of the rounds, is another recipe already")
                        .related(other, "the other")
                        .help("give the rounds another name"));
              }
            });
  }

  /** The names that a reference may be, with the place of each. */
  static Map<String, Span> candidates(Binding binding, Section section) {
    Map<String, Span> names = new LinkedHashMap<>();
    switch (section) {
      case RECIPES -> {
        names.putAll(binding.names("policies"));
        names.putAll(binding.names("variants"));
        rounds(binding).forEach((recipe, name) -> names.put(recipe, placeOf(binding, name)));
      }
      case POLICIES_OR_MODELS -> {
        names.putAll(binding.names("models"));
        names.putAll(binding.names("policies"));
      }
      default -> names.putAll(binding.names(section.key()));
    }
    return names;
  }

  /** The recipes that rounds are, and the name of the rounds of each. */
  private static Map<String, String> rounds(Binding binding) {
    Map<String, String> recipes = new LinkedHashMap<>();
    Experiment experiment = binding.experiment();
    if (experiment != null && experiment.rounds() != null) {
      experiment
          .rounds()
          .forEach((name, spec) -> spec.recipes(name).forEach(one -> recipes.put(one, name)));
    }
    return recipes;
  }

  private static Span placeOf(Binding binding, String rounds) {
    return Objects.requireNonNull(binding.names("rounds").get(rounds));
  }

  private void resolve(Reference reference) {
    Map<String, Span> names =
        known.computeIfAbsent(reference.section(), section -> candidates(binding, section));
    String name = reference.name();
    boolean data = reference.section() == Section.DATA;
    String entry = Sections.entryName(reference.section(), name);
    if (!names.containsKey(entry)) {
      unknown(reference, entry, names);
    } else if (data && !name.equals(entry)) {
      heldOut(reference, entry);
    } else {
      kind(reference);
    }
  }

  /** Feedback of another kind than the method can use. */
  private void kind(Reference reference) {
    Experiment experiment = binding.experiment();
    if (reference.kinds().isEmpty() || experiment == null) {
      return;
    }
    FeedbackSpec feedback = experiment.feedback().get(reference.name());
    if (feedback == null) {
      return;
    }
    String kind = Shape.of(feedback.getClass()).kind();
    String holds = HeldFeedback.of(experiment, reference.name());
    boolean recorded = feedback instanceof FeedbackSpec.Recorded;
    if (holds != null && !reference.kinds().contains(holds)) {
      List<String> path = reference.path();
      String user = path.size() > 2 ? path.get(2) : key(reference);
      String what = holds.equals(kind) ? "is of kind `" + kind + "`" : "holds `" + holds + "`";
      found.add(
          Diagnostic.of(
                  Code.PLB0221,
                  reference.span(),
                  "`" + user + "` cannot learn from `" + reference.name() + "`, which " + what)
              .related(binding.places().block(feedback), "declared here")
              .help(
                  "it learns from "
                      + Suggest.list(reference.kinds())
                      + (recorded ? "; `rows` says what the data set holds" : "")));
    }
  }

  private void heldOut(Reference reference, String entry) {
    String right = entry + Sections.HELD_OUT;
    if (!reference.name().equals(right)) {
      String part = reference.name().substring(entry.length() + 1);
      // A file in place of the name that the spec has given it.
      String meant = part.matches("jsonl|json|csv|parquet|gz|txt") ? entry : right;
      found.add(
          Diagnostic.of(Code.PLB0201, reference.span(), "a data set has no part `" + part + "`")
              .replace("did you mean `" + meant + "`?", meant));
      return;
    }
    Experiment experiment = binding.experiment();
    DataSpec data = experiment == null ? null : experiment.data().get(entry);
    if (data != null && data.holdOut() == 0) {
      found.add(
          Diagnostic.of(
                  Code.PLB0204,
                  reference.span(),
                  "`" + entry + "` holds nothing out, so there is no `" + right + "`")
              .related(binding.places().block(data), "declared here")
              .help("add `hold_out: 0.1` to `data." + entry + "`"));
    }
  }

  private void unknown(Reference reference, String entry, Map<String, Span> names) {
    String key = key(reference);
    String last = reference.name().substring(reference.name().lastIndexOf('.') + 1);
    boolean path = last.length() < reference.name().length() && names.containsKey(last);
    List<String> words = List.of(entry.split(" +"));
    if (words.size() > 1 && names.keySet().containsAll(words)) {
      String listed = String.join(", ", words);
      found.add(
          Diagnostic.of(
                  Code.PLB0201,
                  reference.span(),
                  "`" + key + "` names " + words.size() + " at once: `" + entry + "`")
              .replace("put a comma between them: `" + listed + "`", listed));
      return;
    }
    Optional<String> meant = path ? Optional.of(last) : Suggest.near(entry, names.keySet());
    if (meant.isEmpty() && isOfAnotherSection(reference, entry, names)) {
      return;
    }
    Section section = reference.section();
    boolean many = section == Section.VALUES || section == Section.EVALUATORS;
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.PLB0201,
            reference.span(),
            "`"
                + key
                + "` names "
                + article(section)
                + " that "
                + (many ? "do" : "does")
                + " not exist: `"
                + entry
                + "`");
    if (meant.isPresent()) {
      String right = path ? last : meant.get() + reference.name().substring(entry.length());
      diagnostic = diagnostic.replace("did you mean `" + right + "`?", right);
    }
    found.add(withNames(diagnostic, section, names));
  }

  /** Whether something else has that name, which is reported then. */
  private boolean isOfAnotherSection(Reference reference, String entry, Map<String, Span> names) {
    for (Section home : HOMES) {
      Span elsewhere = binding.names(home.key()).get(entry);
      if (elsewhere != null) {
        String must = "`" + key(reference) + "` must name " + article(reference.section());
        Diagnostic found =
            withNames(
                Diagnostic.of(
                        Code.PLB0202,
                        reference.span(),
                        must + ", but `" + entry + "` is " + article(home))
                    .related(elsewhere, "declared here"),
                reference.section(),
                names);
        this.found.add(
            behind(home.key() + "." + entry, reference.section())
                .map(
                    behind ->
                        found.replace(
                            "`%s` has `%s: %s`: is `%3$s` meant?"
                                .formatted(entry, key(behind), behind.name()),
                            behind.name()))
                .orElse(found));
        return true;
      }
    }
    return false;
  }

  /** What an entry itself names of a section, if it is one thing. */
  private Optional<Reference> behind(String owner, Section section) {
    List<Reference> behind =
        binding.references().stream()
            .filter(one -> one.path().size() > 1 && owner(one).equals(owner))
            .filter(one -> one.section() == section)
            .toList();
    return behind.size() == 1 ? Optional.of(behind.get(0)) : Optional.empty();
  }

  private static Diagnostic withNames(
      Diagnostic diagnostic, Section section, Map<String, Span> names) {
    String key = section == Section.RECIPES ? "policies" : section.key();
    return names.isEmpty()
        ? diagnostic.note("the spec declares no `" + key + "`")
        : diagnostic.note("declared: " + Suggest.few(names.keySet()));
  }

  private static String article(Section section) {
    return switch (section) {
      case VALUES, EVALUATORS, FEEDBACK -> section.noun();
      default -> "a " + section.noun();
    };
  }

  private static String key(Reference reference) {
    return reference.path().get(reference.path().size() - 1);
  }

  private void cycles() {
    Map<String, List<Reference>> edges = new LinkedHashMap<>();
    for (Reference reference : binding.references()) {
      if (reference.path().size() > 1 && !reference.path().get(0).equals("compare")) {
        edges.computeIfAbsent(owner(reference), unseen -> new ArrayList<>()).add(reference);
      }
    }
    Set<String> finished = new HashSet<>();
    for (String start : edges.keySet()) {
      visit(start, edges, new ArrayDeque<>(), finished);
    }
  }

  private static String owner(Reference reference) {
    return reference.path().get(0) + "." + reference.path().get(1);
  }

  private void visit(
      String node,
      Map<String, List<Reference>> edges,
      Deque<Reference> open,
      Set<String> finished) {
    if (finished.contains(node)) {
      return;
    }
    for (Reference reference : edges.getOrDefault(node, List.of())) {
      String target = target(reference);
      open.addLast(reference);
      if (open.stream().anyMatch(one -> owner(one).equals(target))) {
        report(target, List.copyOf(open));
      } else {
        visit(target, edges, open, finished);
      }
      open.removeLast();
    }
    finished.add(node);
  }

  private String target(Reference reference) {
    String name = Sections.entryName(reference.section(), reference.name());
    String section =
        switch (reference.section()) {
          case POLICIES_OR_MODELS ->
              binding.names("policies").containsKey(name) ? "policies" : "models";
          case RECIPES ->
              binding.names("policies").containsKey(name)
                  ? "policies"
                  : rounds(binding).containsKey(name) ? "rounds" : "variants";
          default -> reference.section().key();
        };
    return section + "." + (section.equals("rounds") ? rounds(binding).get(name) : name);
  }

  /** The links from one that is needed by what it needs. */
  private void report(String target, List<Reference> open) {
    int first = 0;
    while (!owner(open.get(first)).equals(target)) {
      first++;
    }
    List<Reference> links = open.subList(first, open.size());
    List<String> path = new ArrayList<>(links.stream().map(NameCheck::owner).toList());
    if (path.stream().anyMatch(inCycle::contains)) {
      return; // most likely the same mistake once more
    }
    inCycle.addAll(path);
    path.add(target);
    Diagnostic cycle =
        Diagnostic.of(
            Code.PLB0203,
            links.get(links.size() - 1).span(),
            "`" + target + "` needs itself: `" + String.join("` → `", path) + "`");
    for (Reference link : links.subList(0, links.size() - 1)) {
      cycle = cycle.related(link.span(), "`" + owner(link) + "` needs this");
    }
    cycle = cycle.help("let one of them start from something that is there before");
    found.add(
        hasOneOf("feedback", path) && hasOneOf("policies", path)
            ? cycle.help("feedback on what the policy answers later comes with `rounds`")
            : cycle);
  }

  private static boolean hasOneOf(String section, List<String> path) {
    return path.stream().anyMatch(one -> one.startsWith(section + "."));
  }
}
