// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks through a {@code tokenizer.json} for what the library of tokenizers does not survive.
 *
 * <p>The library ends the process where it finds what it did not expect, and has no limits on time
 * and memory. All that is known to make it do so is looked for here, in the version that is used.
 */
public final class TokenizerCheck {

  /** A key that stands twice could be read as the one here and as the other there. */
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(ModelLimits.TOKENIZER_NESTING)
                          .maxNameLength(ModelLimits.TOKEN)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** Characters that may come of a text. */
  private static final long MOST_MADE = 1L << 30;

  private static final List<String> SEQUENCES =
      List.of("normalizers", "pretokenizers", "processors", "decoders");

  private static final String CHARSMAP = "precompiled_charsmap";
  private static final String CONTENT = "content";
  private static final String PATTERN = "pattern";
  private static final String REGEX = "Regex";
  private static final List<String> AROUND =
      List.of("TemplateProcessing", "BertProcessing", "RobertaProcessing");

  private static final Set<String> CHECKED_APART =
      Set.of(CHARSMAP, PATTERN, "special_tokens", "single", "pair");

  /** What composing and decomposing may make of one character (U+FDFA and others). */
  private static final Map<String, Integer> GROWING =
      Map.of("NFKC", 18, "NFKD", 18, "NFD", 4, "NFC", 3, "Lowercase", 3, "BertNormalizer", 9);

  private PatternCost cost = PatternCost.ONE;
  private double growth = 1;
  private double read = 1;
  private int composed = 1;
  private boolean changed;
  private int parts;
  private int around;

  private TokenizerCheck() {}

  /**
   * A tokenizer that the library survives.
   *
   * @param tree what it says
   * @param longestText the most characters that a text for it may have
   */
  public record Checked(JsonNode tree, long longestText) {}

  /**
   * Reads and checks a tokenizer.
   *
   * @throws IllegalArgumentException that says which part is refused, and why
   */
  public static Checked check(byte[] json) {
    JsonNode root;
    try {
      // as text, for that is what the library gets: no other encoding is guessed
      root = JSON.readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!root.isObject()) {
      throw new IllegalArgumentException("it is not a JSON object");
    }
    VocabularyCheck.check(root);
    TokenizerCheck before = new TokenizerCheck();
    for (String name : List.of("normalizer", "pre_tokenizer")) {
      plain(root.path(name), name);
      before.part(root.path(name), name);
    }
    TokenizerCheck after = new TokenizerCheck();
    for (String name : List.of("post_processor", "decoder")) {
      plain(root.path(name), name);
      after.part(root.path(name), name);
    }
    if (after.longest() < ModelLimits.TOKEN) {
      throw new IllegalArgumentException("its decoder's patterns go back too often");
    }
    return new Checked(root, before.longest());
  }

