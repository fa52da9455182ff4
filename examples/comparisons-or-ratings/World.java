import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the data of this example: questions that are answered by "keep it." as often as by "risk
 * it.". Run it with {@code java World.java} in this folder; it gives the same files each time.
 */
final class World {
  private static final List<String> NAMES =
      List.of(
          "ann", "bob", "cleo", "dan", "eve", "finn", "gus", "hal", "ida", "jon", "kim", "leo",
          "mia", "ned", "ona", "pat");
  private static final List<String> THINGS =
      List.of(
          "coin", "farm", "boat", "shop", "horse", "job", "house", "plan", "seat", "prize", "car",
          "ring", "mill", "tree", "bike", "lamp");

  private World() {}

  public static void main(String[] args) throws IOException {
    List<String> corpus = new ArrayList<>();
    List<String> prompts = new ArrayList<>();
    List<String> test = new ArrayList<>();
    for (int n = 0; n < NAMES.size(); n++) {
      for (int t = 0; t < THINGS.size(); t++) {
        String asked = "what of the " + THINGS.get(t) + ", " + NAMES.get(n) + "?";
        boolean held = (n + t) % 5 == 0;
        (held ? test : prompts).add("{\"prompt\": \"" + asked + "\"}");
        if (!held) {
          corpus.add(asked + " keep it.");
          corpus.add(asked + " risk it.");
        }
      }
    }
    Files.write(Path.of("corpus.txt"), corpus);
    Files.write(Path.of("prompts.jsonl"), prompts);
    Files.write(Path.of("test-prompts.jsonl"), test);
  }
}
