// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.engine.lm.failure.ModelFormatException;

/** Each of these ended the process, or filled its memory, when the library was given it. */
class TokenizerLimitsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode tokenizer = read("split-bytes");

  private static ObjectNode read(String name) {
    try {
      return (ObjectNode) JSON.readTree(Files.readAllBytes(TokenizerFixtures.file(name)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private static void refused(JsonNode json, String why) {
    refused(json.toString(), why);
  }

  private static void refused(String json, String why) {
    assertThatThrownBy(() -> Tokenizer.of(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("the tokenizer cannot be used: ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "pre_tokenizer;{'type':'FixedLength','length':0};`length` is not positive",
        "pre_tokenizer;{'type':'Split','pattern':{'Regex':'(a+)+b'}};goes back too often",
        "pre_tokenizer;{'pattern':{'Regex':'(a+)+b'}};goes back too often",
        "decoder;{'type':'Strip','content':'a','start':0,'stop':1};`stop` is not 0",
        "decoder;{'type':'Replace','pattern':{'Regex':'(a+)+b'},'content':''};goes back too often",
        "decoder;{'type':'Fuse','x':1e999};larger than any that is read",
        "decoder;{'type':'Fuse','x':'\\ud800'};half of a character",
        "normalizer;{'type':'Replace','pattern':{'Regex':'a*'},'content':'x'};matches the empty text",
        "normalizer;{'type':'Replace','pattern':{'String':''},'content':'x'};matches the empty text",
        "normalizer;{'type':'Prepend','prepend':''};`prepend` is empty",
        "normalizer;{'type':'Prepend'};`prepend` is empty",
        "normalizer;{'prepend':''};`prepend` is empty",
        "normalizer;{'type':'Sequence','normalizers':[{'type':'Prepend','prepend':''}]};"
            + "`prepend` is empty",
        "normalizer;{'type':'Precompiled','precompiled_charsmap':'AAAA'};is damaged",
        "normalizer;{'type':'Precompiled','precompiled_charsmap':null};`precompiled_charsmap`",
        "post_processor;{'type':'TemplateProcessing','single':[{'SpecialToken':{'id':'x'}}],"
            + "'special_tokens':{}};`x` is not among its special tokens",
        "post_processor;{'type':'TemplateProcessing','single':[{'Sequence':{'id':'B'}}],"
            + "'special_tokens':{}};names a second text",
        "post_processor;{'type':'BertProcessing','sep':['x',4294967295],'cls':['y',1]};no id below"
      })
  void partsThatTheLibraryDoesNotSurviveAreRefused(String where, String part, String why) {
    tokenizer.put(where, "here");
    String json = tokenizer.toString().replace("\"here\"", quoted(part));

    refused(json, "`" + where + "` is refused: ");
    refused(json, why);
  }

  @Test
  void textsThatGrowWithoutBoundsAreRefused() {
    ArrayNode parts = tokenizer.putObject("normalizer").putArray("normalizers");
    for (int i = 0; i < 4; i++) {
      ObjectNode part = parts.addObject().put("type", "Replace").put("content", "a".repeat(10));
      part.putObject("pattern").put("String", "a");
    }

    refused(tokenizer, "it can make a text more than 1000 times longer");
  }

  /** Each part alone is harmless; 25 of them made one character more than memory holds. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "pre_tokenizer;pretokenizers;{'type':'ByteLevel','add_prefix_space':false,"
            + "'trim_offsets':true,'use_regex':false}",
        "pre_tokenizer;pretokenizers;{'type':'Sequence','pretokenizers':[{'type':'Metaspace',"
            + "'replacement':'a'},{'type':'FixedLength','length':1}]}",
        "normalizer;normalizers;{'type':'Sequence','normalizers':[{'type':'Replace','pattern':"
            + "{'String':'\u0644'},'content':'\ufdfa'},{'type':'NFKC'}]}",
        "decoder;decoders;{'type':'BPEDecoder','suffix':''}",
        "decoder;decoders;{'type':'CTC','pad_token':'p','word_delimiter_token':'',"
            + "'cleanup':true}",
        "decoder;decoders;{'type':'Replace','pattern':{'Regex':'x*'},'content':'y'}"
      })
  void partsThatGrowATextOneAfterAnotherAreRefused(String where, String name, String part)
      throws IOException {
    ObjectNode chain = tokenizer.putObject(where).put("type", "Sequence");
    ArrayNode parts = chain.putArray(name);
    for (int i = 0; i < 25; i++) {
      parts.add(JSON.readTree(quoted(part)));
    }

    refused(tokenizer, "`" + where + "` is refused: it can make a text more than 1000 times");
  }

  @Test
  void normaliserAndPreTokeniserGrowATextTogether() {
    String bytes =
        "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':true,'use_regex':false}";
    List<String> eight = Collections.nCopies(8, "{'type':'ByteLevel'}");
    tokenizer.put("normalizer", "here n").put("pre_tokenizer", "here p");
    String json =
        tokenizer
            .toString()
            .replace("\"here n\"", quoted("{'type':'Sequence','normalizers':" + eight + "}"))
            .replace("\"here p\"", quoted(bytes));

    refused(json, "`pre_tokenizer` is refused: it can make a text more than 1000 times");
  }

  @Test
  void deepNestingIsRefused() {
    ObjectNode part = tokenizer.putObject("decoder");
    for (int i = 0; i < 60; i++) {
      part = part.put("type", "Sequence").putArray("decoders").addObject();
    }

    refused(tokenizer, "nesting depth");
  }

  @Test
  void idsAreLimited() {
    ((ObjectNode) tokenizer.path("model").path("vocab")).put("!", 1L << 31);

    refused(tokenizer, "`model.vocab` is refused: `2147483648` is no id below 16777216");
  }

  @Test
  void addedTokensAreLimited() {
    ArrayNode added = (ArrayNode) tokenizer.path("added_tokens");
    for (int i = 0; i < 60_000; i++) {
      added.addObject().put("id", i).put("content", "<" + i + ">");
    }

    refused(tokenizer, "`added_tokens` is refused: there are 60005, more than 50000");
  }

  @Test
  void aMergeMustBeginWithThePrefix() {
    ((ObjectNode) tokenizer.path("model")).put("continuing_subword_prefix", "##");

    refused(tokenizer, "does not begin with `##`");
  }

  @Test
  void aKeyMustNotStandTwice() {
    String twice = tokenizer.toString().replaceFirst("\\{", "{\"decoder\":{\"type\":\"Fuse\"},");

    assertThatThrownBy(() -> Tokenizer.of(twice.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("Duplicate field 'decoder'");
  }

  /** SentencePiece's table as its library writes one: every place that a text leads to is there. */
  @Test
  void aSoundTableOfCharactersIsTaken() {
    int[] units = new int[512];
    units[0] = 256 << 10; // the root: its children are at 256 ^ byte
    units[256 ^ 'a'] = ('b' - 'a' ^ 'b') << 10; // not reached: its label is not `a`
    byte[] text = "x\0".getBytes(StandardCharsets.UTF_8);
    java.nio.ByteBuffer table =
        java.nio.ByteBuffer.allocate(4 + 4 * units.length + text.length)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN);
    table.putInt(4 * units.length);
    for (int unit : units) {
      table.putInt(unit);
    }
    table.put(text);
    ObjectNode unigram = read("unigram");
    unigram
        .putObject("normalizer")
        .put("type", "Precompiled")
        .put("precompiled_charsmap", Base64.getEncoder().encodeToString(table.array()));

    Tokenizer read = Tokenizer.of(unigram.toString().getBytes(StandardCharsets.UTF_8));

    assertThat(read.encode("the quick")).isNotEmpty();
  }

  @Test
  void aTextThatAPatternCouldGoBackInTooOftenIsRefused() {
    Tokenizer sound = TokenizerFixtures.tokenizer("split-bytes");

    assertThatThrownBy(() -> sound.encode(" ".repeat(12_000_000)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("a text has 12000000 characters");
    assertThat(sound.encode(" ".repeat(1000) + "a")).isNotEmpty();
  }

  @Test
  void aTokenizerThatHasNoTokenForATextSaysSo() {
    ObjectNode unigram = read("unigram");
    ((ObjectNode) unigram.path("model")).putNull("unk_id");
    Tokenizer read = Tokenizer.of(unigram.toString().getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> read.encode("\u4e00"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("unknown token");
  }
}
