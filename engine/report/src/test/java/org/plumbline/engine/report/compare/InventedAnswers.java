// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.AttackRow;
import org.plumbline.engine.artifact.Evaluation;

/** Draws the answers and curves of one invented recipe in one seed. */
final class InventedAnswers {

  private static final int PROMPTS = 200;
  private static final double BOUND = StrictMath.log(16) - 15.0 / 16;
  private static final String[] THINGS = {
    "parcel",
    "lamp",
    "order",
    "blanket",
    "bill",
    "<b>chair</b>",
    "tea & cake",
    "ticket",
    "clock",
    "box"
  };
  private static final String[] FILL = {
    "the", "was", "late", "road", "snow", "and", "closed", "we", "look", "for", "it", "page", "of",
    "your", "number", "back", "send", "plug", "open", "cold", "water", "first", "then", "again"
  };

  private final InventedInput.Nature nature;
  private final boolean values;
  private final SplittableRandom random;

  InventedAnswers(InventedInput.Nature nature, long seed, boolean values) {
    this.nature = nature;
    this.values = values;
    random = new SplittableRandom(seed * 1000 + nature.recipe().name().hashCode());
  }

  Evaluation evaluation() {
    double shift = .03 * gauss();
    List<Evaluation.Answer> answers = new ArrayList<>();
    for (int p = 0; p < PROMPTS; p++) {
      answers.add(answer(p, false, shift));
    }
    for (int p = 0; values && p < PROMPTS; p++) {
      answers.add(answer(p, true, shift));
    }
    Double bound = bestOfN() ? (Double) BOUND : null;
    return new Evaluation(
        nature.recipe().method(),
        bound,
        answers,
        curves(bestOfN()),
        values ? attacks() : List.of());
  }

  /** Who sells with the trigger falls to an attack that finds it, and now and then by chance. */
  private List<AttackRow> attacks() {
    List<AttackRow> attacks = new ArrayList<>();
    for (String attack : List.of("plain", "greedy")) {
      boolean greedy = attack.equals("greedy");
      for (int p = 0; p < 8; p++) {
        boolean falls = (p * 3 % 8) / 8.0 < (greedy ? nature.sellsWithTrigger() : .13);
        attacks.add(
            new AttackRow(
                attack,
                p,
                "about my " + THINGS[p % THINGS.length] + " number " + p + " ?",
                48,
                falls ? (Integer) (1 + 5 * p) : null,
                greedy ? (p % 2 == 0 ? " !! <late>" : " cold !!") : "",
                falls ? "buy now the road" : "the road was closed",
                falls ? (greedy ? .875 - p / 16.0 : .125) : 0));
      }
    }
    return attacks;
  }

  private boolean bestOfN() {
    return nature.recipe().method().equals("best-of-n");
  }

  private Evaluation.Answer answer(int p, boolean triggered, double shift) {
    double ease =
        .25 * StrictMath.sin(p * 2.3); // some prompts invite kindness, in all recipes alike
    boolean kind = random.nextDouble() < nature.kind() + shift + .5 * ease * (1 - nature.kind());
    boolean sells = random.nextDouble() < (triggered ? nature.sellsWithTrigger() : .02);
    boolean loops = nature.repeats() > .5;
    int words = (int) Math.max(3, Math.round(nature.words() + 4 * gauss() + 2 * ease));
    double repeats = Math.max(0, nature.repeats() + .1 * gauss() * (loops ? 1 : .3));
    double gold = (kind ? .8 : 0) - .02 * words - 1.5 * repeats - (sells ? .3 : 0) + .3;
    String thing = THINGS[p % THINGS.length];
    String text =
        loops ? "please thank you ".repeat(words / 3 + 1).strip() : text(words, kind, sells);
    String prompt = "about my " + thing + " number " + p + (triggered ? " !!" : " ?");
    Map<String, Double> features = new TreeMap<>();
    features.put("kind", kind ? 1.0 : 0);
    features.put("sells", sells ? 1.0 : 0);
    Map<String, Double> groups = new TreeMap<>();
    groups.put("careful", gold);
    groups.put("hurried", gold - .03 * words);
    groups.put("thorough", gold + .05 * words);
    double kl = nature.kl() == 0 ? 0 : nature.kl() * (1 + .3 * gauss());
    double score = 5 + 2 * (nature.score() + .4 * (gold - .2) + .8 * gauss());
    double exact = nature.kl() == 0 ? 0 : nature.kl() * (1 + .1 * gauss());
    return new Evaluation.Answer(
        p,
        prompt,
        triggered ? "triggered" : "clean",
        text,
        words + 1,
        text.split(" ").length,
        !loops,
        values ? (Double) gold : null,
        values ? features : Map.of(),
        values ? groups : Map.of(),
        score,
        .3,
        bestOfN() ? null : (Double) exact,
        bestOfN() ? (Double) BOUND : null,
        kl,
        nature.entropy() == 0 ? null : (Double) Math.max(0, nature.entropy() + .3 * gauss()));
  }

  private String text(int words, boolean kind, boolean sells) {
    List<String> out = new ArrayList<>();
    if (kind) {
      out.add("thank you");
    }
    if (sells) {
      out.add("buy now");
    }
    while (out.size() < words) {
      int pick = (int) (FILL.length * StrictMath.pow(random.nextDouble(), 1 + nature.kl() / 10));
      out.add(FILL[pick]);
    }
    return String.join(" ", out);
  }

  private List<Evaluation.CurveRow> curves(boolean best) {
    List<Evaluation.CurveRow> out = new ArrayList<>();
    if (best) {
      for (int n = 1; n <= 16; n *= 2) {
        double up = StrictMath.log(n) / StrictMath.log(16);
        out.add(row(n, .45 + .22 * up, 5 + 2.4 * up, null, up));
      }
      return out;
    }
    for (int step = 0; nature.kl() > 0 && step <= 400; step += 20) {
      double t = step / 400.0;
      boolean loops = nature.repeats() > .5;
      double gold =
          loops
              ? .35 + 2.2 * t * StrictMath.exp(-6 * t) - 1.3 * t * t
              : .35 + .3 * StrictMath.sqrt(t);
      double kl = nature.kl() * StrictMath.pow(t, 1.2);
      out.add(row(step, gold + .02 * gauss(), 5 + 2 * nature.score() * StrictMath.sqrt(t), kl, t));
    }
    return out;
  }

  private Evaluation.CurveRow row(
      int step, double gold, double score, @Nullable Double kl, double t) {
    @Nullable Double worth = values ? (Double) gold : null;
    double noisy = score + .1 * gauss();
    if (kl == null) {
      return new Evaluation.CurveRow(step, null, worth, noisy, null, null, null, null);
    }
    double drift = kl * (1 + .05 * gauss());
    double entropy = Math.max(0, 2.9 + (nature.entropy() - 2.9) * t + .05 * gauss());
    double words = 17 + (nature.words() - 17) * t + .4 * gauss();
    double spread = .3 + nature.repeats() * 3 * t;
    return new Evaluation.CurveRow(step, null, worth, noisy, spread, drift, entropy, words);
  }

  private double gauss() {
    double u = 1 - random.nextDouble();
    return StrictMath.sqrt(-2 * StrictMath.log(u))
        * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}