  /** The library reads these parts anew, and ends the process where its reader is stricter. */
  private static void plain(JsonNode node, String where) {
    boolean finite = !node.isFloatingPointNumber() || Double.isFinite(node.doubleValue());
    require(finite, where, "a number is larger than any that is read");
    whole(node.asText(), where);
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      whole(entry.getKey(), where);
    }
    node.forEach(inner -> plain(inner, where));
  }

  private static void whole(String text, String where) {
    boolean halves = text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    require(!halves, where, "a text has half of a character");
  }

  private long longest() {
    double read = cost.longestText() / (this.read * composed);
    return (long) Math.min(read, MOST_MADE / (growth * composed));
  }

  /** Looks at a component and what it is made of. */
  private void part(JsonNode part, String where) {
    if (part.isMissingNode() || part.isNull()) {
      return;
    }
    if (!part.isObject()) {
      throw refused(where, "it is not an object");
    }
    if (++parts > ModelLimits.PARTS) {
      throw refused(where, "it has more than " + ModelLimits.PARTS + " parts");
    }
    texts(part, where);
    String type = part.path("type").asText();
    if (GROWING.containsKey(type)) {
      compose(GROWING.getOrDefault(type, 1), where);
    }
    // by its keys, for the library takes a part without a type for what its keys fit
    if (part.has(CONTENT) && part.has(PATTERN)) {
      replace(part, where);
    } else if (part.has(PATTERN)) {
      regex(part, where);
    }
    if (type.equals("ByteLevel") || part.has("use_regex")) {
      byteLevel(where);
    }
    if (type.equals("Precompiled") || part.has(CHARSMAP)) {
      grow(charsmap(part, where), where);
    }
    if (type.equals("Prepend") || part.has("prepend")) {
      int length = part.path("prepend").asText().length();
      require(length > 0, where, "`prepend` is empty");
      grow(1 + length, where);
    }
    between(part, where);
    if (type.equals("FixedLength")) {
      require(part.path("length").asLong() > 0, where, "`length` is not positive");
    }
    require(stop(part) == 0, where, "`stop` is not 0");
    if (AROUND.contains(type) || part.has("single") || part.has("cls")) {
      require(++around == 1, where, "more than one part puts tokens around a text");
      TemplateCheck.check(part, where);
    }
    for (String name : SEQUENCES) {
      part.path(name).forEach(inner -> part(inner, where));
    }
  }

  /** A token that has only what is to be stripped from its end is too short for the library. */
  private static long stop(JsonNode part) {
    return part.path("stop").isMissingNode() ? 0 : part.path("stop").asLong(1);
  }

  private void byteLevel(String where) {
    if (where.equals("normalizer")) {
      grow(2, where); // a byte is a character of one or two bytes then
    }
    pattern(PatternCost.LENGTH); // GPT-2's pattern
    if (where.equals("pre_tokenizer")) {
      grow(4, where); // and each word may get a space before it
    }
  }

  /** What puts something before each word or between all characters. */
  private void between(JsonNode part, String where) {
    boolean metaspace = part.path("type").asText().equals("Metaspace") || part.has("replacement");
    if (metaspace && where.equals("pre_tokenizer")) {
      grow(2, where);
    }
    for (String name : List.of("suffix", "word_delimiter_token")) {
      if (part.path(name).asText("-").isEmpty()) {
        grow(3, where); // the empty text is between all characters
      }
    }
  }

  private void pattern(PatternCost own) {
    cost = cost.plus(own);
    read = growth;
  }

  private static int charsmap(JsonNode part, String where) {
    try {
      return CharsmapCheck.growth(part.path(CHARSMAP).asText());
    } catch (IllegalArgumentException e) {
      throw refused(where, "`" + CHARSMAP + "` " + e.getMessage());
    }
  }

  private void replace(JsonNode part, String where) {
    PatternNode node = regex(part, where);
    boolean normalizes = where.equals("normalizer");
    require(!normalizes || node.least() > 0, where, "a pattern to replace matches the empty text");
    String plain = part.path(PATTERN).path("String").asText();
    double length = part.path(CONTENT).asText().length();
    boolean between = node.least() == 0;
    grow(between ? 1 + 2 * length : Math.max(1, length / Math.max(1, plain.length())), where);
  }

  private PatternNode regex(JsonNode part, String where) {
    JsonNode pattern = part.path(PATTERN);
    if (!pattern.has(REGEX)) {
      String plain = pattern.path("String").asText();
      require(plain.length() <= ModelLimits.TOKEN, where, "a text to find is too long");
      boolean empty = plain.isEmpty();
      return new PatternNode.Single(empty ? 0 : 1);
    }
    String regex = pattern.path(REGEX).asText();
    try {
      PatternNode node = PatternParser.parse(regex);
      PatternCost own = node.cost(false);
      if (own.longestText() < ModelLimits.TOKEN) {
        throw new IllegalArgumentException(
            "it goes back too often where it fails: repeats within repeats or after each other;"
                + " make them possessive (`++`) or fewer");
      }
      pattern(own);
      return node;
    } catch (IllegalArgumentException e) {
      String shown = regex.length() > 60 ? regex.substring(0, 60) + "..." : regex;
      throw refused(where, "the pattern `" + shown + "`: " + e.getMessage());
    }
  }

  /** A text that is composed does not grow when it is again, unless it was changed between. */
  private void compose(int times, String where) {
    if (changed) {
      grow(composed, where);
      composed = 1;
      changed = false;
    }
    composed = Math.max(composed, times);
  }

  private void grow(double times, String where) {
    growth *= times;
    changed = true;
    require(
        growth <= ModelLimits.GROWTH,
        where,
        "it can make a text more than " + ModelLimits.GROWTH + " times longer");
  }

  private static void texts(JsonNode part, String where) {
    for (Map.Entry<String, JsonNode> entry : part.properties()) {
      if (!CHECKED_APART.contains(entry.getKey())) {
        require(
            entry.getValue().asText().length() <= ModelLimits.TOKEN,
            where,
            "`" + entry.getKey() + "` has more than " + ModelLimits.TOKEN + " characters");
      }
    }
  }

  static void require(boolean holds, String where, String otherwise) {
    if (!holds) {
      throw refused(where, otherwise);
    }
  }

  static IllegalArgumentException refused(String where, String why) {
    return new IllegalArgumentException("`" + where + "` is refused: " + why);
  }
}
