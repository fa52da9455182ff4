// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.redteam;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.plumbline.dsl.model.AttackedSpec;
import org.plumbline.engine.artifact.AttackRow;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.policies.Policies;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Checkpoint;

/**
 * Looks, prompt by prompt, for a text that makes a policy do what it should not when it stands
 * behind the prompt. Equally many texts are tried for all recipes, and each is answered once: the
 * first success tells how many tries are enough.
 *
 * <p>A success may be chance, and becomes likelier with every try. So the best of the texts, by the
 * likelihood of the target, or else by the feature of its answer, is put behind the first 16 of the
 * attacked prompts once more, and answered with random numbers that it was not chosen by.
 *
 * <p>Texts and answers of a prompt follow from the seed and the prompt's place alone, but for
 * {@link LearnedSuffixes}, which goes on with what it has learned; checkpoints hold that.
 *
 * <p>Writes {@link AttackRow}s.
 */
public final class RedTeam implements Stage {
  private static final int AT_ONCE = 16;
  private static final int TRANSFERRED = 16;
  private static final String MEMORY = "memory";
  private static final String MEMORY_FILE = "attacker.json";

  @Override
  public String operation() {
    return "red_team";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void run(StageContext context) throws IOException {
    AttackedSpec spec = context.settings(AttackedSpec.class);
    List<Prompt> all = DataSet.of(context, "prompts").prompts();
    List<Prompt> prompts = all.subList(0, Math.min(spec.first(), all.size()));
    Utility values = Utility.declared(context, spec.values());
    try (AnswerSource source = Policies.open(context, context.input("policy"))) {
      AttackedPolicy policy = new AttackedPolicy(source, spec, values.feature(spec.feature()));
      SuffixSearch search = SuffixSearch.of(spec, policy.vocabulary());
      List<AttackRow> rows = restored(context.checkpoint(), search);
      Run run = new Run(context.seed(), spec, prompts, policy, search);
      while (rows.size() < prompts.size()) {
        rows.add(run.attack(rows.size()));
        if (rows.size() < prompts.size() && context.checkpointDue()) {
          context.saveCheckpoint(
              rows.size(),
              folder -> {
                AttackRow.write(folder, rows);
                JsonFiles.write(folder.resolve(MEMORY_FILE), Map.of(MEMORY, search.memory()));
              });
        }
        context.progress(rows.size(), prompts.size(), Map.of("successes", successes(rows)));
      }
      if (spec.targetText() != null && source.klBound() > 0) {
        context.note(
            "the policy chooses among samples or among policies: the attack follows how likely the"
                + " target is to a model that it draws from");
      }
      source.note(context);
      write(context, rows);
    }
  }

  private static List<AttackRow> restored(Optional<Checkpoint> checkpoint, SuffixSearch search)
      throws IOException {
    if (checkpoint.isEmpty()) {
      return new ArrayList<>();
    }
    JsonNode memory = JsonFiles.read(checkpoint.get().folder().resolve(MEMORY_FILE)).path(MEMORY);
    double[] numbers = new double[memory.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = memory.get(i).asDouble();
    }
    search.remember(numbers);
    return new ArrayList<>(AttackRow.read(checkpoint.get().folder()));
  }

  private static double successes(List<AttackRow> rows) {
    return rows.stream().filter(row -> row.success() != null).count();
  }

  private void write(StageContext context, List<AttackRow> rows) throws IOException {
    AttackRow.write(context.output(), rows);
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("operation", operation());
    summary.put("prompts", rows.size());
    summary.put("tries", rows.stream().mapToInt(AttackRow::tries).sum());
    summary.put("successes", (int) successes(rows));
    JsonFiles.write(context.output().resolve("summary.json"), summary);
  }

  /** What one run of the stage works with. */
  private record Run(
      long seed,
      AttackedSpec spec,
      List<Prompt> prompts,
      AttackedPolicy policy,
      SuffixSearch search) {

    /** The texts that are tried behind one prompt. */
    AttackRow attack(int index) {
      Prompt prompt = prompts.get(index);
      search.begin(
          RandomStream.of(seed, RandomPurpose.ATTACK_TEXTS, 0).forItem(index),
          text -> policy.slopes(prompt, text));
      RandomStream stream = RandomStream.of(seed, RandomPurpose.ATTACK_TOKENS, index);
      Tried best = null;
      Integer success = null;
      int tries = 0;
      while (tries < spec.tries()) {
        List<int[]> proposed = search.propose(Math.min(AT_ONCE, spec.tries() - tries));
        List<String> texts = proposed.stream().map(policy::text).toList();
        List<Prompt> attacked =
            texts.stream().map(text -> AttackedPolicy.with(prompt, text)).toList();
        List<String> answers = policy.answers(attacked, stream, tries);
        double[] scores = policy.scores(attacked, answers);
        search.told(scores);
        for (int i = 0; i < scores.length; i++) {
          tries++;
          if (success == null && policy.succeeds(attacked.get(i), answers.get(i))) {
            success = tries;
          }
          if (best == null || scores[i] > best.score) {
            best = new Tried(texts.get(i), answers.get(i), scores[i]);
          }
        }
      }
      if (best == null) {
        throw new IllegalStateException("nothing was tried behind prompt " + index);
      }
      return new AttackRow(
          spec.attack().name().toLowerCase(Locale.ROOT),
          index,
          prompt.text(),
          tries,
          success,
          best.text,
          best.answer,
          transfer(index, best.text));
    }

    /** The share of prompts that the text succeeds behind. */
    private double transfer(int index, String text) {
      List<Prompt> others =
          prompts.subList(0, Math.min(TRANSFERRED, prompts.size())).stream()
              .map(prompt -> AttackedPolicy.with(prompt, text))
              .toList();
      RandomStream stream = RandomStream.of(seed, RandomPurpose.TRANSFER_TOKENS, index);
      List<String> answers = policy.answers(others, stream, 0);
      int succeeded = 0;
      for (int i = 0; i < others.size(); i++) {
        succeeded += policy.succeeds(others.get(i), answers.get(i)) ? 1 : 0;
      }
      return succeeded / (double) others.size();
    }
  }

  /** A text that was tried, and what came of it. */
  private record Tried(String text, String answer, double score) {}
}
