// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.DataSpec;

/** The page about one's own data has the tables that the code says. */
class OwnDataPageTest {
  private static final Path PAGE = Path.of("../../docs/how-to/own-data.md");

  @Test
  void thePageSaysWhatTheCodeDoes() throws IOException {
    String page = Files.readString(PAGE);
    String current = page;
    current = with(current, "forms", forms());
    current = with(current, "kept", kept());
    current = with(current, "oddities", oddities());

    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(PAGE, current);
      page = current;
    }
    assertThat(page).isEqualTo(current);
  }

  @Test
  void everyColumnMayBeNamed() {
    List<String> columns = new ArrayList<>();
    for (RowForm form : RowForm.values()) {
      columns.addAll(form.columns());
    }
    columns.addAll(MetadataColumn.NAMES);

    assertThat(DataSpec.COLUMNS).containsAll(columns);
    assertThat(columns).containsAll(DataSpec.COLUMNS);
  }

  private static String with(String page, String table, String text) {
    String begin = "<!-- generated: " + table + " -->\n";
    int from = page.indexOf(begin) + begin.length();
    return page.substring(0, from) + text + page.substring(page.indexOf("<!-- end -->", from));
  }

  private static String forms() {
    StringBuilder table = new StringBuilder("| columns | what it is | becomes |\n|---|---|---|\n");
    for (RowForm form : RowForm.values()) {
      table.append(
          "| %s | %s | %s |\n".formatted(form.described(), form.meaning(), form.shape().word()));
    }
    return table.toString();
  }

  private static String kept() {
    StringBuilder table = new StringBuilder("| column | what it says |\n|---|---|\n");
    for (MetadataColumn kept : MetadataColumn.values()) {
      table.append("| `%s` | %s |\n".formatted(kept.column(), kept.meaning()));
    }
    return table.toString();
  }

  private static String oddities() {
    return List.of(Oddity.values()).stream()
        .map(oddity -> "| `%s` | rows %s |\n".formatted(oddity.word(), oddity.meaning()))
        .collect(Collectors.joining("", "| count | what |\n|---|---|\n", ""));
  }
}
