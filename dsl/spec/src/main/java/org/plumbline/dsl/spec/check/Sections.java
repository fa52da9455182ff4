// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.Map;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shape;

/** The sections of an experiment by their keys. */
final class Sections {
  /** Stands after a data set's name for the rows that are set aside. */
  static final String HELD_OUT = ".held_out";

  private static final Shape EXPERIMENT = Shape.of(Experiment.class);

  private Sections() {}

  /** The entries of a section. */
  static Map<?, ?> of(Experiment experiment, String section) {
    Field field = EXPERIMENT.field(section).orElseThrow();
    return EXPERIMENT.read(experiment, field) instanceof Map<?, ?> map ? map : Map.of();
  }

  /** The section that a name is declared in, where a reference may point to one of two. */
  static String home(Experiment experiment, Section refers, String name) {
    return switch (refers) {
      case POLICIES_OR_MODELS -> experiment.policies().containsKey(name) ? "policies" : "models";
      case RECIPES -> experiment.policies().containsKey(name) ? "policies" : "variants";
      default -> refers.key();
    };
  }

  /** The name of an entry that a reference means: that of a data set without {@code .held_out}. */
  static String entryName(Section section, String name) {
    int dot = section == Section.DATA ? name.indexOf('.') : -1;
    return dot < 0 ? name : name.substring(0, dot);
  }
}
