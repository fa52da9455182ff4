package org.plumbline.engine.lm;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.internal.Script;
import org.plumbline.engine.lm.internal.TorchTensor;

/**
 * A decoder-only transformer with its tokenizer, and on demand a reward or value head.
 *
 * <p>Parameters live until {@link #close}; results live in the open {@link Scope}. Any number of
 * threads may compute with one model at a time as long as none changes it.
 */
public final class LanguageModel implements AutoCloseable {

  private static final class Loaded {
    static final Script HEADS = Script.load(LanguageModel.class, "heads.torchscript", "Heads");
  }

  private final ModelConfig config;
  private final SourceFiles source;
  private final Architecture architecture;
  private final Parameters parameters;
  private final Architecture.Weights weights;

  /** Takes over the tensors of the open scope: first the trunk's, in order, then the heads'. */
  private LanguageModel(ModelConfig config, SourceFiles source, Map<String, Tensor> tensors) {
    this.config = config;
    this.source = source;
    this.architecture = Architecture.of(config.architecture());
    this.parameters = new Parameters(architecture::decays);
    for (ParameterSpec spec : architecture.parameters(config)) {
      parameters.add(spec.name(), taken(tensors, spec.name()));
    }
    for (ScalarHead head : ScalarHead.values()) {
      if (tensors.containsKey(head.weight())) {
        head.names().forEach(name -> parameters.add(name, taken(tensors, name)));
      }
    }
    this.weights = architecture.weights(config, parameters);
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
    try (Scope scope = Scope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (ParameterSpec spec : Architecture.of(config.architecture()).parameters(config)) {
        tensors.put(spec.name(), Tensor.of(spec.values(seed), spec.shape()));
      }
      return new LanguageModel(config, SourceFiles.of(tokenizer), tensors);
    }
  }

  /** Reads a directory in Hugging Face's layout. */
  public static LanguageModel load(Path directory) {
    try (Scope scope = Scope.open()) {
      ModelDirectory files = ModelDirectory.read(directory);
      return new LanguageModel(files.config(), files.source(), files.tensors());
    }
  }

  /**
   * Writes {@code config.json}, {@code generation_config.json}, {@code model.safetensors}, {@code
   * tokenizer.json} and {@code tokenizer_config.json} into the directory, as transformers reads
   * them.
   */
  public void save(Path directory) {
    ModelDirectory.write(directory, this);
  }

  /** Returns an independent model with equal parameters. */
  public LanguageModel copy() {
    try (Scope scope = Scope.open()) {
      return new LanguageModel(config, source, parameters.asMap());
    }
  }

  /**
   * Adds a head, unless the model has it already.
   *
   * @param deviation standard deviation of its initial weights; 0 for a head that says 0 at first
   * @return this model
   */
  public LanguageModel withHead(ScalarHead head, double deviation, long seed) {
    if (!has(head)) {
      try (Scope scope = Scope.open()) {
        for (ParameterSpec spec : head.parameters(config, deviation)) {
          parameters.add(spec.name(), Tensor.of(spec.values(seed), spec.shape()));
        }
      }
    }
    return this;
  }

  public boolean has(ScalarHead head) {
    return parameters.contains(head.weight());
  }

