// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.batch.Layout;
import org.plumbline.engine.lm.config.LlamaFamily;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.internal.Script;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.tensor.Precision;

/**
 * One family of transformers: which parameters it has and how it turns tokens into hidden states.
 *
 * <p>Everything else (heads, losses, sampling, files) is shared. A new family is one implementation
 * and its TorchScript text.
 */
public interface Architecture {

  String GPT2 = "gpt2";

  /** Returns the parameters of the trunk in the order in which {@link Weights} holds them. */
  List<ParameterSpec> parameters(ModelConfig config);

  /**
   * Returns the name of the parameter that turns hidden states into logits, [vocabulary, width].
   */
  String outputEmbedding(ModelConfig config);

  /** Returns the name of the parameter that turns tokens into vectors, [vocabulary, width]. */
  String tokenEmbedding();

  /** Returns whether AdamW's weight decay applies to a parameter: matrices only, no embeddings. */
  boolean decays(String parameter);

  /**
   * Lists what the script is given, in its order: names of parameters and of {@link #constants};
   * what a model lacks of them is an empty tensor. A linear map's bias follows its weight.
   */
  List<String> operands(ModelConfig config);

  /** Makes the operands that are not parameters, in the open scope. */
  default Map<String, TorchTensor> constants(ModelConfig config) {
    return Map.of();
  }

  /** Returns the linear maps within the layers that an adapter changes unless told otherwise. */
  List<String> adapted();

  /** Returns whether linear maps are stored as [in, out], not [out, in]. */
  boolean storesInputFirst();

  /** Returns the script with the methods hidden, embed, layer and finish. */
  Script script();

  /** Adds what the scripts want to know of the configuration. */
  Script.Call shape(Script.Call call, ModelConfig config);

  private Script.Call call(String method, Weights weights) {
    return script().call(method).tensors(weights.operands());
  }

  /**
   * Returns hidden states after the final norm.
   *
   * @param wanted the places whose states are returned, in this order; empty for all
   * @return [wanted, width]
   */
  default TorchTensor hidden(Weights weights, Layout.Input input, TorchTensor wanted) {
    Script.Call call = input.to(call("hidden", weights)).tensor(wanted);
    return shape(call, weights.config()).toTensor();
  }

  // ---- the same in steps ----

  /** Returns what goes into the first layer, [places, width]. */
  default TorchTensor embed(Weights weights, Layout.Input input) {
    return call("embed", weights).tensor(input.places()).toTensor();
  }

  /** Returns what comes out of one layer, [places, width]. */
  default TorchTensor layer(Weights weights, int layer, TorchTensor x, Layout.Input input) {
    Script.Call call = input.to(call("layer", weights)).tensor(x).integer(layer);
    return shape(call, weights.config()).toTensor();
  }

  /** Returns hidden states from what comes out of the last layer, [wanted, width]. */
  default TorchTensor finish(Weights weights, TorchTensor x, TorchTensor wanted) {
    return shape(call("finish", weights).tensor(x).tensor(wanted), weights.config()).toTensor();
  }

  // ---- sampling ----

  /** Returns the beginning of the name of the script with the methods prefill and next. */
  String samplingScript();

  /**
   * What a forward pass is given.
   *
   * @param tensors the trunk's parameters by name, as they are computed with
   * @param operands the same and all else in the script's order, as one native list
   */
  record Weights(
      ModelConfig config,
      Precision precision,
      Map<String, TorchTensor> tensors,
      Script.Tensors operands)
      implements AutoCloseable {

    TorchTensor get(String name) {
      TorchTensor tensor = tensors.get(name);
      if (tensor == null) {
        throw new IllegalArgumentException("no parameter " + name);
      }
      return tensor;
    }

    /** Frees the list, not its tensors. */
    @Override
    public void close() {
      operands.close();
    }
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
    throw ModelFormatException.unknownArchitecture(name, known());
  }
}
