// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.workflows.cli.command.PlumbProcess;
import org.plumbline.workflows.cli.command.PlumbProcess.Ended;

/** Scripts through the launcher of the distribution: compilers and their plugins are found. */
class ScriptsIT {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"groovy, plumb.groovy", "kotlin, plumb.kts"})
  void theSecondReadOfAScriptStartsNoCompiler(String form, String ending) throws Exception {
    String spec = "mine." + ending;
    PlumbProcess.run(folder, "init", "--kind", "dpo", "-o", spec, "--form", form);

    Ended first = PlumbProcess.run(folder, "check", spec);
    Ended second = PlumbProcess.run(folder, "check", spec);

    assertThat(first.err()).contains("runs its code", "compiling " + spec + " (first use");
    assertThat(first.out()).isEqualTo(spec + ": no errors, no warnings (4 recipes, 3 seeds)\n");
    assertThat(second.err()).contains("runs its code").doesNotContain("compiling");
    assertThat(second.out()).isEqualTo(first.out());
  }

  @Test
  void groovyAndKotlinDescribeTheSameExperiment() throws Exception {
    PlumbProcess.run(folder, "init", "--kind", "dpo", "-o", "mine.plumb.kts");
    PlumbProcess.run(folder, "init", "--kind", "dpo", "-o", "mine.plumb.groovy");

    Ended diff = PlumbProcess.run(folder, "diff", "mine.plumb.kts", "mine.plumb.groovy");

    assertThat(diff.out())
        .isEqualTo("no differences (the two files describe the same experiment)\n");
  }
}
