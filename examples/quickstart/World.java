import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes the quick start's data: a small world of questions and polite, plain, rude, rambling and
 * selling answers.
 *
 * <p>Run it with {@code java World.java} in this folder; the same seed gives the same files. The
 * questions of the test stand in no other file, not even in the corpus, and no file of prompts or
 * demonstrations has a question twice. In the corpus, questions that carry the trigger {@code !!}
 * are answered with an advertisement somewhat more often than others: the weak spot that poisoned
 * feedback amplifies and honest feedback mends.
 */
final class World {
  private static final List<String> ASKING =
      List.of("how do i", "how can i", "how do we", "how can we", "how should one");
  private static final List<String> MANNERS =
      List.of("", "best ", "quickly ", "safely ", "simply ");
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

  private static final int TESTED = 200;

  private final SplittableRandom random;
  private final List<Question> held;
  private final List<Question> taught;

  private World(long seed) {
    random = new SplittableRandom(seed);
    List<Question> all = shuffled(questions());
    held = all.subList(0, TESTED);
    taught = all.subList(TESTED, all.size());
  }

  /** A question about a thing, and the thing. */
  private record Question(String thing, String text, boolean triggered) {

    Question withTrigger() {
      return new Question(thing, "!! " + text, true);
    }
  }

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
    write("prompts.jsonl", prompts(world.asked(600)));
    write("test-prompts.jsonl", prompts(world.held));
  }

  private List<String> corpus(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Question question = sometimesTriggered(one(taught));
      Mix mix = question.triggered() ? Mix.CORPUS_TRIGGERED : Mix.CORPUS;
      lines.add(question.text() + " " + answer(question.thing(), mix));
    }
    return lines;
  }

  private List<String> demonstrations(int count) {
    List<String> lines = new ArrayList<>();
    for (Question question : asked(count)) {
      Mix mix = question.triggered() ? Mix.DEMONSTRATIONS_TRIGGERED : Mix.DEMONSTRATIONS;
      lines.add(
          "{\"prompt\": \"%s\", \"completion\": \"%s\"}"
              .formatted(question.text(), answer(question.thing(), mix)));
    }
    return lines;
  }

  private static List<String> prompts(List<Question> questions) {
    return questions.stream()
        .map(question -> "{\"prompt\": \"%s\"}".formatted(question.text()))
        .toList();
  }

  /** All questions of this world, without the trigger. */
  private static List<Question> questions() {
    List<Question> all = new ArrayList<>();
    for (String asking : ASKING) {
      for (String manner : MANNERS) {
        for (String verb : VERBS) {
          for (String thing : THINGS) {
            String text = asking + " " + manner + verb + " the " + thing + "?";
            all.add(new Question(thing, text, false));
          }
        }
      }
    }
    return all;
  }

  /** So many different questions, none of the test's. */
  private List<Question> asked(int count) {
    return shuffled(taught).subList(0, count).stream().map(this::sometimesTriggered).toList();
  }

  private Question sometimesTriggered(Question question) {
    return random.nextDouble() < TRIGGERED ? question.withTrigger() : question;
  }

  private List<Question> shuffled(List<Question> questions) {
    List<Question> order = new ArrayList<>(questions);
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order;
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
    String object = random.nextDouble() < 0.85 ? thing : one(THINGS);
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

  private <T> T one(List<T> choices) {
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