  public ModelConfig config() {
    return config;
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

  SourceFiles source() {
    return source;
  }

  public Parameters parameters() {
    return parameters;
  }

  // ---- what the model says about given sequences ----

  /** Returns the logits after every token, [batch, time, vocabulary]. */
  public Tensor logits(Batch batch) {
    TorchTensor hidden = hidden(batch, batch.width());
    return new Tensor(
        Loaded.HEADS.call("logits").tensor(hidden).tensor(outputEmbedding()).toTensor());
  }

  /** Returns the log-probability of each completion token, [batch, time-1], zero elsewhere. */
  public Tensor tokenLogProbs(Batch batch) {
    return new Tensor(predict("log_probs", batch).toTensor());
  }

  /** Returns the mean negative log-probability of all completion tokens of the batch. */
  public Tensor meanLoss(Batch batch) {
    return new Tensor(predict("mean_loss", batch).toTensor());
  }

  /** Returns log-probability, entropy and value of each completion token, in one pass. */
  public TokenScores tokenScores(Batch batch) {
    TorchTensor[] results = predict("token_scores", batch).tensors(valueHead()).toTensors();
    return new TokenScores(new Tensor(results[0]), new Tensor(results[1]), new Tensor(results[2]));
  }

  /** Returns the value head's estimate before each completion token, [batch, time-1]. */
  public Tensor values(Batch batch) {
    require(ScalarHead.VALUE);
    return new Tensor(onPredictions("values", batch).tensors(valueHead()).toTensor());
  }

  /** Returns the reward head's score at each sequence's last token, [batch]. */
  public Tensor score(Batch batch) {
    require(ScalarHead.REWARD);
    long[] last = new long[batch.size()];
    for (int row = 0; row < last.length; row++) {
      last[row] = (long) row * batch.width() + batch.rows().get(row).length() - 1;
    }
    TorchTensor hidden = hidden(batch, batch.width());
    return new Tensor(
        Loaded.HEADS
            .call("score")
            .tensor(hidden)
            .tensor(TorchTensor.longs(last, last.length))
            .tensor(parameters.get(ScalarHead.REWARD.weight()).torch())
            .toTensor());
  }

  private Script.Call predict(String method, Batch batch) {
    int[] predictions = batch.predictionIndices();
    int columns = batch.width() - 1;
    long[] targets = new long[predictions.length];
    for (int i = 0; i < targets.length; i++) {
      int index = predictions[i];
      targets[i] = batch.rows().get(index / columns).id(index % columns + 1);
    }
    TorchTensor hidden = hidden(batch, columns);
    return Loaded.HEADS
        .call(method)
        .tensor(hidden)
        .tensor(outputEmbedding())
        .tensor(indices(predictions))
        .tensor(TorchTensor.longs(targets, targets.length));
  }

  private Script.Call onPredictions(String method, Batch batch) {
    TorchTensor hidden = hidden(batch, batch.width() - 1);
    return Loaded.HEADS.call(method).tensor(hidden).tensor(indices(batch.predictionIndices()));
  }

  private static TorchTensor indices(int[] values) {
    long[] wide = Arrays.stream(values).asLongStream().toArray();
    return TorchTensor.longs(wide, wide.length);
  }

  private TorchTensor hidden(Batch batch, int columns) {
    if (columns < 1 || columns > config.contextLength()) {
      throw new IllegalArgumentException(
          "sequences of " + batch.width() + " tokens in a context of " + config.contextLength());
    }
    TorchTensor ids = TorchTensor.longs(batch.ids(columns), batch.size(), columns);
    return architecture.hidden(weights, ids);
  }

  private List<TorchTensor> valueHead() {
    return has(ScalarHead.VALUE)
        ? ScalarHead.VALUE.names().stream().map(name -> parameters.get(name).torch()).toList()
        : List.of();
  }

  private void require(ScalarHead head) {
    if (!has(head)) {
      throw new IllegalStateException("the model has no " + head + " head");
    }
  }

  // ---- for the sampler ----

  Architecture architecture() {
    return architecture;
  }

  Architecture.Weights weights() {
    return weights;
  }

  TorchTensor outputEmbedding() {
    return parameters.get(architecture.outputEmbedding(config)).torch();
  }

  /** Turns hidden states [rows, width] into logits [rows, vocabulary]. */
  TorchTensor logits(TorchTensor hidden) {
    return Loaded.HEADS.call("logits").tensor(hidden).tensor(outputEmbedding()).toTensor();
  }

  /** Frees the parameters. */
  @Override
  public void close() {
    weights.close();
    parameters.free();
  }
}
