package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Real people, who label on a page. */
@SpecDsl
public final class AnnotatorsBlock extends ScriptBlock {
  private @Nullable String instructions;

  /** What they are told, as it stands on the page. */
  public @Nullable String getInstructions() {
    return instructions;
  }

  /** What they are told, as it stands on the page. */
  public void setInstructions(@Nullable String value) {
    instructions = value;
    put("instructions", value);
  }

  private @Nullable Number size;

  /** People who may take part; absent: any number. */
  public @Nullable Number getSize() {
    return size;
  }

  /** People who may take part; absent: any number. */
  public void setSize(@Nullable Number value) {
    size = value;
    put("size", value);
  }

  private @Nullable Number waitHours;

  /** How long labels are waited for. */
  public @Nullable Number getWaitHours() {
    return waitHours;
  }

  /** How long labels are waited for. */
  public void setWaitHours(@Nullable Number value) {
    waitHours = value;
    put("wait_hours", value);
  }

  private @Nullable Number perPerson;

  /** Most labels of one person. */
  public @Nullable Number getPerPerson() {
    return perPerson;
  }

  /** Most labels of one person. */
  public void setPerPerson(@Nullable Number value) {
    perPerson = value;
    put("per_person", value);
  }

  private @Nullable Number goldQuestions;

  /** Share of the questions whose answer is known, to find who does not look. */
  public @Nullable Number getGoldQuestions() {
    return goldQuestions;
  }

  /** Share of the questions whose answer is known, to find who does not look. */
  public void setGoldQuestions(@Nullable Number value) {
    goldQuestions = value;
    put("gold_questions", value);
  }
}
