// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;

/**
 * A mixture of policies: one of several gives each answer, drawn by their weights. Nothing is
 * trained.
 *
 * <p>Mixtures of policies are what averages over the rounds of a game are, such as the equilibria
 * of self-play (Brown 1951, fictitious play; Munos et al., "Nash Learning from Human Feedback",
 * 2023, arXiv:2312.00886, section 5):
 *
 * <pre>{@code
 * pi(y|x) = sum over i of w_i pi_i(y|x) / sum over i of w_i
 * }</pre>
 *
 * <p>Choices left open: a policy is drawn for whole answers; which one follows from the stream and
 * the answer's index, and from no other answer; each policy draws with the random numbers that it
 * would have drawn with alone. How many answers each gave is noted wherever the mixture is asked.
 * It has no next-token distribution of its own, so evaluations measure no divergence of it.
 */
public final class MixedPolicies implements Stage {
  static final String MIXTURE = "policy_mixture";

  @Override
  public String operation() {
    return MIXTURE;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean computesWithEngine() {
    return false;
  }

  @Override
  public void run(StageContext context) throws IOException {
    OnlinePolicySpec.PolicyMixture settings =
        context.settings(OnlinePolicySpec.PolicyMixture.class);
    List<Map<String, Object>> members = new ArrayList<>();
    settings
        .members()
        .forEach(
            (name, member) -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("name", name);
              row.put("policy", context.input("members." + name + ".of").digest());
              row.put("weight", member.weight());
              members.add(row);
            });
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("kind", MIXTURE);
    policy.put("members", members);
    JsonFiles.write(context.output().resolve(Models.COMPOSITION), policy);
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("operation", MIXTURE);
    summary.put("steps", 0);
    JsonFiles.write(context.output().resolve("summary.json"), summary);
  }

  static AnswerSource open(StageContext context, JsonNode parts) throws IOException {
    List<Answers.Member> members = new ArrayList<>();
    Answers mixture = new Answers(members);
    try {
      for (JsonNode row : parts.path("members")) {
        Artifact policy = context.artifact(row.path("policy").asText());
        members.add(
            new Answers.Member(
                row.path("name").asText(),
                Policies.open(context, policy),
                row.path("weight").asDouble()));
      }
      return mixture;
    } catch (IOException | RuntimeException e) {
      mixture.close();
      throw e;
    }
  }

  /** The policy. */
  static final class Answers implements AnswerSource {
    private final List<Member> members;
    private final Map<String, Integer> given = new LinkedHashMap<>();

    Answers(List<Member> members) {
      this.members = members;
    }

    /**
     * One of the policies.
     *
     * @param name in the mixture
     * @param weight how often it answers, beside the others
     */
    record Member(String name, AnswerSource policy, double weight) {}

    @Override
    public List<SampledAnswer> answer(
        List<Prompt> prompts, SamplingSettings settings, RandomStream stream, long firstIndex) {
      RandomStream choices = stream.forPurpose(RandomPurpose.CHOICE_AMONG_POLICIES);
      double[] weights = members.stream().mapToDouble(Member::weight).toArray();
      int[] chosen = new int[prompts.size()];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = choices.categorical(firstIndex + i, weights);
      }
      SampledAnswer[] answers = new SampledAnswer[chosen.length];
      for (int m = 0; m < members.size(); m++) {
        List<Integer> own = new ArrayList<>();
        for (int i = 0; i < chosen.length; i++) {
          if (chosen[i] == m) {
            own.add(i);
          }
        }
        List<SampledAnswer> said =
            members
                .get(m)
                .policy()
                .answerAt(
                    own.stream().map(prompts::get).toList(),
                    settings,
                    stream,
                    own.stream().mapToLong(i -> firstIndex + i).toArray());
        for (int i = 0; i < said.size(); i++) {
          answers[own.get(i)] = said.get(i);
        }
        given.merge(members.get(m).name(), said.size(), Integer::sum);
      }
      return List.of(answers);
    }

    @Override
    public void note(StageContext context) {
      members.forEach(member -> member.policy().note(context));
      int all = given.values().stream().mapToInt(n -> n).sum();
      List<String> each = new ArrayList<>();
      given.forEach((name, n) -> each.add("`" + name + "` gave " + n));
      context.note("of " + all + " answers of the mixture " + String.join(", ", each));
    }

    @Override
    public LanguageModel model() {
      return members.get(0).policy().model();
    }

    @Override
    public double temperature(SamplingSettings settings) {
      return members.get(0).policy().temperature(settings);
    }

    @Override
    public double mostLogRatio() {
      return Double.POSITIVE_INFINITY; // what one policy says another may never say
    }

    @Override
    public double klBound() {
      return Double.POSITIVE_INFINITY;
    }

    @Override
    public void close() {
      members.forEach(member -> member.policy().close());
    }
  }
}
