package org.plumbline.engine.lm;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.internal.Script;
import org.plumbline.engine.lm.internal.TorchTensor;

/**
 * One family of transformers: which parameters it has and how it turns tokens into hidden states.
 *
 * <p>Everything else (heads, losses, sampling, files) is shared. A new family is one implementation
 * and its TorchScript text.
 */
interface Architecture {

  String GPT2 = "gpt2";

  /** Returns the parameters of the trunk in the order in which {@link Weights} holds them. */
  List<ParameterSpec> parameters(ModelConfig config);

  /**
   * Returns the name of the parameter that turns hidden states into logits, [vocabulary, width].
   */
  String outputEmbedding(ModelConfig config);

  /** Returns whether AdamW's weight decay applies to a parameter: matrices only, no embeddings. */
  boolean decays(String parameter);

  /** Returns hidden states after the final norm for right-padded ids [batch, time]. */
  TorchTensor hidden(Weights weights, TorchTensor ids);

  /**
   * Reads right-padded prompts [batch, time] into an empty cache.
   *
   * @param last flat index of each row's last token in [batch * time]
   * @return the hidden state of each row's last token, [batch, width]
   */
  TorchTensor prefill(Weights weights, TorchTensor ids, TorchTensor last, KeyValueCache cache);

  /** Reads one more token per row and returns its hidden state, [batch, width]. */
  TorchTensor decode(Weights weights, DecodeStep step, KeyValueCache cache);

  /**
   * One token for each row of a cache.
   *
   * @param ids the tokens, [batch]
   * @param positions where each goes, [batch]
   * @param extent how many cache positions attention looks at
   * @param mask 0 where a row may look, minus infinity elsewhere, [batch, 1, 1, extent]
   */
  record DecodeStep(TorchTensor ids, TorchTensor positions, int extent, TorchTensor mask) {}

  /**
   * What a forward pass is given, as one native list in the architecture's order.
   *
   * @param constants the tensors of the list that are not parameters, freed with it
   */
  record Weights(ModelConfig config, Script.Tensors tensors, List<TorchTensor> constants)
      implements AutoCloseable {

    @Override
    public void close() {
      tensors.close();
      constants.forEach(TorchTensor::free);
    }
  }

  /** Lists what the forward pass is given; without other needs, the trunk's parameters. */
  default Weights weights(ModelConfig config, Parameters parameters) {
    List<TorchTensor> trunk =
        parameters(config).stream().map(spec -> parameters.get(spec.name()).torch()).toList();
    return new Weights(config, new Script.Tensors(trunk), List.of());
  }

  /** Returns the Hugging Face model types that are known. */
  static List<String> known() {
    List<String> known = new ArrayList<>(List.of(GPT2));
    known.addAll(LlamaFamily.names());
    return known;
  }

  static Architecture of(String name) {
    if (name.equals(GPT2)) {
      return Gpt2.INSTANCE;
    }
    if (LlamaFamily.of(name).isPresent()) {
      return Llama.INSTANCE;
    }
    throw ModelFormatException.unknownArchitecture(name);
  }
}
