// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.engine.artifact.RowLog;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.judge.Asking;
import org.plumbline.engine.rlhf.judge.Judge;
import org.plumbline.engine.run.StageContext;

/**
 * The first half of {@link CritiqueRevision}: answers, critiques and revisions, round by round.
 *
 * <p>What a judge has written is kept as it comes and never asked for again; answers and candidates
 * come out the same each time and are sampled anew.
 */
final class Revising {

  private final StageContext context;
  private final PolicySpec.CritiqueRevision settings;
  private final Judge judge;
  private final ModelAnswers source;
  private final List<Prompt> prompts;
  private final RowLog log;
  private final int most;

  Revising(StageContext context, Judge judge, LanguageModel model, Work work) {
    this.context = context;
    this.settings = context.settings(PolicySpec.CritiqueRevision.class);
    this.judge = judge;
    this.source = new ModelAnswers(model);
    this.prompts = chosen(work.prompts());
    this.log = work.log();
    this.most = work.most();
  }

  /**
   * What is revised.
   *
   * @param prompts all prompts there are
   * @param log the revisions made before an interruption; the others are added
   * @param most revisions that are made in all
   */
  record Work(List<Prompt> prompts, RowLog log, int most) {

    /** Where an answer stands: in which round, and for which of the chosen prompts. */
    record Place(int round, int index) {}
  }

  /** Makes all revisions that the log does not have yet; returns the last of each answer. */
  List<Exchange> finish() throws IOException {
    for (int round = log.size() / prompts.size(); round * prompts.size() < most; round++) {
      List<Exchange> answers = round == 0 ? firstAnswers() : exchanges(round - 1, prompts.size());
      revise(round, answers);
    }
    int whole = most / prompts.size();
    List<Exchange> last = new ArrayList<>(exchanges(whole, most - whole * prompts.size()));
    if (whole > 0) {
      List<Exchange> before = exchanges(whole - 1, prompts.size());
      last.addAll(before.subList(last.size(), before.size()));
    }
    return last;
  }

  private void revise(int round, List<Exchange> answers) throws IOException {
    List<List<SampledAnswer>> candidates = candidates(round);
    RandomStream choice =
        RandomStream.of(
            context.seed(), RandomPurpose.ENVIRONMENT, RandomPurpose.FIRST_REVISION - round);
    List<String> principles = List.copyOf(judge.principles().keySet());
    try (Asking asking = new Asking(judge)) {
      int end = Math.min(prompts.size(), most - round * prompts.size());
      for (int at = log.size() - round * prompts.size(); at < end; ) {
        List<Callable<Map<String, Object>>> questions = new ArrayList<>();
        int to = Math.min(end, at + judge.atOnce());
        for (; at < to; at++) {
          int i = at;
          String principle = principles.get((int) (choice.uniform(i) * principles.size()));
          Work.Place place = new Work.Place(round, i);
          questions.add(() -> revised(place, answers.get(i), principle, candidates.get(i)));
        }
        asking.all(questions).forEach(log::add);
        context.progress(log.size(), total(), Map.of("round", round + 1.0));
        if (context.checkpointDue()) {
          context.saveCheckpoint(log.size(), log::write);
        }
      }
    }
  }

  private long total() {
    return (long) most + settings.steps();
  }

  private Map<String, Object> revised(
      Work.Place place, Exchange answer, String principle, List<SampledAnswer> candidates)
      throws IOException {
    long id = (long) place.round() * prompts.size() + place.index();
    Judge.Case about =
        new Judge.Case(id, answer.prompt().text(), answer.answer().text(), principle);
    Judge.Critique critique = judge.criticise(about);
    String revision = judge.revise(critique, candidates.stream().map(SampledAnswer::text).toList());
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("round", place.round() + 1);
    row.put("prompt", answer.prompt().json());
    row.put("answer", about.answer());
    row.put("principle", about.principle());
    row.put("critique", critique.text());
    row.put("revision", revision);
    row.put("finished", finished(revision, answer, candidates));
    return row;
  }

  /** Whether a text was not cut off: what a judge has written itself counts as whole. */
  static boolean finished(String revision, Exchange answer, List<SampledAnswer> candidates) {
    if (revision.equals(answer.answer().text())) {
      return answer.finished();
    }
    for (SampledAnswer candidate : candidates) {
      if (revision.equals(candidate.text())) {
        return candidate.finished();
      }
    }
    return true;
  }

  /** The first so many revisions of a round. */
  private List<Exchange> exchanges(int round, int revised) {
    List<JsonNode> rows = log.rows();
    int first = round * prompts.size();
    return rows.subList(first, first + revised).stream()
        .map(
            row -> {
              Prompt prompt = Prompt.of(row.path("prompt"));
              return new Exchange(
                  prompt,
                  prompt.answer(row.path("revision").asText()),
                  row.path("finished").asBoolean());
            })
        .toList();
  }

  private List<Exchange> firstAnswers() {
    List<SampledAnswer> answers =
        source.answer(prompts, sampling(), tokens(settings.revisions()), 0);
    List<Exchange> examples = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      SampledAnswer answer = answers.get(i);
      examples.add(new Exchange(prompts.get(i), answer.answer(), answer.finished()));
    }
    return examples;
  }

  /** New answers to each prompt for a judge to choose from; none for a judge that writes. */
  private List<List<SampledAnswer>> candidates(int round) {
    int each = judge.writesRevisions() ? 0 : settings.candidates();
    List<Prompt> repeated = Prompt.repeated(prompts, each);
    List<SampledAnswer> all = source.answer(repeated, sampling(), tokens(round), 0);
    List<List<SampledAnswer>> candidates = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      candidates.add(List.copyOf(all.subList(i * each, (i + 1) * each)));
    }
    return candidates;
  }

  private SamplingSettings sampling() {
    return Sampling.of(settings.sampling());
  }

  private RandomStream tokens(int round) {
    return RandomStream.of(
        context.seed(), RandomPurpose.ROLLOUT_TOKENS, RandomPurpose.FIRST_REVISION - round);
  }

  /** As many prompts as wanted, without repetition before all had their turn. */
  private List<Prompt> chosen(List<Prompt> all) {
    int[] order =
        RandomStream.of(context.seed(), RandomPurpose.ENVIRONMENT, RandomPurpose.FIRST_REVISION + 1)
            .permutation(all.size());
    List<Prompt> some = new ArrayList<>();
    for (int i = 0; i < settings.answers(); i++) {
      some.add(all.get(order[i % order.length]));
    }
    return some;
  }
}
