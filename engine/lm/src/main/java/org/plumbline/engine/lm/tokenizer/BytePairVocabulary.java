// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What {@link BytePairTrainer} learned.
 *
 * @param settings what was asked for
 * @param tokens all tokens by id, in {@link ByteAlphabet} characters
 * @param merges the pairs that were merged, in order
 */
public record BytePairVocabulary(
    BytePairTrainer.Settings settings, List<String> tokens, List<BytePairTrainer.Pair> merges) {

  /** Returns the {@code tokenizer.json} that the Hugging Face tokenizers library reads. */
  public byte[] toJson() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    List<String> specialTokens = settings.specialTokens();
    ArrayNode added = root.putArray("added_tokens");
    for (int id = 0; id < specialTokens.size(); id++) {
      ObjectNode token = added.addObject().put("id", id).put("content", specialTokens.get(id));
      token.put("single_word", false).put("lstrip", false).put("rstrip", false);
      token.put("normalized", false).put("special", true);
    }
    settings.words().describe(root);
    byteLevel(root.putObject("post_processor"), false);
    byteLevel(root.putObject("decoder"), true);
    model(root.putObject("model"));
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void byteLevel(ObjectNode node, boolean trimOffsets) {
    node.put("type", "ByteLevel").put("add_prefix_space", true);
    node.put("trim_offsets", trimOffsets).put("use_regex", true);
  }

  private void model(ObjectNode model) {
    model.put("type", "BPE").putNull("dropout").putNull("unk_token");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    ArrayNode pairs = model.putArray("merges");
    for (BytePairTrainer.Pair merge : merges) {
      pairs.addArray().add(tokens.get(merge.left())).add(tokens.get(merge.right()));
    }
  }
}
