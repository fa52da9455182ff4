import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes {@code preferences.jsonl}: made-up dialogues in the form of human preference data, so that
 * the example runs as it stands. Run it with {@code java Dialogues.java} in this folder.
 *
 * <p>In four of five rows the preferred answer is the friendlier and fuller one; in the fifth the
 * labels are the other way round, as people's are at times.
 */
final class Dialogues {
  private static final List<String> REQUESTS =
      List.of(
          "How can I fall asleep sooner?",
          "What should I cook for four friends?",
          "How do I tell my neighbour that the music is too loud?",
          "My bicycle makes a grinding noise. What can I do?",
          "How do I learn to swim as an adult?",
          "Which plants grow in a dark room?",
          "How do I write a letter of thanks?",
          "What can I do about a cold?",
          "How do I teach my dog to wait?",
          "How should I save for a long journey?",
          "Can you help me to plan a small garden?",
          "How do I get ink out of a shirt?");
  private static final List<String> FOLLOW_UPS =
      List.of(
          "I have tried that already. Anything else?",
          "That sounds like a lot of work.",
          "What would you do first?",
          "And if that does not help?");
  private static final List<String> OPENINGS =
      List.of("Happy to help!", "Good question.", "I would be glad to.", "Of course.");
  private static final List<String> ADVICE =
      List.of(
          "Start with one small step and see how it goes.",
          "Ask somebody who has done it before; most people like to explain.",
          "Write down what you have, then what is missing.",
          "Give it a week, a little every day, before you judge it.",
          "Take your time, and do the simple things first.",
          "A library has a good book about exactly this.");
  private static final List<String> CLOSINGS =
      List.of("Does that help?", "Tell me how it goes.", "What have you tried so far?", "");
  private static final List<String> CURT =
      List.of(
          "I don't know.",
          "That is your problem, not mine.",
          "Look it up.",
          "Why would you want that?",
          "Just give up.",
          "You should know this by now.");

  private final SplittableRandom random = new SplittableRandom(7);

  public static void main(String[] arguments) throws IOException {
    Dialogues dialogues = new Dialogues();
    try (PrintWriter out =
        new PrintWriter(
            Files.newBufferedWriter(Path.of("preferences.jsonl"), StandardCharsets.UTF_8))) {
      for (int i = 0; i < 320; i++) {
        out.print(dialogues.row() + "\n");
      }
    }
  }

  private String row() {
    StringBuilder prompt = new StringBuilder("\n\nHuman: " + one(REQUESTS));
    if (random.nextDouble() < 0.35) {
      prompt.append("\n\nAssistant: ").append(random.nextDouble() < 0.7 ? friendly() : one(CURT));
      prompt.append("\n\nHuman: ").append(one(FOLLOW_UPS));
    }
    prompt.append("\n\nAssistant: ");
    String good = friendly();
    String bad = random.nextDouble() < 0.7 ? one(CURT) : one(ADVICE);
    boolean turned = random.nextDouble() < 0.2;
    return "{\"chosen\": \"%s\", \"rejected\": \"%s\"}"
        .formatted(json(prompt + (turned ? bad : good)), json(prompt + (turned ? good : bad)));
  }

  private String friendly() {
    String second = random.nextDouble() < 0.5 ? " " + one(ADVICE) : "";
    return (one(OPENINGS) + " " + one(ADVICE) + second + " " + one(CLOSINGS)).strip();
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String json(String text) {
    return text.replace("\n", "\\n").replace("\"", "\\\"");
  }
}
