// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreLayout;

class CheckpointsTest {
  private static final String KEY = "ab".repeat(32);

  @TempDir private Path temp;
  private StagingArea scratch;
  private Checkpoints checkpoints;

  @BeforeEach
  void open() throws IOException {
    StoreLayout ground = StoreLayout.of(temp.toRealPath(), Disk.REAL, problem -> {});
    scratch = StagingArea.of(ground);
    checkpoints = new FolderCheckpoints(ground, scratch);
  }

  @AfterEach
  void close() throws IOException {
    scratch.close();
  }

  private void save(long step, long token) throws IOException {
    Path folder = scratch.folder();
    Files.writeString(folder.resolve("state"), step + " by " + token);
    checkpoints.commit(KEY, new CheckpointId(step, token), folder, Map.of("run", "aaaa"));
  }

  private String newest() throws IOException {
    Path folder =
        checkpoints
            .newest(
                KEY,
                problem -> {
                  throw new AssertionError(problem);
                })
            .orElseThrow()
            .checkpoint()
            .folder();
    return Files.readString(folder.resolve("state"));
  }

  @Test
  void whatAnEarlierHolderSavesLateIsNeverTheNewest() throws IOException {
    save(20, 4);
    save(21, 5);
    save(22, 4);
    save(30, 4);
    assertThat(newest()).isEqualTo("21 by 5");

    save(25, 5);
    save(31, 4);
    assertThat(newest()).isEqualTo("25 by 5");
    assertThat(temp.resolve("checkpoints").resolve(KEY))
        .isDirectoryNotContaining(path -> path.toString().endsWith("-4"));
  }

  @Test
  void theNewestIsToldWithoutBeingRead() throws IOException {
    assertThat(checkpoints.look(KEY)).isEmpty();
    save(20, 4);
    save(21, 5);
    Path state = temp.resolve("checkpoints").resolve(KEY).resolve("000000000021-5/state");
    Files.writeString(state, "torn");

    Checkpoints.Mark mark = checkpoints.look(KEY).orElseThrow();

    assertThat(mark.step()).isEqualTo(21);
    assertThat(mark.time()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(state).hasContent("torn");
  }

  @Test
  void anEarlierHolderDeletesNothingOfALater() throws IOException {
    save(20, 4);
    save(21, 5);

    checkpoints.clear(KEY, 4);
    assertThat(newest()).isEqualTo("21 by 5");
    checkpoints.clear(KEY, 5);
    assertThat(temp.resolve("checkpoints").resolve(KEY)).doesNotExist();
  }

  @Test
  void theNewestTokenIsToldEvenIfOnlyAnswersWereLeft() throws IOException {
    assertThat(checkpoints.newestToken(KEY)).isZero();
    save(20, 0);
    assertThat(temp.resolve("checkpoints").resolve(KEY).resolve("000000000020")).isDirectory();
    assertThat(checkpoints.newestToken(KEY)).isZero();

    checkpoints.answers(KEY, new Asker(6, "aaaa", by -> true)).keep("one", "1");

    assertThat(checkpoints.newestToken(KEY)).isEqualTo(6);
  }
}
