// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records whose keys stand in the blocks that they are part of. */
class InlineTest {

  record Heat(
      @Doc("how warm") @Default("1") double temperature, @Doc("in words") @Nullable String note) {}

  record Oven(@Doc("bars of it") @Default("2") int bars, @Inline Heat heat) {}

  record Bread(@Doc("what of") String flour, @Inline Oven oven, @Doc("how long") int minutes) {}

  record Burnt(@Inline Heat heat, @Doc("again") double temperature) {}

  private static final Shape BREAD = Shape.of(Bread.class);

  @Test
  void keysStandWhereTheComponentStandsAtAnyDepth() {
    assertThat(BREAD.fields())
        .extracting(Field::name)
        .containsExactly("flour", "bars", "temperature", "note", "minutes");
    assertThat(BREAD.field("temperature").orElseThrow().defaultText()).isEqualTo("1");
  }

  @Test
  void recordsAreBuiltOfKeysAndWrittenAsKeys() {
    Map<String, Object> keys =
        Map.of("flour", "rye", "bars", 3, "temperature", 220.0, "minutes", 50);

    Object bread = BREAD.construct(keys);

    assertThat(bread).isEqualTo(new Bread("rye", new Oven(3, new Heat(220, null)), 50));
    assertThat(BREAD.read(bread, BREAD.field("note").orElseThrow())).isNull();
    assertThat(Canonical.keys(bread))
        .isEqualTo(Map.of("flour", "rye", "bars", 3L, "temperature", 220.0, "minutes", 50L));
  }

  @Test
  void aKeyCannotStandTwice() {
    assertThatThrownBy(() -> Shape.of(Burnt.class))
        .hasMessageEndingWith("has the key temperature twice");
  }
}
