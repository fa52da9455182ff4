// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.engine.lm.LoraSettings;
import org.plumbline.engine.lm.ModelSummary;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.optimiser.TrainingMemory;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;

/**
 * How much memory each training of a plan is likely to take at its peak.
 *
 * <p>Rows are taken to be as long as the model's context, but no longer than {@link #LONGEST_ROW}.
 * Models that are only asked count with their parameters; of an adapter's model, what stays as it
 * is counts once for all that share it: what learns, what it starts from, a value model of its own.
 */
public final class MemoryNeeds {

  /** Few data sets have longer rows, though models could read them. */
  static final int LONGEST_ROW = 1024;

  private static final String FROM = "from";

  /** Methods that learn one answer of a label. */
  private static final Set<String> ONE_ANSWER = Set.of("supervised", "language_feedback");

  private static final double GIGA = 1e9;

  /** How many trainings are named, of what may be a sweep of hundreds. */
  private static final int NAMED = 6;

  private final Plan plan;
  private final int threads;
  private final Map<String, PlanNode> nodes;
  private final Map<String, Optional<ModelConfig>> configs = new LinkedHashMap<>();

  /**
   * The needs of a plan.
   *
   * @param threads how many parts of a step may be computed side by side
   */
  public MemoryNeeds(Plan plan, int threads) {
    this.plan = plan;
    this.threads = threads;
    this.nodes = plan.byId();
  }

  /** Bytes at the peak of a node's training; nothing if it trains nothing, or what is not known. */
  public Optional<Long> of(PlanNode node) {
    if (node.steps() == 0 || !(node.settings().get("batch_size") instanceof Long batch)) {
      return Optional.empty();
    }
    try {
      return config(node).map(config -> bytes(node, config, batch));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // who adapts the model says which name it has not
    }
  }

  private long bytes(PlanNode node, ModelConfig config, long batch) {
    long rows = batch;
    if (node.settings().get("training") instanceof Map<?, ?> training
        && training.get("micro_batch") instanceof Long part) {
      rows = Math.min(batch, part);
    }
    if (node.inputs().containsKey("feedback") && !ONE_ANSWER.contains(node.operation())) {
      rows = 2 * rows; // both answers of a pair
    }
    if (node.settings().get("minibatches") instanceof Long parts) {
      rows = (batch + parts - 1) / parts;
    }
    int length = Math.min(config.contextLength(), LONGEST_ROW);
    TrainingMemory.Load load =
        TrainingMemory.Load.of((int) Math.min(rows, Integer.MAX_VALUE), length).on(threads);
    LoraSettings adapter = adapter(node);
    TrainingMemory peak =
        adapter == null
            ? TrainingMemory.of(config, load)
            : TrainingMemory.of(config, adapter, load);
    long weights = peak.weights();
    if (adapter != null) {
      weights = adapter.parameters(config) * Float.BYTES; // the frozen ones are there already
    }
    // of two models that learn in turn, only one keeps activations at a time
    boolean values = "separate".equals(node.settings().get("value_model"));
    long second = values ? weights + peak.training() : 0;
    return peak.bytes() + second + asked(node, adapter != null) * Float.BYTES;
  }

  /** The adapter that is trained instead of all parameters; null if there is none. */
  private @Nullable LoraSettings adapter(PlanNode node) {
    PlanNode start = node;
    while (start != null && !(start.settings().get("lora") instanceof Map)) {
      List<PlanNode.Input> from = start.inputs().getOrDefault(FROM, List.of());
      start = from.isEmpty() ? null : nodes.get(from.get(0).node());
    }
    if (start == null
        || !(start.settings().get("lora") instanceof Map<?, ?> lora)
        || !(lora.get("rank") instanceof Long rank)) {
      return null;
    }
    List<String> targets =
        lora.get("targets") instanceof List<?> named
            ? named.stream().map(String::valueOf).toList()
            : List.of();
    return LoraSettings.of(rank.intValue(), rank).withTargets(targets);
  }

