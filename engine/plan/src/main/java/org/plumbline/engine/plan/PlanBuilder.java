// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.AttackedSpec;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.EvaluateSpec;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.JudgedSpec;
import org.plumbline.dsl.model.MonitorsSpec;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.model.RedTeamSpec;
import org.plumbline.dsl.model.WatchSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shape;

/** One plan while it is drawn: first all keys, then the nodes that the recipes need, in order. */
final class PlanBuilder {
  private static final String QUEUE = "cpu";

  private record Place(NameScope scope, Section section, String name) {}

  private record Seeded(Place place, long seed) {}

  private record End(Recipe recipe, long seed, Draft policy, @Nullable Draft evaluation) {}

  private final Planner planner;
  private final Experiment experiment;
  private final NameScope base;
  private final Map<String, Recipe> recipes = new LinkedHashMap<>();
  private final Map<String, NameScope> scopes = new HashMap<>();
  private final Set<String> watched;
  private final Map<Place, Draft.Kind> kinds = new HashMap<>();
  private final Map<Seeded, Draft> drafts = new HashMap<>();
  private final Map<String, Draft> byKey = new HashMap<>();
  private final Set<Seeded> open = new HashSet<>();
  private final Set<String> ids = new HashSet<>();

  PlanBuilder(Planner planner, Experiment experiment, List<Recipe> variants) {
    this.planner = planner;
    this.experiment = experiment;
    this.base = new NameScope("", experiment);
    for (String policy : experiment.policies().keySet()) {
      recipes.put(policy, new Recipe(policy, policy, experiment, ""));
    }
    variants.forEach(recipe -> recipes.putIfAbsent(recipe.name(), recipe));
    CompareSpec compare = experiment.compare();
    this.watched =
        compare == null ? Set.of() : WatchSpec.policies(compare, name -> recipe(name).policy());
  }

  Plan plan(String specDigest) {
    List<End> ends = ends();
    Set<Draft> ordered = new LinkedHashSet<>();
    for (End end : ends) {
      collect(end.policy(), ordered);
      if (end.evaluation() != null) {
        collect(end.evaluation(), ordered);
      }
    }
    markRecipes(ends);
    ordered.forEach(this::name);
    return new Plan(
        experiment.name(),
        experiment.seeds(),
        specDigest,
        ordered.stream().map(draft -> draft.node(QUEUE)).toList(),
        ends.stream().map(PlanBuilder::end).toList());
  }

  private static Plan.End end(End end) {
    Draft evaluation = end.evaluation();
    return new Plan.End(
        end.recipe().name(),
        end.seed(),
        end.policy().id(),
        evaluation == null ? null : evaluation.id());
  }

  private List<End> ends() {
    CompareSpec compare = experiment.compare();
    List<End> ends = new ArrayList<>();
    for (String name : compare == null ? recipes.keySet() : compare.recipes()) {
      Recipe recipe = recipe(name);
      Draft.Kind evaluation = compare == null ? null : evaluation(recipe, compare);
      Draft.Kind judging = compare == null ? null : judging(recipe, compare);
      List<Draft.Kind> attacks = compare == null ? List.of() : attacks(recipe, compare);
      for (long seed : experiment.seeds()) {
        Draft policy = draft(scope(recipe).find(Section.POLICIES, recipe.policy()), seed);
        Map<String, List<Draft>> more = new TreeMap<>();
        if (judging != null) {
          more.put("verdicts", List.of(canonical(build(judging, seed))));
        }
        if (!attacks.isEmpty()) {
          more.put("attacks", attacks.stream().map(one -> canonical(build(one, seed))).toList());
        }
        Draft measured = evaluation == null ? null : canonical(build(evaluation, seed, more));
        ends.add(new End(recipe, seed, policy, measured));
      }
    }
    return ends;
  }

  private Recipe recipe(String name) {
    Recipe recipe = recipes.get(name);
    if (recipe == null) {
      throw new IllegalStateException("no recipe of this name was handed in: " + name);
    }
    return recipe;
  }

  private NameScope scope(Recipe recipe) {
    return recipe.variantOf().isEmpty()
        ? base
        : scopes.computeIfAbsent(recipe.name(), name -> new NameScope(name, recipe.experiment()));
  }

