// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels of each kind, in words. */
class LabelExampleTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "                | 'first':'a','second':'b','choice':'second' | [a, b] | the second is better",
        "                | 'first':'a','second':'b','choice':'equal' | [a, b] | both are alike",
        "                | 'first':'a','second':'b','choice':'p','p':0.25 | [a, b] | the first is better with probability 0.25",
        "                | 'first':'a','second':'b','choice':'skip' | [a, b] | nothing",
        " rankings       | 'answers':['a','b','c'],'ranking':[2,0,1] | [a, b, c] | 3 before 1 before 2",
        " best_of_k      | 'answers':['a','b'],'ranking':[1] | [a, b] | number 2 is the best",
        " corrections    | 'answers':['a','b','c'],'ranking':[2] | [a, c] | the second is how it should be",
        " demonstrations | 'answers':['a','b'],'ranking':[1] | [b] | this is how they would answer",
        " scalar         | 'answers':['a'],'rating':2.5 | [a] | 2.50",
        " likert         | 'answers':['a'],'rating':2 | [a] | good (2)",
        " slider         | 'answers':['a','b'],'rating':-0.4 | [a, b] | 0.40 towards the second",
        " labels         | 'answers':['a'],'label':'spam','rank':0 | [a] | spam",
        " labels         | 'answers':['a'],'skipped':true | [a] | nothing",
        " step           | 'answers':['one. two.'],'steps':[4,9],'step_labels':[1,0] | [one. two.] | “one.” right; “two.” wrong",
        " span           | 'answers':['one two'],'spans':[{'start':4,'end':7,'category':'rude','value':-1}] | [one two] | “two” rude: bad",
        " span           | 'answers':['one'],'spans':[] | [one] | nothing to mark",
        " language       | 'answers':['one'],'remarks':['I would add tea.'] | [one] | “I would add tea.”",
      })
  void whatWasSaidIsSaidInWords(String kind, String row, String shown, String said)
      throws IOException {
    write(kind == null ? "" : kind.strip(), List.of(row.strip()));

    LabelExample example = LabelExample.read(folder).get(0);

    assertThat(example.answers()).hasToString(shown.strip());
    assertThat(example.said()).isEqualTo(said.strip());
    assertThat(example.evaluator()).isEqualTo("careful-1");
    assertThat(example.facts()).isEmpty();
  }

  @Test
  void whatIsKnownOfALabelIsSaidBesideIt() throws IOException {
    write(
        "",
        List.of(
            "'first':'a b','second':'c','choice':'first','saw_first':'a','since_break':3,"
                + "'made_by':'judge','malicious':true"));

    assertThat(LabelExample.read(folder).get(0).facts())
        .containsExactly(
            "saw only “a”, “c”", "3 since their last break", "made by judge", "harm on purpose");
  }

  /** Three places of many, and the only one that differs. */
  @Test
  void labelsAreOfSeveralPlacesAndOfWhatIsRare() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add("'answers':['" + i + "'],'rating':1" + (i == 7 ? ",'saw':['x']" : ""));
    }
    write("scalar", rows);

    assertThat(LabelExample.read(folder))
        .extracting(example -> example.answers().get(0))
        .containsExactly("0", "20", "40", "7");
  }

  @Test
  void aStageWithoutLabelsHasNoExamples() throws IOException {
    assertThat(LabelExample.read(folder)).isEmpty();
  }

  @Test
  void ofConversationsTheMessagesAreShown() throws IOException {
    write("scalar", List.of("'answers':[[{'role':'assistant','content':'hi'}]],'rating':1"));

    assertThat(LabelExample.read(folder).get(0).answers()).containsExactly("assistant: hi");
  }

  private void write(String kind, List<String> rows) throws IOException {
    String items =
        kind.isEmpty() ? "{}" : "{'items': {'kind': '" + kind + "'}, 'anchors': ['bad', 'good']}";
    Files.writeString(folder.resolve("summary.json"), items.replace('\'', '"'));
    StringBuilder text = new StringBuilder();
    for (String row : rows) {
      text.append("{'prompt':'p','evaluator':'careful-1','group':'careful',")
          .append(row)
          .append("}\n");
    }
    Files.writeString(folder.resolve("labels.jsonl"), text.toString().replace('\'', '"'));
  }
}
