// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.spec.docs.JsonSchema;
import org.plumbline.dsl.spec.docs.ReferencePage;

/** The schema and the reference page are those of the records, and the records say everything. */
class GeneratedReferenceTest {
  private static final Path REFERENCE = Golden.repository().resolve("docs/reference");

  @Test
  void theSchemaIsUpToDate() {
    Golden.check(REFERENCE.resolve("plumb-v1.schema.json"), JsonSchema.write());
  }

  @Test
  void theReferencePageIsUpToDate() {
    Golden.check(REFERENCE.resolve("spec.md"), ReferencePage.write());
  }

  @Test
  void everyKeyHasAMeaningAndEveryDefaultIsAllowed() {
    List<String> problems = new ArrayList<>();
    for (Shape shape : shapes()) {
      if (shape.doc().isEmpty()) {
        problems.add(shape + " has no meaning");
      }
      for (Field field : shape.fields()) {
        String key = shape + "." + field.name();
        if (field.doc().isEmpty() || field.doc().endsWith(".")) {
          problems.add(key + ": a meaning in one sentence without a full stop");
        }
        if (field.optional() && field.defaultText() != null) {
          problems.add(key + " is optional and has a default");
        }
        boolean number = field.type() instanceof Type.Real || field.type() instanceof Type.Whole;
        if (number && field.defaultText() != null && field.range() != null) {
          double value = Double.parseDouble(field.defaultText());
          if (!field.range().contains(value)) {
            problems.add(key + ": default outside its range");
          }
        }
      }
    }

    assertThat(problems).isEmpty();
  }

  @Test
  void aKeyMeansTheSameTypeWhereverItStands() {
    // One word, one meaning: `learning_rate` is nowhere a whole number.
    Set<String> seen = new LinkedHashSet<>();
    List<String> clashes = new ArrayList<>();
    for (Shape shape : shapes()) {
      for (Field field : shape.fields()) {
        boolean number = isNumber(field.type());
        String other = field.name() + (number ? ":text" : ":number");
        seen.add(field.name() + (number ? ":number" : ":text"));
        if (seen.contains(other)) {
          clashes.add(shape + "." + field.name());
        }
      }
    }

    assertThat(clashes).isEmpty();
  }

  /** A block that a number may stand for counts as one. */
  private static boolean isNumber(Type type) {
    if (type instanceof Type.Block block && block.shape().main().isPresent()) {
      return isNumber(block.shape().main().get().type());
    }
    return type instanceof Type.Real || type instanceof Type.Whole;
  }

  private static Set<Shape> shapes() {
    Set<Shape> shapes = new LinkedHashSet<>();
    collect(new Type.Block(Shape.of(Experiment.class)), shapes);
    return shapes;
  }

  private static void collect(Type type, Set<Shape> shapes) {
    if (type instanceof Type.Block block && shapes.add(block.shape())) {
      block.shape().fields().forEach(field -> collect(field.type(), shapes));
    } else if (type instanceof Type.OneKind oneKind) {
      oneKind.kinds().forEach(shape -> collect(new Type.Block(shape), shapes));
    } else if (type instanceof Type.MapOf map) {
      collect(map.value(), shapes);
    } else if (type instanceof Type.ListOf list) {
      collect(list.item(), shapes);
    }
  }
}
