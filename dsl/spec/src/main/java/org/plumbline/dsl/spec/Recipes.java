// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.model.RoundsSpec;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.bind.Binder;
import org.plumbline.dsl.spec.bind.Binding;
import org.plumbline.dsl.spec.bind.Overrides;
import org.plumbline.dsl.spec.bind.Suggest;
import org.plumbline.dsl.spec.check.Checks;
import org.plumbline.dsl.spec.check.PolicyOrigin;
import org.plumbline.dsl.spec.tree.Node;

/**
 * Expands an experiment into recipes: every policy, and every variant and round in its own
 * experiment.
 */
final class Recipes {
  private static final Set<String> UPSTREAM =
      new LinkedHashSet<>(
          List.of(
              "models",
              "data",
              "values",
              "evaluators",
              "feedback",
              "rewards",
              "policies",
              "rounds"));

  private final Node root;
  private final Binding base;
  private final Set<Diagnostic> seen;
  private final Sweeps.Expanded sweeps;
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<String, Recipe> recipes = new LinkedHashMap<>();
  private final List<Binding> bindings = new ArrayList<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  /**
   * What a recipe is made of.
   *
   * @param tree the spec as it is for the recipe, before rounds are written out
   * @param binding of the tree
   * @param policy that the recipe ends in, before rounds are written out
   * @param rounds that the recipe is one of; null if it is none
   * @param round which of them
   */
  private record Source(
      Node tree, Binding binding, String policy, @Nullable String rounds, int round) {

    /** The recipe; empty if the tree has errors. */
    Optional<Recipe> recipe(String name, String variantOf) {
      Experiment experiment = binding.experiment();
      RoundsSpec spec =
          experiment == null || experiment.rounds() == null || rounds == null
              ? null
              : experiment.rounds().get(rounds);
      if (experiment == null || rounds == null) {
        return Optional.ofNullable(experiment)
            .map(whole -> new Recipe(name, policy, whole, variantOf));
      }
      return Optional.ofNullable(spec)
          .map(
              all ->
                  new Recipe(
                      name,
                      Rounds.entry(policy, rounds, round),
                      Rounds.write(rounds, all, policy, experiment),
                      variantOf,
                      all.recipes(rounds).contains(name) ? round : 0));
    }
  }

  private Recipes(
      Node root, Binding base, List<Diagnostic> baseDiagnostics, Sweeps.Expanded sweeps) {
    this.root = root;
    this.base = base;
    this.sweeps = sweeps;
    this.seen = new LinkedHashSet<>(baseDiagnostics);
    bindings.add(base);
    for (String policy : base.names("policies").keySet()) {
      sources.put(policy, new Source(root, base, policy, null, 0));
    }
  }

  /**
   * Expands a bound spec. Entries with errors are left out.
   *
   * @param sweeps the grids of variants that stand for one: one of them may well be the recipe
   *     itself
   */
  static Recipes of(Node root, Binding base, List<Diagnostic> found, Sweeps.Expanded sweeps) {
    Recipes recipes = new Recipes(root, base, found, sweeps);
    Experiment experiment = base.experiment();
    if (experiment == null) {
      return recipes;
    }
    for (String policy : experiment.policies().keySet()) {
      recipes.recipes.put(policy, new Recipe(policy, policy, experiment, ""));
    }
    recipes.expandVariants(experiment, root);
    return recipes;
  }

  /** Every policy, then every variant, then every round. */
  List<Recipe> recipes() {
    return List.copyOf(recipes.values());
  }

  /** The spec as it is bound in the base and in every variant. */
  List<Binding> bindings() {
    return List.copyOf(bindings);
  }

  /** What is wrong with variants. */
  List<Diagnostic> diagnostics() {
    return List.copyOf(diagnostics);
  }

  /** Each after the recipe that it varies; those in a cycle, which is reported, are left out. */
  private void expandVariants(Experiment experiment, Node root) {
    Map<String, RoundsSpec> rounds = experiment.rounds() == null ? Map.of() : experiment.rounds();
    Set<String> waiting = new LinkedHashSet<>(experiment.variants().keySet());
    Set<String> waitingRounds = new LinkedHashSet<>(rounds.keySet());
    boolean moved = true;
    while (moved) {
      moved = false;
      for (String name : List.copyOf(waiting)) {
        String of = Objects.requireNonNull(experiment.variants().get(name)).of();
        Source before = sources.get(of);
        if (before != null && !sources.containsKey(name)) {
          expand(name, of, before, paths(root, name));
          waiting.remove(name);
          moved = true;
        }
      }
      for (String name : List.copyOf(waitingRounds)) {
        RoundsSpec spec = Objects.requireNonNull(rounds.get(name));
        Source of = sources.get(spec.of());
        if (of != null && of.rounds() == null) {
          addRounds(name, spec, of);
          waitingRounds.remove(name);
          moved = true;
        }
      }
    }
    Map<String, Recipe> ordered = new LinkedHashMap<>();
    recipes.forEach((name, recipe) -> putIf(ordered, recipe.variantOf().isEmpty(), recipe));
    List<String> others = new ArrayList<>(experiment.variants().keySet());
    rounds.forEach((name, spec) -> others.addAll(spec.recipes(name)));
    for (String name : others) {
      Recipe recipe = recipes.get(name);
      if (recipe != null) {
        ordered.put(name, recipe);
      }
    }
    recipes.clear();
    recipes.putAll(ordered);
    if (base.diagnostics().stream().noneMatch(Diagnostic::isError)) {
      compareVariants(experiment);
    }
  }

