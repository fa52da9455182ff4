// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.diagnostic.SourceFile;

class ScriptErrorsTest {

  @Test
  void aTextThatEndsAtTheStartOfALineIsNotLookedAtBeforeThatLine() {
    SourceFile file =
        SourceFile.of("a.plumb.kts", "experiment(\"a\") {\n  x = 1 /* one\n*/; sead = 1\n}\n");

    var found =
        ScriptErrors.of(file, List.of(new CompileError("Unresolved reference 'sead'", 3, 5, 3, 9)));

    assertThat(found)
        .extracting(d -> d.code() + " " + d.primary())
        .containsExactly("PLB0102 a.plumb.kts:3:5");
  }

  @Test
  void nothingIsSaidOfWhatStandsInAnUnknownBlock() {
    SourceFile file =
        SourceFile.of(
            "a.plumb.kts", "experiment(\"a\") {\n  policies { dpoo(\"b\") { beta = 1 } }\n}\n");

    var found =
        ScriptErrors.of(
            file,
            List.of(
                new CompileError("Unresolved reference 'dpoo'", 2, 14, 2, 18),
                new CompileError("Unresolved reference 'beta'", 2, 26, 2, 30)));

    assertThat(found).extracting(d -> d.code().name()).containsExactly("PLB0103");
  }
}
