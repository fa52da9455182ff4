// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.file.StoredType;
import org.plumbline.engine.lm.internal.Torch;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.tensor.Precision;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

/**
 * A decoder-only transformer with its tokenizer, and on demand a reward or value head.
 *
 * <p>Parameters live until {@link #close}; results live in the open {@link TensorScope}. Any number
 * of threads may compute with one model at a time as long as none changes it.
 */
public final class LanguageModel implements AutoCloseable {

  private final ModelConfig stored;
  private final ModelConfig config;
  private SourceFiles source;
  private final Architecture architecture;
  private final Parameters parameters;
  private final ForwardWeights weights;
  private final ForwardPass pass;
  private final SideBySide sideBySide;
  private @Nullable ChatTemplate chatTemplate;

  /** Takes over the tensors of the open scope: the trunk's and the heads'. */
  private LanguageModel(ModelConfig config, SourceFiles source, Map<String, Tensor> tensors) {
    this.stored = config;
    this.config = source.limited(config);
    this.source = source;
    this.architecture = Architecture.of(config.architecture());
    this.parameters =
        new Parameters(
            names(config), name -> LoraAdapter.isAdapter(name) || architecture.decays(name));
    for (ParameterSpec spec : architecture.parameters(config)) {
      parameters.add(spec.name(), taken(tensors, spec.name()));
    }
    for (ScalarHead head : ScalarHead.values()) {
      if (tensors.containsKey(head.weight())) {
        head.names().forEach(name -> parameters.add(name, taken(tensors, name)));
      }
    }
    this.weights = new ForwardWeights(config, parameters);
    this.pass = new ForwardPass(this.config, weights, source.paddingToken());
    this.sideBySide = new SideBySide(parameters);
  }

  /** Lists all parameters that there may be, in their order: trunk, heads, adapter. */
  private static List<String> names(ModelConfig config) {
    List<String> trunk =
        Architecture.of(config.architecture()).parameters(config).stream()
            .map(ParameterSpec::name)
            .toList();
    List<String> names = new ArrayList<>(trunk);
    for (ScalarHead head : ScalarHead.values()) {
      names.addAll(head.names());
    }
    trunk.forEach(name -> names.addAll(LoraAdapter.names(name)));
    return names;
  }