  /** Each round is a recipe, which varies the one before. */
  private void addRounds(String name, RoundsSpec spec, Source of) {
    String before = spec.of();
    for (int round = 1; round <= spec.times(); round++) {
      String recipe = spec.recipes(name).get(round - 1);
      sources.put(recipe, new Source(of.tree(), of.binding(), of.policy(), name, round));
      addRecipe(recipe, before);
      before = recipe;
    }
  }

  /** Rounds are written out only of what has no errors. */
  private void addRecipe(String name, String of) {
    Source source = Objects.requireNonNull(sources.get(name));
    boolean right = seen.stream().noneMatch(Diagnostic::isError);
    if (recipes.containsKey(of) && (source.rounds() == null || right)) {
      source.recipe(name, of).ifPresent(recipe -> recipes.put(name, recipe));
    }
  }

  private static void putIf(Map<String, Recipe> map, boolean wanted, Recipe recipe) {
    if (wanted) {
      map.put(recipe.name(), recipe);
    }
  }

  private void expand(String name, String of, Source before, List<Node.Entry> paths) {
    Node changed = before.tree();
    List<Diagnostic> found = new ArrayList<>();
    for (Node.Entry path : paths) {
      if (isUpstream(path, found) && !overlaps(path, paths, found)) {
        changed = Overrides.apply(changed, path, found);
      }
    }
    diagnostics.addAll(found);
    Binding binding = Binder.experiment(changed, base);
    sources.put(
        name, new Source(changed, binding, before.policy(), before.rounds(), before.round()));
    bindings.add(binding);
    List<Diagnostic> all = new ArrayList<>(binding.diagnostics());
    all.addAll(Checks.of(binding));
    all.removeIf(diagnostic -> !diagnostic.isError());
    boolean clean = found.isEmpty() && seen.containsAll(all);
    boolean baseRight = base.diagnostics().stream().noneMatch(Diagnostic::isError);
    for (Diagnostic diagnostic : all) {
      // A change to what has no right shape goes wrong in its own way, which says nothing new.
      boolean follows = !baseRight && diagnostic.code().name().startsWith("PLB01");
      if (seen.add(diagnostic) && !follows) {
        diagnostics.add(inVariant(diagnostic, name, paths));
      }
    }
    if (clean) {
      addRecipe(name, of);
    }
  }

  /** Shows the variant as well, unless the problem stands in it. */
  private static Diagnostic inVariant(Diagnostic diagnostic, String name, List<Node.Entry> paths) {
    Span at = diagnostic.primary();
    for (Node.Entry path : paths) {
      Span from = path.keySpan();
      Span to = path.value().span();
      boolean inside =
          from.file().equals(at.file())
              && from.start().compareTo(at.start()) <= 0
              && at.start().compareTo(to.end()) < 0;
      if (inside) {
        return diagnostic;
      }
    }
    return paths.isEmpty()
        ? diagnostic.note("in variant `" + name + "`")
        : diagnostic.related(paths.get(0).keySpan(), "in variant `" + name + "`");
  }

  private static boolean isUpstream(Node.Entry path, List<Diagnostic> found) {
    String section =
        path.key().contains(".") ? path.key().substring(0, path.key().indexOf('.')) : "";
    boolean other = Overrides.fieldAt(path.key()).isPresent() && !UPSTREAM.contains(section);
    if (other) {
      found.add(
          Diagnostic.of(
                  Code.PLB0114, path.keySpan(), "a variant cannot change `" + path.key() + "`")
              .help("it can change settings in " + Suggest.list(UPSTREAM)));
    }
    return !other;
  }

  private static boolean overlaps(Node.Entry path, List<Node.Entry> paths, List<Diagnostic> found) {
    for (Node.Entry other : paths) {
      if (path.key().startsWith(other.key() + ".")) {
        found.add(
            Diagnostic.of(
                    Code.PLB0115,
                    path.keySpan(),
                    "`" + path.key() + "` lies inside `" + other.key() + "`, which is set as well")
                .related(other.keySpan(), "the whole of it is set here")
                .help("put this setting into that value"));
        return true;
      }
    }
    return false;
  }

