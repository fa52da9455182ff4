// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec.SpanUnit;
import org.plumbline.engine.rlhf.responses.Segments.Segment;

class SeenPartsTest {
  private static final String WHOLE = "take the tea. stir the tea. drink it.";

  @Test
  void partsOfTheBeginningAreWhereTheyAre() {
    assertThat(places("take the tea. stir")).containsExactly(place(0, 13), place(14, 18));
  }

  @Test
  void partsOfTheEndAreAtTheEnd() {
    assertThat(places("the tea. drink it.")).containsExactly(place(19, 27), place(28, 37));
  }

  @Test
  void whatIsHiddenLeavesTheOthersInTheirPlaces() {
    assertThat(places("take the tea. stir the . drink it."))
        .containsExactly(place(0, 13), "null", place(28, 37));
  }

  private static String place(int start, int end) {
    return String.valueOf(new Segment(start, end));
  }

  private static List<String> places(String seen) {
    List<String> places = new ArrayList<>();
    for (Object place : SeenParts.of(WHOLE, seen, Segments.of(seen, SpanUnit.SENTENCE))) {
      places.add(String.valueOf(place));
    }
    return places;
  }
}
