// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.lm.TestModels;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

class SafetensorsTest {

  @TempDir Path folder;

  private Path write(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json).put(data);
    return Files.write(folder.resolve("x.safetensors"), bytes.array());
  }

  @Test
  void tensorsComeBackAsTheyWere() {
    Path file = folder.resolve("x.safetensors");
    float[] special = {1, -0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 3};
    try (TensorScope scope = TensorScope.open()) {
      Safetensors.write(
          file,
          Map.of(
              "matrix", Tensor.of(special, 2, 3),
              "scalar", Tensor.scalar(7),
              "ids", Tensor.of(new long[] {1L << 40, -1})));

      Map<String, Tensor> read = Safetensors.read(file);

      assertThat(read.keySet()).containsExactly("ids", "matrix", "scalar");
      assertThat(TestModels.get(read, "matrix").shape()).containsExactly(2, 3);
      assertThat(TestModels.get(read, "matrix").toFloatArray()).isEqualTo(special);
      assertThat(TestModels.get(read, "scalar").shape()).isEmpty();
      assertThat(TestModels.get(read, "scalar").item()).isEqualTo(7);
      assertThat(TestModels.get(read, "ids").toLongArray()).containsExactly(1L << 40, -1);
    }
  }

  @Test
  void readTensorsOutliveTheFile() throws IOException {
    Path file = folder.resolve("x.safetensors");
    try (TensorScope scope = TensorScope.open()) {
      Safetensors.write(file, Map.of("x", Tensor.ones(1000)));
      Tensor read = TestModels.get(Safetensors.read(file), "x");
      Files.write(file, new byte[4096]);

      assertThat(read.sum().item()).isEqualTo(1000);
    }
  }

  @Test
  void headersArePaddedAndCarryTheFormat() throws IOException {
    Path file = folder.resolve("x.safetensors");
    try (TensorScope scope = TensorScope.open()) {
      Safetensors.write(file, Map.of("x", Tensor.ones(1)));
    }

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes.getLong();
    assertThat(length % 8).isZero();
    assertThat(new String(bytes.array(), 8, (int) length, StandardCharsets.UTF_8))
        .startsWith("{\"__metadata__\":{\"format\":\"pt\"},\"x\":{\"dtype\":\"F32\",\"shape\":[1]");
  }

  @Test
  void halfPrecisionIsWidened() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort((short) 0x3F80).putShort((short) 0xC049);
    data.putShort((short) 0x3C00).putShort((short) 0xC248);
    data.putShort((short) 0x0001).putShort((short) 0x7C00);
    write(
        "{\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]},"
            + "\"h\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[4,12]}}",
        data.array());

    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> read = Safetensors.read(folder.resolve("x.safetensors"));

      assertThat(TestModels.get(read, "b").toFloatArray()).containsExactly(1f, -3.140625f);
      assertThat(TestModels.get(read, "h").toFloatArray())
          .containsExactly(1f, -3.140625f, 0x1.0p-24f, Float.POSITIVE_INFINITY);
    }
  }

  /** The numbers of {@code 6.bf16} and {@code 6.bf16_stall} in the reference vectors. */
  @Test
  void bfloat16RoundsToTheNearestAndTiesToEven() throws IOException {
    double[] given = {
      1,
      1.00390625,
      1.01171875,
      1.005,
      .1,
      3.14159265,
      1e-3,
      256.5,
      257,
      257.1,
      1 + 0x1.0p-9,
      1 - 1e-3,
      1 - 2e-3,
      1 - 3e-3
    };
    float[] kept = {
      1,
      1,
      1.015625f,
      1.0078125f,
      0.10009765625f,
      3.140625f,
      0.00099945068359375f,
      256,
      256,
      258,
      1,
      1,
      0.99609375f,
      0.99609375f
    };
    float[] narrow = new float[given.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) given[i];
    }
    Path file = folder.resolve("x.safetensors");

    try (TensorScope scope = TensorScope.open()) {
      Tensor all = Tensor.of(narrow, narrow.length);
      Safetensors.write(file, Map.of("x", all), StoredType.BFLOAT16);

      assertThat(TestModels.get(Safetensors.read(file), "x").toFloatArray()).containsExactly(kept);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2]}}",
        "{\"x\":{\"dtype\":\"F9\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,6]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"x\":3}",
        "[1]",
        "{\"x\":"
      })
  void headersThatLieAreRefused(String header) throws IOException {
    Path file = write(header, new byte[8]);

    try (TensorScope scope = TensorScope.open()) {
      assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(ModelFormatException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, -1, 1L << 40, 99_999_999, 0})
  void aHeaderLengthThatLiesAllocatesNothing(long length) throws IOException {
    byte[] bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    Path file = Files.write(folder.resolve("x.safetensors"), bytes);

    try (TensorScope scope = TensorScope.open()) {
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("header");
    }
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    Path file = folder.resolve("x.safetensors");
    try (TensorScope scope = TensorScope.open()) {
      Safetensors.write(file, Map.of("x", Tensor.ones(100)));
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("`x`");
    }
  }
}
