package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Facts that only a person knows, for the disclosure report. */
@SpecDsl
public final class DisclosureBlock extends ScriptBlock {
  private @Nullable String pretraining;

  /** How the base model was made, and from which texts. */
  public @Nullable String getPretraining() {
    return pretraining;
  }

  /** How the base model was made, and from which texts. */
  public void setPretraining(@Nullable String value) {
    pretraining = value;
    put("pretraining", value);
  }

  private @Nullable String evaluatorSelection;

  /** How evaluators were chosen and taught. */
  public @Nullable String getEvaluatorSelection() {
    return evaluatorSelection;
  }

  /** How evaluators were chosen and taught. */
  public void setEvaluatorSelection(@Nullable String value) {
    evaluatorSelection = value;
    put("evaluator_selection", value);
  }

  private @Nullable String exampleSelection;

  /** How examples were chosen, and what was done against poisoned ones. */
  public @Nullable String getExampleSelection() {
    return exampleSelection;
  }

  /** How examples were chosen, and what was done against poisoned ones. */
  public void setExampleSelection(@Nullable String value) {
    exampleSelection = value;
    put("example_selection", value);
  }

  private @Nullable String feedbackTypes;

  /** Which kinds of feedback were used, and why. */
  public @Nullable String getFeedbackTypes() {
    return feedbackTypes;
  }

  /** Which kinds of feedback were used, and why. */
  public void setFeedbackTypes(@Nullable String value) {
    feedbackTypes = value;
    put("feedback_types", value);
  }

  private @Nullable String qualityAssurance;

  /** How the quality of feedback was assured. */
  public @Nullable String getQualityAssurance() {
    return qualityAssurance;
  }

  /** How the quality of feedback was assured. */
  public void setQualityAssurance(@Nullable String value) {
    qualityAssurance = value;
    put("quality_assurance", value);
  }

  private @Nullable String disagreement;

  /** How the loss of the reward model treats disagreement. */
  public @Nullable String getDisagreement() {
    return disagreement;
  }

  /** How the loss of the reward model treats disagreement. */
  public void setDisagreement(@Nullable String value) {
    disagreement = value;
    put("disagreement", value);
  }

  private @Nullable String rewardEvaluation;

  /** How the reward model was tested, also by people who tried to break it. */
  public @Nullable String getRewardEvaluation() {
    return rewardEvaluation;
  }

  /** How the reward model was tested, also by people who tried to break it. */
  public void setRewardEvaluation(@Nullable String value) {
    rewardEvaluation = value;
    put("reward_evaluation", value);
  }

  private @Nullable String policyEvaluation;

  /** How the policy was tested, also for dangerous abilities. */
  public @Nullable String getPolicyEvaluation() {
    return policyEvaluation;
  }

  /** How the policy was tested, also for dangerous abilities. */
  public void setPolicyEvaluation(@Nullable String value) {
    policyEvaluation = value;
    put("policy_evaluation", value);
  }

  private @Nullable String audits;

  /** Who has audited it, inside and outside. */
  public @Nullable String getAudits() {
    return audits;
  }

  /** Who has audited it, inside and outside. */
  public void setAudits(@Nullable String value) {
    audits = value;
    put("audits", value);
  }

  private @Nullable String expectedRisks;

  /** Which risks and failures are expected. */
  public @Nullable String getExpectedRisks() {
    return expectedRisks;
  }

  /** Which risks and failures are expected. */
  public void setExpectedRisks(@Nullable String value) {
    expectedRisks = value;
    put("expected_risks", value);
  }

  private @Nullable String monitoring;

  /** How it will be watched, and what will be done if it fails. */
  public @Nullable String getMonitoring() {
    return monitoring;
  }

  /** How it will be watched, and what will be done if it fails. */
  public void setMonitoring(@Nullable String value) {
    monitoring = value;
    put("monitoring", value);
  }

  private @Nullable String contact;

  /** Whom to write to. */
  public @Nullable String getContact() {
    return contact;
  }

  /** Whom to write to. */
  public void setContact(@Nullable String value) {
    contact = value;
    put("contact", value);
  }
}