  private static List<Node.Entry> paths(Node root, String variant) {
    Node with = child(child(child(root, "variants"), variant), "with");
    return with instanceof Node.Mapping mapping ? mapping.entries() : List.of();
  }

  private static @Nullable Node child(@Nullable Node node, String key) {
    return node instanceof Node.Mapping mapping
        ? mapping.entry(key).map(Node.Entry::value).orElse(null)
        : null;
  }

  private void compareVariants(Experiment experiment) {
    PolicyOrigin upstream = new PolicyOrigin();
    Map<Object, String> seen = new LinkedHashMap<>();
    Map<String, Map<Object, String>> contents = new LinkedHashMap<>();
    Map<String, Diagnostic> inVain = new LinkedHashMap<>();
    for (Recipe recipe : recipes.values()) {
      if (Objects.requireNonNull(sources.get(recipe.name())).rounds() != null) {
        continue; // the first round may well be the recipe as it stands
      }
      Object content = upstream.of(recipe.experiment(), recipe.policy());
      String same = seen.putIfAbsent(content, recipe.name());
      String grid = sweeps.grids().get(recipe.name());
      if (grid != null) {
        String twin =
            contents
                .computeIfAbsent(grid, unseen -> new LinkedHashMap<>())
                .putIfAbsent(content, recipe.name());
        boolean alone = sweeps.grids().values().stream().filter(grid::equals).count() == 1;
        if (twin != null || (same != null && alone)) {
          String other = twin == null ? Objects.requireNonNull(same) : twin;
          inVain.putIfAbsent(grid, sweepChangesNothing(experiment, recipe, grid, other));
        } else if (same != null
            && experiment.variants().containsKey(same)
            && !same.equals(recipe.variantOf())) {
          inVain.putIfAbsent(grid, sameAs(experiment, recipe, same));
        }
      } else if (same != null) {
        // Of many that one variant stands for, the first says it.
        String family = sweeps.families().getOrDefault(recipe.name(), recipe.name());
        inVain.putIfAbsent(family, sameAs(experiment, recipe, same));
      }
    }
    diagnostics.addAll(inVain.values());
  }

  /** Two points of a grid have other settings, so what they differ in is not used. */
  private Diagnostic sweepChangesNothing(
      Experiment experiment, Recipe recipe, String grid, String same) {
    List<Node.Entry> paths = paths(root, recipe.name());
    Map<String, Object> others = new LinkedHashMap<>();
    paths(root, same).forEach(path -> others.put(path.key(), path.value()));
    boolean twins = grid.equals(sweeps.grids().get(same));
    List<String> inVain =
        paths.stream()
            .filter(path -> !twins || !path.value().equals(others.get(path.key())))
            .map(Node.Entry::key)
            .toList();
    Span place =
        inVain.size() == 1
            ? paths.stream()
                .filter(path -> path.key().equals(inVain.get(0)))
                .map(Node.Entry::keySpan)
                .findFirst()
                .orElseThrow()
            : base.places().block(experiment.variants().get(recipe.name()));
    return Diagnostic.of(
            Code.PLB0312,
            place,
            "sweep `" + grid + "` changes nothing with " + Suggest.list(inVain))
        .note("`" + recipe.name() + "` is the same recipe as `" + same + "`")
        .help(
            isOfAnother(inVain, recipe.policy())
                ? "did you mean `of: " + inVain.get(0).split("\\.")[1] + "`?"
                : twins
                    ? "sweep over a setting upstream of `"
                        + recipe.policy()
                        + "`, or over values that differ there"
                    : "give a value that it does not have already");
  }

  /** Whether what is swept over is how another policy is made. */
  private static boolean isOfAnother(List<String> paths, String policy) {
    return paths.size() == 1
        && paths.get(0).startsWith("policies.")
        && !paths.get(0).startsWith("policies." + policy + ".");
  }

  private Diagnostic sameAs(Experiment experiment, Recipe recipe, String same) {
    String name = recipe.name();
    if (recipe.variantOf().isEmpty()) {
      return Diagnostic.of(
              Code.PLB0217,
              base.places().block(experiment.policies().get(name)),
              "`" + name + "` is the same recipe as `" + same + "`")
          .related(base.places().block(experiment.policies().get(same)), "the other");
    }
    Object variant = experiment.variants().get(name);
    boolean nothing = recipe.variantOf().equals(same) || recipe.policy().equals(same);
    if (nothing) {
      return Diagnostic.of(
              Code.PLB0312,
              base.places().block(variant),
              "variant `" + name + "` changes nothing upstream of `" + same + "`")
          .note(
              "what it sets has that value already, or `" + recipe.policy() + "` does not use it");
    }
    Object other = experiment.variants().get(same);
    return Diagnostic.of(
            Code.PLB0313,
            base.places().block(variant),
            "variant `" + name + "` is the same recipe as `" + same + "`")
        .related(
            base.places().block(other == null ? experiment.policies().get(same) : other),
            "the other");
  }
}