  private static Tensor taken(Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("no tensor " + name);
    }
    return tensor;
  }

  /**
   * Makes a model with initial parameters that depend on nothing but the configuration and seed.
   */
  public static LanguageModel create(ModelConfig config, Tokenizer tokenizer, long seed) {
    if (tokenizer.vocabularySize() > config.vocabularySize()) {
      throw ModelFormatException.tokenizer(
          tokenizer.vocabularySize() + " tokens for " + config.vocabularySize() + " embeddings");
    }
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (ParameterSpec spec : Architecture.of(config.architecture()).parameters(config)) {
        tensors.put(spec.name(), Tensor.of(spec.values(seed), spec.shape()));
      }
      return new LanguageModel(config, SourceFiles.of(tokenizer), tensors);
    }
  }

  /**
   * Reads a directory in Hugging Face's layout, or an adapter's in PEFT's with the model it was
   * made for.
   */
  public static LanguageModel load(Path directory) {
    LoraFiles adapter = new LoraFiles(directory);
    if (adapter.exist() && !Files.exists(directory.resolve(SourceFiles.CONFIG))) {
      LanguageModel model = load(adapter.base()).withAdapter(directory);
      model.source = model.source.withoutWeights(); // they are elsewhere, and nobody's to keep
      return model;
    }
    try (TensorScope scope = TensorScope.open()) {
      ModelDirectory files = ModelDirectory.read(directory);
      LanguageModel model = new LanguageModel(files.config(), files.source(), files.tensors());
      model.withPrecision(files.source().use().precision());
      return TrainedPart.isBeside(directory)
          ? model.withAdapter(directory.resolve(TrainedPart.ADAPTER))
          : model;
    }
  }

  /**
   * Writes {@code config.json}, {@code generation_config.json}, {@code model.safetensors}, {@code
   * tokenizer.json} and {@code tokenizer_config.json} into the directory, as transformers reads
   * them, with all 32 bits of every number.
   *
   * <p>An adapter is written beside the weights that it adapts, so that training goes on from here;
   * for others, write {@link #merged} or {@link #saveAdapter}.
   */
  public void save(Path directory) {
    ModelDirectory.write(directory, this, StoredType.FLOAT32, storedType());
    TrainedPart.saveAdapter(this, directory);
  }

  /**
   * Writes the model for others, with weights of the given type; an adapter is merged. What only
   * training needs is left out: the value head, and the file that says how the model is used here.
   *
   * @see #storedType
   */
  public void export(Path directory, StoredType type) {
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> kept = mergedTensors();
      ScalarHead.VALUE.names().forEach(kept::remove);
      try (LanguageModel bare = new LanguageModel(stored, source.withoutUse(), kept)) {
        ModelDirectory.write(directory, bare, type, type);
      }
    }
  }

  /**
   * Returns the type in which the weights came, by {@code config.json}; that they are saved in 32
   * bits meanwhile does not change it.
   */
  public StoredType storedType() {
    JsonNode config = source.json(Path.of(""), SourceFiles.CONFIG);
    String now = config.path("dtype").asText(config.path("torch_dtype").asText(""));
    String label = config.path(ModelDirectory.ORIGINAL_TYPE).asText(now);
    return StoredType.of(label).orElse(StoredType.FLOAT32);
  }

  /**
   * Writes the adapter alone, as PEFT reads it.
   *
   * @param base name or directory of the model that it was made for
   */
  public void saveAdapter(Path directory, String base) {
    LoraAdapter adapter = weights.adapter();
    if (adapter == null) {
      throw new IllegalStateException("the model has no adapter");
    }
    new LoraFiles(directory).write(adapter, this, base, List.of(ScalarHead.REWARD));
  }

  /**
   * Returns an independent model with equal parameters, which computes in the same way. What an
   * adapter keeps from being trained stands in memory once for both.
   */
  public LanguageModel copy() {
    return copy(parameters::frozen);
  }

  /**
   * A copy that shares the memory of some parameters, which nobody may change.
   *
   * @param shared says of which, by name
   */
  private LanguageModel copy(Predicate<String> shared) {
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> all = new LinkedHashMap<>(parameters.asMap());
      all.replaceAll(
          (name, tensor) ->
              shared.test(name) ? tensor.stopGradient() : new Tensor(tensor.torch().copy()));
      LanguageModel copy = new LanguageModel(stored, source.keptBy(parameters), all);
      LoraAdapter adapter = weights.adapter();
      if (adapter != null) {
        Map<String, Tensor> own = new LinkedHashMap<>(all);
        own.keySet().removeIf(name -> !LoraAdapter.isAdapter(name));
        copy.adapt(adapter.settings(), own);
      }
      copy.pass.checkpointing(pass.checkpointing());
      return copy.withPrecision(precision());
    }
  }

  /**
   * Returns an independent model to train: with the adapter that is to be trained in place of the
   * weights, if there is to be one and the model has none yet. The weights that the adapter leaves
   * as they are stand in memory once for both models, so that this one serves as a reference.
   *
   * @param seed of a new adapter's initial numbers
   */
  public LanguageModel toTrain(long seed) {
    LoraSettings wanted = source.use().adapter();
    return wanted == null || adapter() != null
        ? copy()
        : copy(name -> !ScalarHead.isHead(name)).withAdapter(wanted, seed);
  }

  /**
   * Shares with another model what this one's adapter keeps from being trained, where both have the
   * same numbers: they then stand in memory once, as they do after {@link #toTrain}. Neither may
   * change them; either may be closed before the other.
   *
   * @return this model
   */
  public LanguageModel sharing(LanguageModel other) {
    parameters.share(other.parameters);
    return this;
  }

  /** Returns an independent model without adapter that computes what this one does. */
  public LanguageModel merged() {
    try (TensorScope scope = TensorScope.open()) {
      LanguageModel merged = new LanguageModel(stored, source.withoutWeights(), mergedTensors());
      merged.pass.checkpointing(pass.checkpointing());
      return merged.withPrecision(precision());
    }
  }

  private Map<String, Tensor> mergedTensors() {
    Map<String, Tensor> all = new LinkedHashMap<>(parameters.asMap());
    LoraAdapter adapter = weights.adapter();
    all.replaceAll(
        (name, tensor) ->
            adapter != null && adapter.adapts(name)
                ? new Tensor(adapter.merged(name))
                : new Tensor(tensor.torch().copy()));
    return all;
  }

  /**
   * Adds a head, unless the model has it already.
   *
   * @param deviation standard deviation of its initial weights; 0 for a head that says 0 at first
   * @return this model
   */
  public LanguageModel withHead(ScalarHead head, double deviation, long seed) {
    return has(head) ? this : withNewHead(head, 1, deviation, seed);
  }

  /**
   * Adds a reward head of several outputs, in place of one of another number of them.
   *
   * @param deviation standard deviation of its initial weights
   * @return this model
   */
  public LanguageModel withRewards(int outputs, double deviation, long seed) {
    if (has(ScalarHead.REWARD)) {
      if (rewardOutputs() == outputs) {
        return this;
      }
      parameters.remove(ScalarHead.REWARD.weight());
    }
    return withNewHead(ScalarHead.REWARD, outputs, deviation, seed);
  }

  private LanguageModel withNewHead(ScalarHead head, int outputs, double deviation, long seed) {
    try (TensorScope scope = TensorScope.open()) {
      for (ParameterSpec spec : head.parameters(config, deviation, outputs)) {
        parameters.add(spec.name(), Tensor.of(spec.values(seed), spec.shape()));
      }
    }
    return this;
  }

  /** Returns how many numbers the reward head gives; 0 without one. */
  public int rewardOutputs() {
    return has(ScalarHead.REWARD) ? (int) parameters.get(ScalarHead.REWARD.weight()).size(0) : 0;
  }

  public boolean has(ScalarHead head) {
    return parameters.contains(head.weight());
  }

  /** Returns the shape; its context is the one to keep to, which may be shorter than the stored. */
  public ModelConfig config() {
    return config;
  }

  /** Returns the shape as {@code config.json} has it. */
  ModelConfig stored() {
    return stored;
  }

  /** Returns the tokenizer; a model read from a directory without one has token ids only. */
  public Tokenizer tokenizer() {
    Tokenizer tokenizer = source.tokenizer();
    if (tokenizer == null) {
      throw ModelFormatException.tokenizer("the model came without one");
    }
    return tokenizer;
  }

  public boolean hasTokenizer() {
    return source.tokenizer() != null;
  }

  /**
   * Returns what turns a conversation into a prompt, if the model came with it.
   *
   * @throws ModelFormatException if the template cannot be read
   */
  public Optional<ChatTemplate> chatTemplate() {
    synchronized (parameters) {
      if (chatTemplate == null) {
        chatTemplate = ChatTemplate.of(source);
      }
      return Optional.ofNullable(chatTemplate);
    }
  }

  /** Returns what every prompt is to begin with; empty if prompts are taken as they are. */
  public String mark() {
    return source.use().mark();
  }

  /**
   * Has every prompt begin with a mark from now on, also after the model was saved.
   *
   * @return this model
   */
  public LanguageModel withMark(String mark) {
    source = source.withUse(source.use().withMark(mark));
    return this;
  }

  SourceFiles source() {
    return source;
  }

  public Parameters parameters() {
    return parameters;
  }

  // ---- how the model computes and what of it is trained ----

  /**
   * Adds an adapter: from now on only it and the heads are trained. At first it changes nothing.
   *
   * @return this model
   * @throws IllegalArgumentException if a target names no linear map; the message lists those there
   *     are
   */
  public LanguageModel withAdapter(LoraSettings settings, long seed) {
    List<String> modules = LoraAdapter.modules(settings, config);
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> initial = new LinkedHashMap<>();
      for (ParameterSpec spec : LoraAdapter.parameters(settings, modules, config)) {
        initial.put(spec.name(), Tensor.of(spec.values(seed), spec.shape()));
      }
      adapt(settings, initial);
    }
    return this;
  }

  /**
   * Adds the adapter of a directory in PEFT's layout.
   *
   * @return this model
   */
  public LanguageModel withAdapter(Path directory) {
    try (TensorScope scope = TensorScope.open()) {
      LoraFiles.Content content = new LoraFiles(directory).read(config);
      Map<String, Tensor> matrices = new LinkedHashMap<>(content.tensors());
      matrices.keySet().removeIf(name -> !LoraAdapter.isAdapter(name));
      adapt(content.settings(), matrices);
      for (ScalarHead head : ScalarHead.values()) {
        if (content.tensors().containsKey(head.weight())) {
          Tensor weight = taken(content.tensors(), head.weight());
          if (head == ScalarHead.REWARD) {
            withRewards(head.outputs(weight.shape()), 0, 0);
          } else {
            withHead(head, 0, 0);
          }
          head.names()
              .forEach(
                  name ->
                      parameters.get(name).torch().assign(taken(content.tensors(), name).torch()));
        }
      }
    }
    return this;
  }

  private void adapt(LoraSettings settings, Map<String, Tensor> initial) {
    if (weights.adapter() != null) {
      throw new IllegalStateException("the model has an adapter already; merge it first");
    }
    source = source.keptBy(parameters);
    parameters.freezeTrunk();
    initial.forEach(parameters::add);
    List<String> modules =
        parameters.names().stream()
            .filter(LoraAdapter::isAdapter)
            .map(LoraAdapter::module)
            .distinct()
            .toList();
    weights.use(new LoraAdapter(settings, modules, architecture, parameters));
  }

  /** Returns the settings of the model's adapter, or null. */
  public @Nullable LoraSettings adapter() {
    LoraAdapter adapter = weights.adapter();
    return adapter == null ? null : adapter.settings();
  }

  @Nullable LoraAdapter matrices() {
    return weights.adapter();
  }

  /** Sets the number type that layers compute in; 32 bits at first. */
  public LanguageModel withPrecision(Precision precision) {
    weights.use(precision);
    return this;
  }

  public Precision precision() {
    return weights.precision();
  }

  /**
   * Keeps only what goes into each layer for the backward pass, which goes through the layers once
   * more: less memory for about a third more time. Gradients are equal but for rounding. On the
   * CPU, freed memory then goes back to the system at once, in the whole process.
   */
  public LanguageModel withActivationCheckpointing() {
    Torch.saveMemory();
    pass.checkpointing(true);
    return this;
  }

  /** Returns what divides work with this model into parts for several cores. */
  public SideBySide sideBySide() {
    return sideBySide;
  }

  // ---- what the model says about given sequences ----

  /** Returns the logits after every token, [batch, time, vocabulary]; zero after a row's end. */
  public Tensor logits(Batch batch) {
    return new Tensor(pass.logits(batch).toTensor());
  }

  /** Returns the log-probability of each completion token, [batch, time-1], zero elsewhere. */
  public Tensor tokenLogProbs(Batch batch) {
    return sideBySide.pass(batch, part -> pass.predict("log_probs", part));
  }

  /** Returns the same with the logits divided by a temperature. */
  public Tensor tokenLogProbs(Batch batch, double temperature) {
    return temperature == 1
        ? tokenLogProbs(batch)
        : sideBySide.pass(
            batch, part -> pass.predict("tempered_log_probs", part).real(temperature));
  }

  /** Returns the mean negative log-probability of all completion tokens of the batch. */
  public Tensor meanLoss(Batch batch) {
    return new Tensor(pass.predict("mean_loss", batch).toTensor());
  }

  /** Returns log-probability, entropy and value of each completion token, in one pass. */
  public TokenScores tokenScores(Batch batch) {
    return tokenScores(batch, 1);
  }

  /** Returns the same with the logits divided by a temperature. */
  public TokenScores tokenScores(Batch batch, double temperature) {
    List<Tensor> all =
        sideBySide.passes(
            batch,
            part ->
                pass.predict("token_scores", part)
                    .tensors(valueHead())
                    .real(temperature)
                    .toTensors());
    return new TokenScores(all.get(0), all.get(1), all.get(2));
  }

  /** Returns the value head's estimate before each completion token, [batch, time-1]. */
  public Tensor values(Batch batch) {
    require(ScalarHead.VALUE);
    return sideBySide.pass(batch, part -> pass.onPredictions("values", part).tensors(valueHead()));
  }

  /**
   * Returns the reward head's score at each sequence's last token, [batch]; with several outputs
   * [batch, outputs].
   *
   * <p>Padding tokens at the end do not count, even where they are also the end token: this is how
   * transformers' sequence classifiers find the token.
   */
  public Tensor score(Batch batch) {
    require(ScalarHead.REWARD);
    return sideBySide.pass(batch, part -> pass.onLastTokens("score", part).tensor(rewardHead()));
  }

  /**
   * Returns the reward head's numbers at tokens of the sequences, [tokens], or [tokens, outputs] of
   * a head that has several.
   *
   * @param places of the tokens, each the row times the batch's width plus the place in the row
   */
  public Tensor scores(Batch batch, int[] places) {
    require(ScalarHead.REWARD);
    return new Tensor(pass.onTokens("score", batch, places).tensor(rewardHead()).toTensor());
  }

  /**
   * Returns the last hidden state at each sequence's last token, where the reward head reads,
   * [batch, width].
   */
  public Tensor lastStates(Batch batch) {
    int width = config.width();
    float[] diagonal = new float[width * width];
    for (int i = 0; i < width; i++) {
      diagonal[i * width + i] = 1;
    }
    // a head whose outputs are the state itself
    TorchTensor identity = Tensor.of(diagonal, width, width).torch();
    return new Tensor(pass.onLastTokens("score", batch).tensor(identity).toTensor());
  }

  /**
   * Returns how the mean log-probability of a completion's tokens changes with the tokens before
   * it: its derivatives by their one-hot vectors, [to-from][vocabulary]. The parameters keep the
   * gradients that they have.
   *
   * @param from the first of these tokens
   * @param to the first token after them
   */
  public float[][] tokenGradients(Sequence row, int from, int to) {
    if (from < 0 || from >= to || to > row.promptLength() || to >= row.length()) {
      throw new IllegalArgumentException("tokens " + from + " to " + to + " of " + row);
    }
    return pass.tokenGradients(row, from, to);
  }

  private List<TorchTensor> valueHead() {
    return has(ScalarHead.VALUE)
        ? ScalarHead.VALUE.names().stream().map(name -> parameters.get(name).torch()).toList()
        : List.of();
  }

  private TorchTensor rewardHead() {
    return parameters.get(ScalarHead.REWARD.weight()).torch();
  }

  private void require(ScalarHead head) {
    if (!has(head)) {
      throw new IllegalStateException("the model has no " + head + " head");
    }
  }

  // ---- for the sampler ----

  public Architecture architecture() {
    return architecture;
  }

  public Architecture.Weights weights() {
    return weights.now();
  }

  public TorchTensor outputEmbedding() {
    return pass.outputEmbedding();
  }

  /** Frees the parameters. */
  @Override
  public void close() {
    weights.close();
    parameters.free();
  }
}
