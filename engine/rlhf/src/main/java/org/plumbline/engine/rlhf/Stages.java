// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.plumbline.engine.rlhf.data.LoadData;
import org.plumbline.engine.rlhf.evaluate.Evaluate;
import org.plumbline.engine.rlhf.feedback.CollectComparisons;
import org.plumbline.engine.rlhf.feedback.FreshLabels;
import org.plumbline.engine.rlhf.feedback.JudgeAnswers;
import org.plumbline.engine.rlhf.feedback.PooledFeedback;
import org.plumbline.engine.rlhf.feedback.item.CollectItems;
import org.plumbline.engine.rlhf.feedback.item.RecordedFeedback;
import org.plumbline.engine.rlhf.models.ImportModel;
import org.plumbline.engine.rlhf.policies.AdvantageWeightedRegression;
import org.plumbline.engine.rlhf.policies.Bco;
import org.plumbline.engine.rlhf.policies.BestOfN;
import org.plumbline.engine.rlhf.policies.ConditionalTraining;
import org.plumbline.engine.rlhf.policies.Cpo;
import org.plumbline.engine.rlhf.policies.CritiqueRevision;
import org.plumbline.engine.rlhf.policies.Dpo;
import org.plumbline.engine.rlhf.policies.ExpertIteration;
import org.plumbline.engine.rlhf.policies.FDpg;
import org.plumbline.engine.rlhf.policies.Filtering;
import org.plumbline.engine.rlhf.policies.Gdc;
import org.plumbline.engine.rlhf.policies.Grpo;
import org.plumbline.engine.rlhf.policies.Ipo;
import org.plumbline.engine.rlhf.policies.Kto;
import org.plumbline.engine.rlhf.policies.LanguageFeedback;
import org.plumbline.engine.rlhf.policies.MixedPolicies;
import org.plumbline.engine.rlhf.policies.NashMd;
import org.plumbline.engine.rlhf.policies.OnlineDpo;
import org.plumbline.engine.rlhf.policies.Orpo;
import org.plumbline.engine.rlhf.policies.Ppo;
import org.plumbline.engine.rlhf.policies.Pretrain;
import org.plumbline.engine.rlhf.policies.Quantilizer;
import org.plumbline.engine.rlhf.policies.Reinforce;
import org.plumbline.engine.rlhf.policies.ReinforcePlusPlus;
import org.plumbline.engine.rlhf.policies.RejectionSampling;
import org.plumbline.engine.rlhf.policies.RewardWeightedRegression;
import org.plumbline.engine.rlhf.policies.Rloo;
import org.plumbline.engine.rlhf.policies.Rrhf;
import org.plumbline.engine.rlhf.policies.Shield;
import org.plumbline.engine.rlhf.policies.Simpo;
import org.plumbline.engine.rlhf.policies.Slic;
import org.plumbline.engine.rlhf.policies.Supervised;
import org.plumbline.engine.rlhf.policies.Unlikelihood;
import org.plumbline.engine.rlhf.redteam.RedTeam;
import org.plumbline.engine.rlhf.rewards.AiJudge;
import org.plumbline.engine.rlhf.rewards.BradleyTerry;
import org.plumbline.engine.rlhf.rewards.CorrectionRanking;
import org.plumbline.engine.rlhf.rewards.DirectOversight;
import org.plumbline.engine.rlhf.rewards.Distributional;
import org.plumbline.engine.rlhf.rewards.FeedbackRewards;
import org.plumbline.engine.rlhf.rewards.Mixture;
import org.plumbline.engine.rlhf.rewards.MultiObjective;
import org.plumbline.engine.rlhf.rewards.RankedDemonstrations;
import org.plumbline.engine.rlhf.rewards.RewardRational;
import org.plumbline.engine.rlhf.rewards.RulesReward;
import org.plumbline.engine.rlhf.rewards.VerifiableReward;
import org.plumbline.engine.run.Stage;

/** All operations of this module. */
public final class Stages {
  private static final List<Stage> ALL =
      Stream.of(
              CollectItems.all(),
              FeedbackRewards.all(),
              List.<Stage>of(
                  new LoadData(),
                  new Pretrain(),
                  new ImportModel(),
                  new Supervised(),
                  new CollectComparisons(),
                  new RecordedFeedback(),
                  new PooledFeedback(),
                  new BradleyTerry(),
                  new CorrectionRanking(),
                  new RankedDemonstrations(),
                  new RewardRational(),
                  new Distributional(),
                  new Mixture(),
                  new RulesReward(),
                  new VerifiableReward(),
                  new MultiObjective(),
                  new AiJudge(),
                  new DirectOversight(),
                  new Ppo(),
                  new Rloo(),
                  new Reinforce(),
                  new ReinforcePlusPlus(),
                  new Grpo(),
                  new Dpo(),
                  new Orpo(),
                  new Ipo(),
                  new Simpo(),
                  new Cpo(),
                  new Slic(),
                  new Rrhf(),
                  new Kto(),
                  new Bco(),
                  new BestOfN(),
                  new Quantilizer(),
                  new RejectionSampling(),
                  new Shield(),
                  new MixedPolicies(),
                  new ExpertIteration(),
                  new ConditionalTraining(),
                  new OnlineDpo(FreshLabels::open),
                  new NashMd(FreshLabels::open),
                  new Filtering(),
                  new Unlikelihood(),
                  new RewardWeightedRegression(),
                  new AdvantageWeightedRegression(),
                  new Gdc(),
                  new FDpg(),
                  new LanguageFeedback(),
                  new CritiqueRevision(),
                  new JudgeAnswers(),
                  new RedTeam(),
                  new Evaluate()))
          .flatMap(List::stream)
          .toList();

  private Stages() {}

  /** One object of each stage; they hold no state. */
  public static List<Stage> all() {
    return ALL;
  }

  /** The stages by the names of their operations. */
  public static Map<String, Stage> byOperation() {
    Map<String, Stage> stages = new TreeMap<>();
    ALL.forEach(stage -> stages.put(stage.operation(), stage));
    return stages;
  }
}