  /**
   * Everybody is measured with the yardsticks of the unvaried experiment, the reward model among
   * them, whatever a variant changes: scores of different reward models cannot be compared.
   */
  private Draft.Kind evaluation(Recipe recipe, CompareSpec compare) {
    Recipe against = recipe(compare.against());
    EvaluateSpec spec =
        EvaluateSpec.of(compare, recipe.policy(), against.policy(), reward(compare));
    return compared("evaluate.", recipe, against, spec);
  }

  /** Of the reference nobody is asked whether it is better than itself. */
  private Draft.@Nullable Kind judging(Recipe recipe, CompareSpec compare) {
    String judge = compare.judge();
    if (judge == null
        || !compare.measures(CompareSpec.Metric.WIN_RATE)
        || recipe.name().equals(compare.against())) {
      return null;
    }
    Recipe against = recipe(compare.against());
    JudgedSpec spec =
        new JudgedSpec(
            recipe.policy(),
            against.policy(),
            compare.prompts(),
            judge,
            compare.maxNewTokens(),
            compare.truncation());
    return compared("judge.", recipe, against, spec);
  }

  /** Each attack is a node, which depends neither on the others nor on what else is measured. */
  private List<Draft.Kind> attacks(Recipe recipe, CompareSpec compare) {
    RedTeamSpec search = compare.redTeam();
    String values = compare.values();
    if (search == null || values == null || !compare.measures(CompareSpec.Metric.RED_TEAM)) {
      return List.of();
    }
    List<Draft.Kind> attacks = new ArrayList<>();
    for (RedTeamSpec.Attack attack : search.attacks()) {
      AttackedSpec spec = AttackedSpec.of(compare, search, attack, values, recipe.policy());
      String prefix = "attack." + attack.name().toLowerCase(Locale.ROOT) + ".";
      attacks.add(compared(prefix, recipe, recipe, spec));
    }
    return attacks;
  }

  private Draft.Kind compared(String prefix, Recipe recipe, Recipe against, Object spec) {
    Walk walk =
        new Walk(
            spec,
            key ->
                switch (key) {
                  case "policy" -> scope(recipe);
                  case "reference" -> scope(against);
                  default -> base;
                });
    return kind(prefix + recipe.name(), "compare", recipe.name(), spec, walk);
  }

  /** The reward model that scores; if only one is declared, it need not be named. */
  private @Nullable String reward(CompareSpec compare) {
    Set<String> declared = experiment.rewards().keySet();
    boolean only = compare.reward() == null && declared.size() == 1;
    return only ? declared.iterator().next() : compare.reward();
  }

  private Draft draft(NameScope.Entry entry, long seed) {
    Place place = new Place(entry.scope(), entry.section(), entry.name());
    Draft.Kind kind = kinds.get(place);
    if (kind == null) {
      kind = kind(entry);
      kinds.put(place, kind);
    }
    Seeded seeded = new Seeded(place, Shape.of(entry.spec().getClass()).perSeed() ? seed : 0);
    Draft known = drafts.get(seeded);
    if (known == null) {
      if (!open.add(seeded)) {
        throw new IllegalStateException("the binder let a circle of names pass at " + entry.name());
      }
      known = unvaried(entry, build(kind, seeded.seed()), seed);
      open.remove(seeded);
      drafts.put(seeded, known);
    }
    return known;
  }

  /**
   * What a variant leaves as it is has the name that it has without the variant, and so has what is
   * the first round.
   */
  private Draft unvaried(NameScope.Entry entry, Draft draft, long seed) {
    if (entry.scope() != base) {
      String name = entry.name().replaceFirst("~.*", "");
      Draft plain = base.seek(entry.section(), name).map(same -> draft(same, seed)).orElse(null);
      if (plain != null && plain.key().equals(draft.key())) {
        return plain;
      }
    }
    return canonical(draft);
  }

  private Draft canonical(Draft draft) {
    Draft known = byKey.putIfAbsent(draft.key(), draft);
    return known == null ? draft : known;
  }

  private Draft build(Draft.Kind kind, long seed) {
    return build(kind, seed, Map.of());
  }

