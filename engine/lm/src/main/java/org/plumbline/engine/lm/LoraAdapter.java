// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.internal.TorchTensor;

/**
 * The matrices of a model's adapter: A [rank, in] and B [out, rank] of each linear map it changes.
 *
 * <p>They are parameters of the model, named after the map as PEFT names them; the rest of the
 * trunk is frozen.
 */
final class LoraAdapter {

  private static final String WEIGHT = ".weight";
  private static final String DOWN = ".lora_A.weight";
  private static final String UP = ".lora_B.weight";

  private final LoraSettings settings;
  private final List<String> modules;
  private final Parameters parameters;
  private final boolean inputFirst;

  /**
   * Describes the adapter of a model's parameters.
   *
   * @param modules full names of the linear maps, without {@code .weight}
   */
  LoraAdapter(
      LoraSettings settings, List<String> modules, Architecture architecture, Parameters of) {
    this.settings = settings;
    this.modules = List.copyOf(modules);
    this.parameters = of;
    this.inputFirst = architecture.storesInputFirst();
  }

  /** Returns the maps that the settings name, in the model's order. */
  static List<String> modules(LoraSettings settings, ModelConfig config) {
    Architecture architecture = Architecture.of(config.architecture());
    List<String> targets =
        settings.targets().isEmpty() ? architecture.adapted() : settings.targets();
    List<String> all = linearMaps(config);
    if (targets.equals(List.of(LoraSettings.ALL_LINEAR))) {
      return all;
    }
    List<String> chosen = new ArrayList<>();
    TreeSet<String> unused = new TreeSet<>(targets);
    for (String module : all) {
      for (String target : targets) {
        if (module.equals(target) || module.endsWith("." + target)) {
          chosen.add(module);
          unused.remove(target);
          break;
        }
      }
    }
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          "no linear map is named "
              + String.join(", ", unused)
              + "; there are "
              + String.join(", ", shortNames(all)));
    }
    return chosen;
  }

  /** Returns the linear maps within the layers of a model. */
  private static List<String> linearMaps(ModelConfig config) {
    Architecture architecture = Architecture.of(config.architecture());
    return architecture.parameters(config).stream()
        .filter(spec -> spec.shape().length == 2 && architecture.decays(spec.name()))
        .map(spec -> spec.name().substring(0, spec.name().length() - WEIGHT.length()))
        .toList();
  }

  /** Returns the different last parts of names, sorted. */
  static List<String> shortNames(Collection<String> modules) {
    TreeSet<String> names = new TreeSet<>();
    modules.forEach(module -> names.add(module.substring(module.lastIndexOf('.') + 1)));
    return List.copyOf(names);
  }

  /** Lists the matrices for a model: A uniform as in PEFT (Kaiming with a = sqrt 5), B zero. */
  static List<ParameterSpec> parameters(
      LoraSettings settings, List<String> modules, ModelConfig config) {
    Architecture architecture = Architecture.of(config.architecture());
    List<ParameterSpec> specs = new ArrayList<>();
    for (ParameterSpec spec : architecture.parameters(config)) {
      String module = spec.name().replaceFirst("\\.weight$", "");
      if (modules.contains(module)) {
        long[] shape = spec.shape();
        long in = architecture.storesInputFirst() ? shape[0] : shape[1];
        long out = architecture.storesInputFirst() ? shape[1] : shape[0];
        double bound = 1 / StrictMath.sqrt((double) in);
        specs.add(ParameterSpec.uniform(module + DOWN, bound, settings.rank(), in));
        specs.add(ParameterSpec.zeros(module + UP, out, settings.rank()));
      }
    }
    return specs;
  }

  /** Returns the names of the matrices that adapt a weight, in order. */
  static List<String> names(String weight) {
    return weight.endsWith(WEIGHT)
        ? List.of(moduleOf(weight) + DOWN, moduleOf(weight) + UP)
        : List.of();
  }

  static boolean isAdapter(String parameter) {
    return parameter.endsWith(DOWN) || parameter.endsWith(UP);
  }

  /** Returns the linear map that a matrix of an adapter belongs to. */
  static String module(String parameter) {
    return parameter.substring(0, parameter.lastIndexOf(".lora_"));
  }

  /** Returns names that stand for the changed maps and no others, as PEFT matches them. */
  List<String> targets() {
    List<String> targets = settings.targets();
    boolean named = !targets.isEmpty() && !targets.contains(LoraSettings.ALL_LINEAR);
    return named ? targets : shortNames(modules);
  }

  boolean storesInputFirst() {
    return inputFirst;
  }

  LoraSettings settings() {
    return settings;
  }

  List<String> modules() {
    return modules;
  }

  /** Returns A, [rank, in]. */
  TorchTensor down(String module) {
    return parameters.get(module + DOWN).torch();
  }

  /** Returns scale B, [out, rank]. */
  TorchTensor scaledUp(String module) {
    return parameters.get(module + UP).torch().mul(settings.scale());
  }

  /** Returns whether a parameter is the weight of a map that is changed. */
  boolean adapts(String parameter) {
    return parameter.endsWith(WEIGHT) && modules.contains(moduleOf(parameter));
  }

  private static String moduleOf(String weight) {
    return weight.substring(0, weight.length() - WEIGHT.length());
  }

  /** Returns W + scale B A in the layout of W. */
  TorchTensor merged(String weight) {
    TorchTensor change = scaledUp(moduleOf(weight)).matMul(down(moduleOf(weight)));
    return parameters.get(weight).torch().add(inputFirst ? change.transposed() : change);
  }
}
