package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.PolicySpec;
import org.plumbline.dsl.model.Regularizers;
import org.plumbline.engine.lm.AdamW;
import org.plumbline.engine.lm.Batch;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.RandomPurpose;
import org.plumbline.engine.lm.RandomStream;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.StepResult;
import org.plumbline.engine.lm.Tensor;
import org.plumbline.engine.lm.TokenScores;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.numerics.KlController;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.rewards.RewardModel;
import org.plumbline.engine.rlhf.training.DataOrder;
import org.plumbline.engine.rlhf.training.Scoring;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.store.Stage;
import org.plumbline.engine.store.StageContext;
import org.plumbline.engine.store.StageFailure;

/**
 * Proximal policy optimisation of a language model against a reward, kept near a reference.
 *
 * <p>Schulman et al., "Proximal Policy Optimization Algorithms", 2017, arXiv:1707.06347, equations
 * 7 and 9; for language models Ziegler et al. 2019, arXiv:1909.08593, equation 2, and Stiennon et
 * al. 2020, arXiv:2009.01325. With the reward of token t
 *
 * <pre>{@code
 * R_t = -beta (log pi(y_t|..) - log ref(y_t|..)) + [t is the last] score(x, y)
 * }</pre>
 *
 * <p>advantages A by GAE, whitened over the batch, and rho = pi / pi_old, the mean over the tokens
 * of a minibatch of
 *
 * <pre>{@code
 * L   = max(-A rho, -A clip(rho, 1 - e, 1 + e)) + c_v L_v - c_e H
 * L_v = 1/2 max((V - G)^2, (clip(V, V_old - e_v, V_old + e_v) - G)^2),  G = A_unwhitened + V_old
 * }</pre>
 *
 * <p>Choices the papers leave open: beta's log-ratio is of the sampled token, at the sampling
 * temperature, without gradient; policy and value head share the trunk, and the head starts at
 * zero; advantages and returns are computed once per update; whitening divides by the population's
 * deviation; each epoch has a fresh permutation; the learning rate falls linearly to zero; the
 * adaptive coefficient moves once per update. Scores are normalised by the reward model and then
 * cut.
 *
 * <p>Differs from lm-human-preferences: rewards are not whitened and epsilon is in PyTorch's place.
 * Differs from TRL's PPOTrainer: the value head shares the policy's trunk, and the variance is the
 * population's.
 */
public final class Ppo implements Stage {
  /** 1e-5: the code of Ziegler et al. 2019; small gradients then move little. */
  static final AdamW.Settings ADAM_W = new AdamW.Settings(0.9, 0.999, 1e-5, 0, 1);

  /** Log-ratios beyond this are cut before they are exponentiated, as verl and OpenRLHF do. */
  private static final float LARGEST_LOG_RATIO = 20;

  /** The stream of update 0: apart from those that feedback is sampled with. */
  private static final int FIRST_STREAM = 1000;

  @Override
  public String operation() {
    return "ppo";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PolicySpec.Ppo settings = context.settings(PolicySpec.Ppo.class);
    Regularizers.Kl kl = settings.regularizers().kl();
    List<Prompt> prompts = DataSet.of(context, "prompts").prompts();
    String referenceRole = kl.reference() == null ? "from" : "regularizers.kl.reference";
    try (LanguageModel reference = Models.openModel(context, referenceRole);
        RewardModel reward = RewardModel.open(context.input("reward"));
        TrainingRun run =
            TrainingRun.of(
                context,
                settings.schedule().updates(),
                ADAM_W,
                () -> start(context, reference, kl))) {
      Rollouts rollouts = new Rollouts(settings, run.model(), reference, reward);
      train(context, run, rollouts, prompts);
    }
  }

  private static LanguageModel start(
      StageContext context, LanguageModel reference, Regularizers.Kl kl) {
    LanguageModel start =
        kl.reference() == null
            ? reference.toTrain(context.seed())
            : Models.openToTrain(context, "from");
    if (!Arrays.equals(start.tokenizer().json(), reference.tokenizer().json())) {
      start.close();
      throw new StageFailure(
          "PLB0222",
          "the policy and its KL reference have different tokenizers",
          "regularizers.kl.reference",
          "name a reference that descends from the same base model");
    }
    return start.withHead(ScalarHead.VALUE, 0, context.seed());
  }

  static void train(StageContext context, TrainingRun run, Rollouts rollouts, List<Prompt> prompts)
      throws IOException {
    PolicySpec.Ppo settings = context.settings(PolicySpec.Ppo.class);
    Regularizers.Kl kl = settings.regularizers().kl();
    KlController controller =
        new KlController(run.number("kl_coefficient", kl.coefficient()), kl.target(), kl.horizon());
    DataOrder order =
        new DataOrder(context.seed(), prompts.size(), settings.schedule().batchSize());
    Schedule schedule = Schedule.linear(settings.schedule().updates(), 0);
    long tokens = (long) run.number("tokens", 0);
    for (long update = run.firstStep(); update < settings.schedule().updates(); update++) {
      int[] chosen = order.batch(update);
      RandomStream stream =
          RandomStream.of(
              context.seed(), RandomPurpose.ROLLOUT_TOKENS, FIRST_STREAM + (int) update);
      List<Prompt> asked = TrainingRun.pick(prompts, chosen);
      Rollout rollout = rollouts.sample(asked, stream, controller.coefficient());
      rollouts.keep(run, update, asked, rollout);
      double rate = settings.learningRate() * schedule.factor(update);
      Map<String, Double> metrics = rollout.metrics();
      metrics.put("kl_coefficient", controller.coefficient());
      metrics.putAll(
          learn(run, update, rollout, new Learning(settings, rate, context.seed(), chosen)));
      metrics.put("learning_rate", rate);
      controller = controller.after(rollout.meanKl(), rollout.size());
      tokens += rollout.tokens();
      run.keep("kl_coefficient", controller.coefficient());
      run.keep("tokens", (double) tokens);
      run.done(update, metrics);
    }
    rollouts.note(context);
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("operation", "ppo");
    summary.put("steps", (long) settings.schedule().updates());
    summary.put("answers", (long) settings.schedule().updates() * settings.schedule().batchSize());
    summary.put("tokens", tokens);
    summary.put("kl_coefficient", controller.coefficient());
    run.finish(summary);
  }