  /** With what else it reads, by role: what evaluators said, and what attacks came to. */
  private Draft build(Draft.Kind kind, long seed, Map<String, List<Draft>> more) {
    Map<String, List<Draft.Input>> inputs = new TreeMap<>();
    kind.walk()
        .references()
        .forEach(
            (role, entries) -> {
              List<Draft.Input> read = new ArrayList<>();
              entries.forEach(e -> read.add(new Draft.Input(draft(e, seed), e.part())));
              inputs.put(role, read);
            });
    more.forEach(
        (role, drafts) ->
            inputs.put(role, drafts.stream().map(draft -> new Draft.Input(draft, "")).toList()));
    return new Draft(kind, seed, inputs, planner.runtime(kind.operation()));
  }

  private Draft.Kind kind(NameScope.Entry entry) {
    String label = entry.name();
    if (entry.scope() != base) {
      Recipe variant = recipe(entry.scope().label());
      boolean last = entry.section() == Section.POLICIES && label.equals(variant.policy());
      // An entry of a round has the name of its round already.
      boolean own = variant.round() > 0 && label.contains("~");
      label = last ? variant.name() : own ? label : label + "~" + variant.name();
    }
    Walk walk = new Walk(entry.spec(), key -> entry.scope());
    watch(entry, walk);
    return kind(label, entry.section().key(), entry.name(), entry.spec(), walk);
  }

  /** Of what is watched while a policy is trained only what stops it counts for the key. */
  private void watch(NameScope.Entry entry, Walk walk) {
    CompareSpec compare = experiment.compare();
    MonitorsSpec monitors = compare == null ? null : compare.monitors();
    if (compare == null
        || monitors == null
        || !(entry.spec() instanceof PolicySpec policy)
        || !watched.contains(entry.name())
        || !WatchSpec.trained(policy)) {
      return;
    }
    WatchSpec watch = WatchSpec.of(compare, monitors, experiment.rewards(), reward(compare));
    WatchSpec stops = watch.stops();
    if (!stops.thresholds().watched().isEmpty()) {
      walk.add(new Walk(new WatchSpec.Named(stops), key -> base));
    }
    walk.carry(WatchSpec.NAME, WatchSpec.NAME, Canonical.keys(watch));
  }

  private Draft.Kind kind(String label, String section, String entry, Object spec, Walk walk) {
    Map<String, FileRef> files = new TreeMap<>();
    Map<String, String> digests = new TreeMap<>();
    walk.files()
        .forEach(
            (role, named) -> {
              FileRef file = planner.file(named.within(section + "." + entry));
              files.put(role, file);
              digests.put(role, file.digest());
            });
    String operation = Shape.of(spec.getClass()).operation();
    return new Draft.Kind(
        label,
        section,
        entry,
        operation,
        planner.version(operation),
        spec,
        walk,
        Draft.Kind.settings(spec),
        files,
        digests,
        CanonicalJson.write(walk.settings()));
  }

  private static void collect(Draft draft, Set<Draft> ordered) {
    if (!ordered.contains(draft)) {
      draft.reads().forEach(read -> collect(read, ordered));
      ordered.add(draft);
    }
  }

  /**
   * Nodes that only measuring needs are marked last: with the recipes that are measured by them.
   */
  private static void markRecipes(List<End> ends) {
    Set<Draft> trained = new HashSet<>();
    for (End end : ends) {
      Set<Draft> own = new HashSet<>();
      mark(end.policy(), end.recipe().name(), own, Set.of());
      trained.addAll(own);
    }
    for (End end : ends) {
      if (end.evaluation() != null) {
        mark(end.evaluation(), end.recipe().name(), new HashSet<>(), trained);
      }
    }
  }

  private static void mark(Draft draft, String recipe, Set<Draft> seen, Set<Draft> done) {
    if (!done.contains(draft) && seen.add(draft)) {
      draft.recipes().add(recipe);
      draft.reads().forEach(read -> mark(read, recipe, seen, done));
    }
  }

  private void name(Draft draft) {
    String label = draft.kind().label();
    String name = label;
    for (int i = 1; !ids.add(draft.id(name)); i++) {
      name = draft.kind().section() + "." + label + (i == 1 ? "" : "~" + i);
    }
    draft.call(name);
  }
}
