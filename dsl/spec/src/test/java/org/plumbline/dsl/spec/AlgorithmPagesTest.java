// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.spec.docs.ReferencePage;

/** Whatever is trained or chosen has a page, whose table of settings is that of its record. */
class AlgorithmPagesTest {
  private static final Path PAGES = Golden.repository().resolve("docs/reference/algorithms");
  private static final String BEGIN =
      "<!-- Settings: generated from the record of dsl/model; a test compares. Do not edit. -->\n";
  private static final String END = "<!-- End of settings. -->\n";

  @ParameterizedTest
  @MethodSource("algorithms")
  void aPageHasTheSettingsOfItsRecord(Shape algorithm) throws IOException {
    Path file = PAGES.resolve(algorithm.kind() + ".md");

    String page = Files.readString(file);

    assertThat(page).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
    String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
    String after = page.substring(page.indexOf(END));
    Golden.check(file, before + "\n" + ReferencePage.settings(algorithm) + "\n" + after);
  }

  /** All that a stage computes, but for models that are only read. */
  static List<Shape> algorithms() {
    return Stream.of(ModelSpec.class, RewardSpec.class, PolicySpec.class)
        .flatMap(section -> ((Type.OneKind) Shape.typeOf(section)).kinds().stream())
        .filter(kind -> !kind.later() && !kind.declared() && !kind.kind().equals("huggingface"))
        .toList();
  }
}
