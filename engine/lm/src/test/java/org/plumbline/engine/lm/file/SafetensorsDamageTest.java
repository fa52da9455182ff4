// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.engine.lm.TestModels;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/** Files whose headers lie, and a small file with single bits turned over and its end cut off. */
class SafetensorsDamageTest {

  private static final String GOOD =
      "{\"__metadata__\":{\"format\":\"pt\"},"
          + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
          + "\"b\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[24,32]},"
          + "\"c\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[32,40]},"
          + "\"d\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[40,40]}}";
  private static final int DATA = 40;

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("x.safetensors");
  }

  private static byte[] bytes(byte[] header, int data) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + data).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putLong(header.length).put(header).array();
  }

  private static byte[] good() {
    return bytes(GOOD.getBytes(StandardCharsets.UTF_8), DATA);
  }

  /** Reads a file; it must be refused in words, or give no more numbers than it has bytes. */
  private boolean isReadable(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    try (TensorScope scope = TensorScope.open()) {
      long numbers = 0;
      for (Tensor tensor : Safetensors.read(file).values()) {
        numbers += Arrays.stream(tensor.shape()).reduce(1, (a, b) -> a * b);
      }
      assertThat(numbers).isLessThanOrEqualTo(bytes.length);
      return true;
    } catch (ModelFormatException refused) {
      assertThat(refused).hasMessageContaining("x.safetensors");
      return false;
    }
  }

  @Test
  void theWholeFileIsReadable() throws IOException {
    assertThat(isReadable(good())).isTrue();
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] good = good();
    for (int length = 0; length < good.length; length++) {
      assertThat(isReadable(Arrays.copyOf(good, length))).as("%d bytes", length).isFalse();
    }
  }

  @Test
  void anyBitOfTheHeaderMayBeTurnedOver() throws IOException {
    byte[] good = good();
    int refused = 0;
    for (int bit = 0; bit < 8 * (good.length - DATA); bit += 3) {
      byte[] damaged = good.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      refused += isReadable(damaged) ? 0 : 1;
    }
    // what is left are other letters in names and metadata
    assertThat(refused).isGreaterThan(8 * (good.length - DATA) / 3 / 2);
  }

  @Test
  void randomBytesInTheHeaderAreRefusedOrRead() throws IOException {
    byte[] good = good();
    for (int trial = 0; trial < 300; trial++) {
      RandomSequence draws = RandomStream.of(4, RandomPurpose.ENVIRONMENT, 1).forItem(trial);
      byte[] damaged = good.clone();
      for (int change = 0; change < 4; change++) {
        damaged[draws.bounded(good.length - DATA)] = (byte) draws.bounded(256);
      }
      isReadable(damaged);
    }
    assertThat(isReadable(good)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[2]  | [0,8] | [2] | [4,12] | overlaps",
        "[2]  | [0,8] | [1] | [12,16] | `y` follows 4 bytes of no tensor",
        "[2]  | [0,8] | [1] | [8,12] | 4 bytes at its end belong to no tensor",
        "[2]  | [0,8] | [9223372036854775808] | [8,16] | `y` has an impossible size",
        "[2]  | [0,9223372036854775808] | [2] | [8,16] | `x` has an impossible size",
        "[2]  | [0,9223372036854775807] | [2] | [8,16] | `x` lies outside of the file",
        "[4611686018427387904] | [0,8] | [2] | [8,16] | `x` has an impossible shape",
        "[0,4611686018427387904,4] | [0,0] | [4] | [0,16] | `x` has an impossible shape",
        "[2]  | [8,0] | [2] | [8,16] | `x` lies outside of the file",
        "[3]  | [0,8] | [2] | [8,16] | its shape needs 12"
      })
  void claimsThatCannotHoldAreNamed(
      String xShape, String xOffsets, String yShape, String yOffsets, String message)
      throws IOException {
    String header =
        "{\"x\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":%s},".formatted(xShape, xOffsets)
            + "\"y\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":%s}}"
                .formatted(yShape, yOffsets);
    Files.write(file, bytes(header.getBytes(StandardCharsets.UTF_8), 16));

    try (TensorScope scope = TensorScope.open()) {
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(message)
          .hasMessageContaining("copy or download it again");
    }
  }

  @Test
  void twoTensorsOfOneNameAreRefused() throws IOException {
    byte[] twice = GOOD.replace("\"b\"", "\"a\"").getBytes(StandardCharsets.UTF_8);
    Files.write(file, bytes(twice, DATA));

    try (TensorScope scope = TensorScope.open()) {
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("Duplicate")
          .hasMessageContaining("a");
    }
  }

  @Test
  void aHeaderThatIsNotUtf8IsRefused() throws IOException {
    byte[] header = GOOD.getBytes(StandardCharsets.UTF_8);
    header[GOOD.indexOf("\"b\"") + 1] = (byte) 0xC0;
    Files.write(file, bytes(header, DATA));

    try (TensorScope scope = TensorScope.open()) {
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("UTF-8");
    }
  }

  @Test
  void deepAndLongHeadersAreRefusedWithoutOverflow() throws IOException {
    ByteArrayOutputStream deep = new ByteArrayOutputStream();
    deep.writeBytes("{\"x\":".getBytes(StandardCharsets.UTF_8));
    deep.writeBytes("[".repeat(100_000).getBytes(StandardCharsets.UTF_8));

    assertThat(isReadable(bytes(deep.toByteArray(), 0))).isFalse();
  }

  @Test
  void aTypeThatIsNotReadIsNamedOnlyIfItIsNeeded() throws IOException {
    String header = GOOD.replace("\"I64\",\"shape\":[1]", "\"U8\",\"shape\":[8]");
    Files.write(file, bytes(header.getBytes(StandardCharsets.UTF_8), DATA));

    try (TensorScope scope = TensorScope.open()) {
      assertThat(Safetensors.read(file, name -> !name.equals("c"))).containsOnlyKeys("a", "b", "d");
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("`c` has the type U8");
    }
  }

  @Test
  void tensorsLargerThanOnePieceAreWholeInEveryType() {
    float[] values = new float[1_500_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 251 - 125; // exact in every type
    }
    for (StoredType type : StoredType.values()) {
      try (TensorScope scope = TensorScope.open()) {
        Map<String, Tensor> tensors =
            Map.of("x", Tensor.of(values, 3, 500_000), "y", Tensor.of(values));
        Safetensors.write(file, tensors, type);

        Map<String, Tensor> read = Safetensors.read(file);

        assertThat(TestModels.get(read, "x").shape()).containsExactly(3, 500_000);
        assertThat(TestModels.get(read, "x").toFloatArray()).isEqualTo(values);
        assertThat(TestModels.get(read, "y").toFloatArray()).isEqualTo(values);
      }
    }
  }
}
