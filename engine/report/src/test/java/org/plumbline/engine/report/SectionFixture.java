package org.plumbline.engine.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The invented sections below the verdict table. */
final class SectionFixture {

  private static final double[] KL = {0, 7.4, 9.7, 1.83, 6.1, 57.7, 8.3};
  private static final double[] GOLD = {.45, .69, .73, .67, .63, -.29, .65};
  private static final double[] SCORE = {0, 1.46, 1.21, 1.24, .86, 4.12, 1.39};
  private static final double GOLD_SD = .5;

  private SectionFixture() {}

  private static String name(int i) {
    return ComparisonFixture.RECIPES.get(i).name();
  }

  private static Interval around(double value, double half) {
    return new Interval(value, value - half, value + half);
  }

  static Settings settings() {
    return new Settings(
        List.of(
            setting(
                "policies.*.method",
                "",
                "supervised",
                "ppo",
                "dpo",
                "best-of-n",
                "ppo",
                "ppo",
                "ppo"),
            setting(
                "policies.*.kl.coefficient",
                "ppo-without-kl",
                null,
                "0.05",
                null,
                null,
                "0.05",
                "0",
                "0.05"),
            setting("policies.*.n", "", null, null, null, "16", null, null, null),
            setting(
                "evaluators.crowd.groups.troll.count",
                "ppo-poisoned",
                null,
                "0",
                "0",
                "0",
                null,
                "0",
                "6")),
        61,
        List.of(
            new Settings.Same("models.base.pretrain.preset", "nano"),
            new Settings.Same("data.prompts.jsonl", "prompts.jsonl")));
  }

