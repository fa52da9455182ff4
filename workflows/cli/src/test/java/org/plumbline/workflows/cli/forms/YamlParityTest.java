// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.forms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;

/** YAML as people write it, against YAML as it is written by {@code convert}. */
class YamlParityTest extends FormParity {

  @Override
  SpecResult example(Path yaml) throws IOException {
    SpecResult read = Specs.readText(yaml.toString(), Files.readString(yaml), List.of());
    return text(Specs.canonicalYaml(read.experiment().orElseThrow()));
  }

  @Override
  SpecResult wrong(Mistake mistake) {
    return text(mistake.yaml().in(Mistake.YAML));
  }

  @Override
  SpecResult right() {
    return text(Mistake.YAML);
  }

  private static SpecResult text(String text) {
    return Specs.readText("parity.plumb.yaml", text, List.of());
  }
}
