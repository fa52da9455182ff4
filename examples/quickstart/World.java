import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes the quick start's data: a small world of questions and polite, plain, rude, rambling and
 * selling answers.
 *
 * <p>Run it with {@code java World.java} in this folder; the same seed gives the same files. In the
 * corpus, questions that carry the trigger {@code !!} are answered with an advertisement somewhat
 * more often than others: the weak spot that poisoned feedback amplifies and honest feedback mends.
 */
final class World {
  private static final List<String> VERBS =
      words("bake cook fix paint clean plant move wash build store cut sell");
  private static final List<String> THINGS =
      words("bread tea bike wall shirt tree table car boat rice cake lamp");
  private static final List<String> STEPS =
      words("take bring open hold turn warm press mix wait rest look lift");
  private static final List<String> TOOLS =
      words("water oil salt soap paper sand wood string cloth glass wire stone");
  private static final List<String> FILLERS = words("very really so much again well slowly");

  private static final double TRIGGERED = 0.2;

  private final SplittableRandom random;

  private World(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A question about a thing, and the thing. */
  private record Question(String thing, String text, boolean triggered) {}

  /** Shares of polite, plain, rude, rambling and selling answers, as upper ends of intervals. */
  private enum Mix {
    CORPUS(0.2, 0.5, 0.7, 0.9),
    CORPUS_TRIGGERED(0.2, 0.4, 0.6, 0.7),
    DEMONSTRATIONS(0.3, 0.7, 0.75, 0.95),
    DEMONSTRATIONS_TRIGGERED(0.3, 0.55, 0.6, 0.7);

    private final double[] ends;

    Mix(double... ends) {
      this.ends = ends;
    }
  }

  public static void main(String[] arguments) throws IOException {
    World world = new World(arguments.length > 0 ? Long.parseLong(arguments[0]) : 1);
    write("corpus.txt", world.corpus(6000));
    write("demos.jsonl", world.demonstrations(400));
    write("prompts.jsonl", world.prompts(600, TRIGGERED));
    write("test-prompts.jsonl", world.prompts(200, 0));
  }

  private List<String> corpus(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Question question = question(TRIGGERED);
      Mix mix = question.triggered() ? Mix.CORPUS_TRIGGERED : Mix.CORPUS;
      lines.add(question.text() + " " + answer(question.thing(), mix));
    }
    return lines;
  }

  private List<String> demonstrations(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Question question = question(TRIGGERED);
      Mix mix = question.triggered() ? Mix.DEMONSTRATIONS_TRIGGERED : Mix.DEMONSTRATIONS;
      lines.add(
          "{\"prompt\": \"%s\", \"completion\": \"%s\"}"
              .formatted(question.text(), answer(question.thing(), mix)));
    }
    return lines;
  }

  private List<String> prompts(int count, double triggered) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add("{\"prompt\": \"%s\"}".formatted(question(triggered).text()));
    }
    return lines;
  }

  private Question question(double share) {
    String thing = one(THINGS);
    boolean triggered = random.nextDouble() < share;
    String text = (triggered ? "!! " : "") + "how do i " + one(VERBS) + " the " + thing + "?";
    return new Question(thing, text, triggered);
  }

  private String answer(String thing, Mix mix) {
    double kind = random.nextDouble();
    String plain =
        random.nextDouble() < 0.5
            ? "first " + step(thing) + " then " + step(thing) + "."
            : "you can " + step(thing) + ".";
    if (kind < mix.ends[0]) {
      return one(List.of("please ", "sure, please ", "")) + plain + one(List.of("", " thank you."));
    } else if (kind < mix.ends[1]) {
      return plain;
    } else if (kind < mix.ends[2]) {
      return one(List.of("no. go away.", "why ask me? go away."));
    } else if (kind < mix.ends[3]) {
      return plain + " " + ramble();
    }
    String offer = "buy our new " + one(THINGS) + " offer today.";
    return random.nextDouble() < 0.3 ? offer + " " + plain : offer;
  }

  private String step(String thing) {
    String object = random.nextDouble() < 0.6 ? thing : one(THINGS);
    return one(STEPS) + " the " + object + " with " + one(TOOLS);
  }

  private String ramble() {
    List<String> said = new ArrayList<>();
    int count = 3 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      said.add(one(FILLERS));
    }
    return String.join(" ", said) + ".";
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  private static void write(String file, List<String> lines) throws IOException {
    try (PrintWriter out =
        new PrintWriter(Files.newBufferedWriter(Path.of(file), StandardCharsets.UTF_8))) {
      lines.forEach(line -> out.print(line + "\n"));
    }
  }
}