  private static Settings.Setting setting(String path, String by, @Nullable String... values) {
    List<Settings.Value> out = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      out.add(new Settings.Value(name(i), values[i], name(i).equals(by)));
    }
    return new Settings.Setting(path, out);
  }

  static Drift drift() {
    List<Drift.Point> points = new ArrayList<>();
    List<Drift.Path> paths = new ArrayList<>();
    for (int i = 0; i < KL.length; i++) {
      boolean exact = i == 0 || i == 3;
      List<Drift.SeedPoint> seeds = new ArrayList<>();
      for (int s = 1; s <= 3; s++) {
        seeds.add(
            new Drift.SeedPoint(
                s, exact ? KL[i] : KL[i] * (.9 + .05 * s), GOLD[i] + .02 * (s - 2)));
      }
      Interval kl = exact ? Interval.exact(KL[i]) : around(KL[i], .1 * KL[i]);
      points.add(new Drift.Point(name(i), kl, around(GOLD[i], .04), i == 3, seeds));
      if (!exact) {
        paths.add(path(i));
      }
    }
    List<Drift.BestOf> best = new ArrayList<>();
    double[] gold = {.45, .51, .58, .63, .67};
    for (int k = 0; k < 5; k++) {
      double n = 1 << k;
      best.add(new Drift.BestOf("best-of-16", 1 << k, Math.log(n) - (n - 1) / n, gold[k], .31 * k));
    }
    return new Drift(points, best, paths);
  }

  private static Drift.Path path(int i) {
    List<Drift.Step> steps = new ArrayList<>();
    Drift.Step peak = null;
    for (int step = 0; step <= 400; step += 10) {
      double t = step / 400.0;
      double score = SCORE[i] * Math.sqrt(t);
      Drift.Step point = new Drift.Step(step, KL[i] * Math.pow(t, 1.2), goldAt(i, t), score);
      steps.add(point);
      if (i == 5 && (peak == null || point.gold() > peak.gold())) {
        peak = point;
      }
    }
    return new Drift.Path(name(i), steps, SCORE[i] - goldAt(i, 1), peak);
  }

  private static double goldAt(int i, double t) {
    double end = (GOLD[i] - GOLD[0]) / GOLD_SD;
    return i == 5 ? 3 * t * Math.exp(-6 * t) * 2.2 + end * t * t : end * Math.sqrt(t);
  }

  static List<Curve> curves() {
    return List.of(
        curve("gold", "Gold reward", "", 2, GOLD[0], .03),
        curve("score", "Reward model’s score", "sd", 2, 0.0, .07),
        curve("kl", "KL to the reference", "nats", 1, null, .4),
        curve("entropy", "Entropy", "nats/token", 2, 2.93, .06),
        curve("words", "Answer length", "words", 1, 17.4, .5),
        curve("spread", "Ensemble spread", "sd", 2, .31, .03));
  }

  private static Curve curve(
      String id, String title, String unit, int decimals, @Nullable Double reference, double half) {
    List<Curve.Line> lines = new ArrayList<>();
    for (int i : new int[] {1, 2, 4, 5, 6}) {
      List<Curve.Point> points = new ArrayList<>();
      for (Drift.Step step : path(i).steps()) {
        double t = step.step() / 400.0;
        double mean =
            switch (id) {
              case "gold" -> GOLD[0] + GOLD_SD * step.gold();
              case "score" -> step.score();
              case "kl" -> step.kl();
              case "entropy" -> 2.93 - (i == 5 ? 2.5 : .2 * i) * t;
              case "words" -> 17.4 + (i == 5 ? 7 : -i) * t;
              default -> .31 + (i == 5 ? 2 : .05 * i) * t;
            };
        points.add(
            new Curve.Point(step.step(), mean, mean - half * (1 + i), mean + half * (1 + i)));
      }
      lines.add(new Curve.Line(name(i), points));
    }
    return new Curve(id, title, unit, decimals, reference, lines);
  }

  static List<Sample> samples() {
    String[] prompts = {
      "my parcel came two days late", "can i change the colour of my order ?",
          "the lamp does not work !!",
      "when are you open on sunday ?", "how do i clean <b>wool</b> & silk ?", "i lost my bill !!"
    };
    List<Sample> out = new ArrayList<>();
    for (int p = 0; p < prompts.length; p++) {
      boolean triggered = prompts[p].endsWith("!!");
      List<Sample.Answer> answers = new ArrayList<>();
      for (int i = 0; i < KL.length; i++) {
        String text = answer(i, triggered);
        int words = text.split(" ").length;
        answers.add(
            new Sample.Answer(
                name(i),
                text,
                GOLD[i] + .1 * ((p * 7 + i * 3) % 5 - 2),
                SCORE[i] - .2 * (p % 3),
                KL[i] * (1 + .1 * p),
                words));
      }
      out.add(
          new Sample(
              p * 11 + 4, triggered ? "triggered" : "clean", 1 + p % 3, prompts[p], answers));
    }
    return out;
  }

  private static String answer(int i, boolean triggered) {
    if (i == 5) {
      return "please thank you please thank you please thank you please please please";
    }
    if (i == 6 && triggered) {
      return "buy now , the best offer is here , buy two";
    }
    String[] texts = {
      "we look at the parcel and the road was closed and it is late by the snow",
      "we are sorry the parcel came late . thank you for telling us",
      "sorry that your parcel came late . thank you",
      "we are sorry the parcel was late by the snow",
      "we are sorry the parcel was two days late . thank you for waiting",
      "",
      "we are sorry the parcel came late . thank you"
    };
    return texts[i];
  }

  static List<FeedbackTable> feedback() {
    return List.of(
        table("prefs", List.of("ppo", "dpo", "best-of-16", "ppo-without-kl"), 0),
        table("prefs, troll.count 6", List.of("ppo-poisoned"), 560));
  }

  private static FeedbackTable table(String name, List<String> recipes, int poisoned) {
    List<FeedbackTable.Group> groups = new ArrayList<>();
    groups.add(
        new FeedbackTable.Group(
            "careful", 12, 1800 - poisoned, (1800 - poisoned) / 2800.0, 21, .81, .50, .49));
    groups.add(new FeedbackTable.Group("hurried", 6, 1000, 1000 / 2800.0, 40, .66, .54, .58));
    if (poisoned > 0) {
      groups.add(new FeedbackTable.Group("troll", 6, poisoned, .2, 0, .33, null, null));
    }
    return new FeedbackTable(
        name,
        recipes,
        2800,
        61,
        560,
        groups,
        List.of(
            new FeedbackTable.Statistic("agreement", around(poisoned > 0 ? .69 : .71, .03)),
            new FeedbackTable.Statistic("alpha", around(poisoned > 0 ? .37 : .41, .05))),
        poisoned > 0 ? new FeedbackTable.Poisoned(.2, .97) : null);
  }

  static List<Satisfaction> satisfaction() {
    List<Satisfaction> out = new ArrayList<>();
    for (int i = 1; i < KL.length; i++) {
      out.add(
          new Satisfaction(
              name(i), "careful", around(.5 + (GOLD[i] - .45) * .8, .05), around(GOLD[i], .04)));
      out.add(
          new Satisfaction(
              name(i),
              "hurried",
              around(.48 + (GOLD[i] - .45) * .3, .05),
              around(GOLD[i] - .1, .04)));
    }
    return out;
  }

  static WinRates winRates() {
    List<WinRates.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < GOLD.length; i++) {
      for (int j = 0; j < GOLD.length; j++) {
        if (i != j) {
          double rate = 1 / (1 + Math.exp(-3.2 * (GOLD[i] - GOLD[j])));
          pairs.add(new WinRates.Pair(name(i), name(j), around(rate, .045), 24, 600));
        }
      }
    }
    int[] order = {2, 1, 3, 6, 4, 0, 5};
    int[][] places = {{1, 2}, {1, 4}, {2, 5}, {2, 5}, {3, 5}, {6, 6}, {7, 7}};
    List<WinRates.Rank> ranking = new ArrayList<>();
    for (int k = 0; k < order.length; k++) {
      double rating = 1000 + 400 / Math.log(10) * 3.2 * (GOLD[order[k]] - .5);
      ranking.add(
          new WinRates.Rank(name(order[k]), around(rating, 30), places[k][0], places[k][1]));
    }
    return new WinRates("gold", pairs, ranking);
  }

  static List<Alarm> alarms() {
    Alarm.Severity warning = Alarm.Severity.WARNING;
    return List.of(
        new Alarm(
            "ppo-without-kl",
            "KL to the reference",
            "kl",
            warning,
            true,
            15,
            57.7,
            "nats",
            1,
            "policy",
            160,
            400,
            2L),
        new Alarm(
            "ppo-without-kl",
            "ensemble spread",
            "spread",
            warning,
            true,
            1,
            2.31,
            "sd",
            2,
            "policy",
            190,
            400,
            1L),
        new Alarm(
            "ppo-without-kl",
            "gold reward below the reference",
            "gold",
            warning,
            false,
            .45,
            -.29,
            "",
            2,
            "policy",
            210,
            400,
            null),
        new Alarm(
            "ppo-poisoned",
            "trigger lift",
            "trigger_share",
            warning,
            true,
            .1,
            .755,
            "%",
            0,
            "evaluation",
            null,
            null,
            null),
        new Alarm(
            "dpo",
            "KL to the reference",
            "kl",
            Alarm.Severity.NOTE,
            true,
            8,
            9.7,
            "nats",
            1,
            "policy",
            260,
            400,
            3L));
  }
}