  /** All epochs over one rollout; returns the means of what the minibatches logged. */
  private static Map<String, Double> learn(
      TrainingRun run, long update, Rollout rollout, Learning how) {
    PolicySpec.Ppo settings = how.settings();
    RandomStream stream = RandomStream.of(how.seed(), RandomPurpose.MINIBATCH, (int) update);
    MeanMetrics means = new MeanMetrics();
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      int[] order = permutation(stream, epoch, rollout.size());
      for (int[] part : Rollout.parts(order, settings.minibatches())) {
        Rollout minibatch = rollout.select(part);
        Map<String, Double> logged = new LinkedHashMap<>();
        int[] rows = new int[part.length];
        for (int i = 0; i < rows.length; i++) {
          rows[i] = how.rows()[part[i]];
        }
        StepResult result =
            run.update(
                update, rows, how.rate(), () -> loss(run.model(), minibatch, settings, logged));
        logged.put("gradient_norm", result.gradientNorm());
        means.add(logged);
      }
    }
    return means.values();
  }

  private static int[] permutation(RandomStream stream, int epoch, int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    stream.forItem(epoch).shuffle(order);
    return order;
  }

  /** The loss of a minibatch; also puts what is to be logged into {@code logged}. */
  static Tensor loss(
      LanguageModel model, Rollout rows, PolicySpec.Ppo settings, Map<String, Double> logged) {
    Batch batch = Batch.of(rows.sequences());
    Tensor mask = batch.mask(); // [batch, time-1]
    TokenScores now = Scoring.tokens(model, batch, settings.rollout().sampling().temperature());
    Terms terms =
        new Terms(
            now.logProbs(), batch.aligned(rows.logProbs()), batch.aligned(rows.advantages()), mask);
    Tensor policy = policyLoss(terms, settings.clip());
    Tensor value =
        valueLoss(
            new ValueTerms(
                now.values(), batch.aligned(rows.values()), batch.aligned(rows.returns()), mask),
            settings.valueClip());
    Tensor loss = policy.add(value.mul((float) settings.valueCoefficient()));
    double bonus = settings.regularizers().entropy();
    if (bonus > 0) {
      loss = loss.sub(now.entropy().maskedMean(mask).mul((float) bonus));
    }
    Tensor moved = terms.logRatio();
    Tensor outside = moved.exp().sub(1f).abs().greater((float) settings.clip());
    logged.put("policy_loss", (double) policy.item());
    logged.put("value_loss", (double) value.item());
    logged.put("clip_share", (double) outside.maskedMean(mask).item());
    logged.put("approximate_kl", (double) moved.square().maskedMean(mask).item() / 2);
    return loss;
  }

  /** The clipped surrogate, averaged over the tokens of the minibatch. */
  static Tensor policyLoss(Terms terms, double clip) {
    Tensor ratio = terms.logRatio().exp();
    Tensor against = terms.advantages().neg();
    Tensor clipped = ratio.clamp((float) (1 - clip), (float) (1 + clip));
    return against.mul(ratio).maximum(against.mul(clipped)).maskedMean(terms.mask());
  }

  /** The clipped squared error of the value head, averaged over the tokens of the minibatch. */
  static Tensor valueLoss(ValueTerms terms, double clip) {
    Tensor moved = terms.values().sub(terms.old()).clamp((float) -clip, (float) clip);
    Tensor plain = terms.values().sub(terms.returns()).square();
    Tensor clipped = terms.old().add(moved).sub(terms.returns()).square();
    return plain.maximum(clipped).maskedMean(terms.mask()).mul(0.5f);
  }

  /** What the surrogate is made of, all [batch, time-1]. */
  record Terms(Tensor logProbs, Tensor old, Tensor advantages, Tensor mask) {
    Tensor logRatio() {
      return logProbs.sub(old).clamp(-LARGEST_LOG_RATIO, LARGEST_LOG_RATIO);
    }
  }

  /** What the value loss is made of, all [batch, time-1]. */
  record ValueTerms(Tensor values, Tensor old, Tensor returns, Tensor mask) {}

  /** How an update learns: rows are the prompts' numbers in the data, for messages. */
  private record Learning(PolicySpec.Ppo settings, double rate, long seed, int[] rows) {}

  /** Means of what several minibatches logged. */
  private static final class MeanMetrics {
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private int count;

    void add(Map<String, Double> logged) {
      logged.forEach((name, value) -> sums.merge(name, value, Double::sum));
      count++;
    }

    Map<String, Double> values() {
      Map<String, Double> means = new LinkedHashMap<>();
      sums.forEach((name, sum) -> means.put(name, sum / count));
      return means;
    }
  }
}