  /**
   * Parameters of the models that stand beside the one in training.
   *
   * @param adapted whether the model that training starts from shares its weights with it
   */
  private long asked(PlanNode node, boolean adapted) {
    long parameters = 0;
    Set<String> seen = new HashSet<>();
    for (Map.Entry<String, List<PlanNode.Input>> inputs : node.inputs().entrySet()) {
      for (PlanNode.Input input : inputs.getValue()) {
        if (adapted && inputs.getKey().equals(FROM)) {
          continue;
        }
        PlanNode model = nodes.get(input.node());
        if (model == null || !seen.add(input.node()) || !isModel(model)) {
          continue;
        }
        long members = model.settings().get("ensemble") instanceof Long count ? count : 1;
        parameters += members * config(model).map(TrainingMemory::parameters).orElse(0L);
      }
    }
    return parameters;
  }

  private static boolean isModel(PlanNode node) {
    return Set.of("models", "policies", "rewards").contains(node.section());
  }

  /** The configuration of the model that a node makes. */
  private Optional<ModelConfig> config(PlanNode node) {
    Optional<ModelConfig> known = configs.get(node.id());
    if (known == null) {
      known = found(node);
      configs.put(node.id(), known);
    }
    return known;
  }

  private Optional<ModelConfig> found(PlanNode node) {
    Map<String, Object> settings = node.settings();
    if (settings.get("preset") instanceof String preset
        && settings.get("vocabulary") instanceof Long vocabulary) {
      ModelConfig config =
          ModelConfig.preset(preset.toLowerCase(Locale.ROOT), vocabulary.intValue(), 0);
      return Optional.of(withContext(config, settings));
    }
    if (settings.get("directory") instanceof String && node.section().equals("models")) {
      return directory(node).map(config -> withContext(config, settings));
    }
    List<PlanNode.Input> from = node.inputs().getOrDefault(FROM, List.of());
    PlanNode start = from.isEmpty() ? null : nodes.get(from.get(0).node());
    return start == null ? Optional.empty() : config(start);
  }

  private static Optional<ModelConfig> directory(PlanNode node) {
    for (var file : node.files().values()) {
      Path path = Path.of(file.path());
      Path folder = Files.isDirectory(path) ? path : path.getParent();
      if (folder != null && Files.exists(folder.resolve("config.json"))) {
        try {
          return Optional.of(ModelSummary.of(folder).config());
        } catch (ModelFormatException e) {
          return Optional.empty(); // who reads the model says what is wrong with it
        }
      }
    }
    return Optional.empty();
  }

  private static ModelConfig withContext(ModelConfig config, Map<String, Object> settings) {
    return settings.get("context") instanceof Long context
        ? config.withContextLength(context.intValue())
        : config;
  }

  /** What `plan` and `run` say: the names that need most; empty if nothing is trained. */
  public String line() {
    Map<String, Long> byName = new TreeMap<>();
    for (PlanNode node : plan.nodes()) {
      of(node).ifPresent(bytes -> byName.merge(node.name(), bytes, Math::max));
    }
    List<Map.Entry<String, Long>> sorted = new ArrayList<>(byName.entrySet());
    sorted.sort(Map.Entry.<String, Long>comparingByValue().reversed());
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, Long> need : sorted.subList(0, Math.min(NAMED, sorted.size()))) {
      parts.add(need.getKey() + " " + gigabytes(need.getValue()));
    }
    int others = sorted.size() - parts.size();
    String less = others == 0 ? "" : ", " + others + " more not above that";
    return parts.isEmpty()
        ? ""
        : "Memory at the peak, estimated: " + String.join(", ", parts) + less + ".";
  }

  /** Warnings about trainings that a machine with so much memory probably cannot do. */
  public List<Diagnostic> warnings(SpecResult spec, long memory) {
    List<Diagnostic> warnings = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (PlanNode node : plan.nodes()) {
      Optional<Long> need = of(node);
      if (need.isPresent() && need.get() > memory && named.add(node.name())) {
        String path = node.section() + "." + node.entry() + "." + node.operation() + ".batch_size";
        warnings.add(
            Diagnostic.of(
                    Code.PLB0903,
                    spec.spanOf(path),
                    "`%s` needs about %s at its peak, but this machine has %s"
                        .formatted(node.name(), gigabytes(need.get()), gigabytes(memory)))
                .help("lower `batch_size`, or the `context` of its model"));
      }
    }
    return warnings;
  }

  static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / GIGA);
  }
}
