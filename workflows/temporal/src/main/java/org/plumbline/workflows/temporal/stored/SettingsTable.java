package org.plumbline.workflows.temporal.stored;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.VariantSpec;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.report.Settings;

/** Which settings differ between the recipes of a plan, upstream of their policies included. */
final class SettingsTable {

  private static final int EXAMPLES = 12;
  private static final String OWN = "policy ";

  private final Experiment experiment;
  private final Ancestry ancestry;
  private final Map<String, Map<String, String>> byRecipe = new LinkedHashMap<>();

  SettingsTable(Experiment experiment, Plan plan, Ancestry ancestry) {
    this.experiment = experiment;
    this.ancestry = ancestry;
    for (Plan.End end : plan.ends()) {
      byRecipe.computeIfAbsent(end.recipe(), recipe -> of(end));
    }
  }

  private Map<String, String> of(Plan.End end) {
    Map<String, String> settings = new LinkedHashMap<>();
    PlanNode own = ancestry.node(end.policy());
    settings.put(OWN + "method", own.operation());
    flatten(OWN, own.settings(), settings);
    for (PlanNode node : ancestry.upstream(end.policy())) {
      if (node != own) {
        flatten(node.section() + "." + node.entry() + ".", node.settings(), settings);
      }
      node.declared()
          .forEach(
              (section, entries) ->
                  entries.forEach((name, value) -> flatten(section + "." + name, value, settings)));
    }
    return settings;
  }

  private static void flatten(String path, @Nullable Object value, Map<String, String> into) {
    if (value instanceof Map<?, ?> map) {
      String prefix = path.endsWith(".") || path.endsWith(" ") ? path : path + ".";
      map.forEach((key, item) -> flatten(prefix + key, item, into));
    } else if (value instanceof List<?> list) {
      String text = list.stream().map(String::valueOf).collect(Collectors.joining(", "));
      into.putIfAbsent(path, text);
    } else {
      into.putIfAbsent(path, String.valueOf(value));
    }
  }

  Settings settings() {
    Set<String> paths = new LinkedHashSet<>();
    byRecipe.values().forEach(settings -> paths.addAll(settings.keySet()));
    List<Settings.Setting> differing = new ArrayList<>();
    List<Settings.Same> same = new ArrayList<>();
    for (String path : paths) {
      Set<@Nullable String> values = new LinkedHashSet<>();
      byRecipe.values().forEach(settings -> values.add(settings.get(path)));
      boolean absent = values.remove(null);
      if (values.size() > 1 || (absent && path.startsWith(OWN))) {
        differing.add(setting(path));
      } else if (!absent) {
        same.add(new Settings.Same(path, String.valueOf(values.iterator().next())));
      }
    }
    return new Settings(differing, same.size(), same.subList(0, Math.min(EXAMPLES, same.size())));
  }

  private Settings.Setting setting(String path) {
    List<Settings.Value> values = new ArrayList<>();
    byRecipe.forEach(
        (recipe, settings) -> {
          VariantSpec variant = experiment.variants().get(recipe);
          Map<String, String> parent = variant == null ? null : byRecipe.get(variant.of());
          boolean set = parent != null && !Objects.equals(parent.get(path), settings.get(path));
          values.add(new Settings.Value(recipe, settings.get(path), set));
        });
    return new Settings.Setting(path, values);
  }
}
