// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Sample;

/**
 * All samples for the script, as compact as JSON gets: {@code [index, triggered, seed, prompt,
 * disagree, differently, wrong, [[recipe, text, gold, score, kl, words, best by gold, best by
 * score], …]]} each. What is large is packed, since 40 recipes on 1,000 prompts answer with more
 * text than a page should weigh.
 */
final class SampleData {

  /** Below this many characters the data stay readable. */
  private static final int SMALL = 200_000;

  private final Page page;

  private SampleData(Page page) {
    this.page = page;
  }

  /** The element that holds them; nothing without samples. */
  static Html of(Page page) {
    if (page.comparison().samples().isEmpty()) {
      return Html.NONE;
    }
    ArrayNode out = ReportData.array();
    SampleData data = new SampleData(page);
    page.comparison().samples().forEach(sample -> out.add(data.sample(sample)));
    String json = ReportData.safe(out);
    return json.length() < SMALL
        ? Html.of(
            "<script type=\"application/json\" id=\"samples-data\">{}</script>\n", new Html(json))
        : Html.of("<script type=\"text/plain\" id=\"samples-data\">{}</script>\n", packed(json));
  }

  private ArrayNode sample(Sample sample) {
    SampleFacts facts = SampleFacts.of(sample, page.reference());
    ArrayNode out = ReportData.array();
    out.add(sample.index()).add(sample.triggered() ? 1 : 0).add(sample.seed());
    out.add(SampleArticle.shown(sample.prompt()));
    out.add(facts.disagree() ? 1 : 0).add(facts.differently() ? 1 : 0);
    add(out, facts.wrong(), 2);
    ArrayNode answers = out.addArray();
    for (Sample.Answer answer : sample.answers()) {
      ArrayNode row = answers.addArray();
      row.add(page.look(answer.recipe()).index()).add(SampleArticle.shown(answer.text()));
      // As many digits as are shown: more would only weigh.
      add(row, answer.gold(), 2);
      add(row, answer.score(), 2);
      add(row, answer.kl(), 1);
      row.add(answer.words());
      row.add(facts.bestByGold().contains(answer.recipe()) ? 1 : 0);
      row.add(facts.bestByScore().contains(answer.recipe()) ? 1 : 0);
    }
    return out;
  }

  private static void add(ArrayNode out, @Nullable Double value, int decimals) {
    if (value != null && Double.isFinite(value)) {
      out.add(new BigDecimal(String.format(Locale.ROOT, "%." + decimals + "f", value)));
    } else {
      out.addNull();
    }
  }

  /** Deflated (RFC 1951), as base64. */
  private static String packed(String json) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
