// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.chaos.Schedule.Event;
import org.plumbline.workflows.cli.chaos.Schedule.Moment;
import org.plumbline.workflows.cli.command.PlumbProcess;

/** What else can happen to a run on a Temporal server; afterwards it gives the same bytes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MishapsIT {
  private static final Path FAKE_TIME =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

  @TempDir private static Path folder = Path.of("");

  private @Nullable Site opened;
  private @Nullable Undisturbed undisturbed;
  private @Nullable Trial trial;
  private int trials;

  @BeforeAll
  void runUndisturbed() throws IOException, InterruptedException {
    Site site = Site.open(folder);
    opened = site;
    undisturbed = Undisturbed.run(site, folder.resolve("undisturbed"));
  }

  @AfterAll
  void close() throws InterruptedException {
    if (opened != null) {
      opened.close();
    }
  }

  @AfterEach
  void end() throws IOException, InterruptedException {
    if (trial != null) {
      trial.close();
    }
  }

  private Site site() {
    return Objects.requireNonNull(opened);
  }

  private Undisturbed whole() {
    return Objects.requireNonNull(undisturbed);
  }

  private Trial begin() throws IOException {
    return begin(site().store("m" + ++trials));
  }

  private Trial begin(StoreFiles store) throws IOException {
    Trial begun = trial(store, whole(), Schedule.Beginning.ONE_CLIENT);
    begun.begin();
    return begun;
  }

  private Trial trial(StoreFiles store, Undisturbed whole, Schedule.Beginning beginning)
      throws IOException {
    Path place = Files.createDirectories(folder.resolve("trial" + trials));
    Schedule schedule = new Schedule(trials, beginning, 0, List.of());
    Trial begun = new Trial(site(), place, whole, schedule, store);
    trial = begun;
    return begun;
  }

  private static Event after(String node, int checkpoints) {
    return new Event(Disturbance.KILL_WORKER, node, Moment.CHECKPOINT, checkpoints, 0, 0);
  }

  @Test
  void aCheckpointThatIsTornOrFlippedIsPassedOver() throws Exception {
    Trial run = begin();
    for (int damage = 0; damage < 2; damage++) {
      PlumbProcess worker = run.startWorker();
      if (damage == 0) {
        run.submit();
      }
      String node = damage == 0 ? "sft@1" : "ppo@1";
      run.await(after(node, 4));
      run.kill(worker);
      damage(run.store(), node, damage);
    }
    PlumbProcess last = run.startWorker();
    run.finish();

    run.check();
    assertThat(last.narration()).contains("damaged");
  }

  /** Cuts the newest checkpoint of a node off, or flips a bit of it. */
  private void damage(StoreFiles store, String node, int how) throws IOException {
    String key = Objects.requireNonNull(whole().keys().get(node));
    Path victim;
    try (Stream<Path> files = Files.walk(store.root().resolve("checkpoints").resolve(key))) {
      victim =
          files
              .filter(file -> Files.isRegularFile(file) && store.whole(checkpoint(store, file)))
              .max(
                  Comparator.comparing((Path file) -> checkpoint(store, file))
                      .thenComparing(file -> file.toFile().length()))
              .orElseThrow();
    }
    victim.toFile().setWritable(true);
    byte[] bytes = Files.readAllBytes(victim);
    bytes[bytes.length / 2] ^= 1;
    Files.write(victim, how == 0 ? Arrays.copyOf(bytes, bytes.length / 2) : bytes);
  }

  /** The folder of the checkpoint that a file belongs to. */
  private static Path checkpoint(StoreFiles store, Path file) {
    Path all = store.root().resolve("checkpoints");
    return all.resolve(all.relativize(file).subpath(0, 2));
  }

  @Test
  @Tag("oracle")
  void aDiskThatIsFullEndsTheRunAndWithMoreSpaceItGoesOn() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString()), "no right to");
    try {
      trials++;
      Path root = disk.resolve("store");
      Trial run = begin(new StoreFiles(root.toString(), root, false));
      run.startWorker();
      run.submit();
      PlumbProcess.Ended ended = run.clientEnds();
      assertThat(ended.code()).as(ended.err()).isEqualTo(1);
      assertThat(ended.err()).contains("PLB0803").contains("plumb resume");

      assertThat(mount("-o", "remount,size=200m", disk.toString())).isTrue();
      run.resume();
      run.finish();
      run.check();
      run.close();
    } finally {
      new ProcessBuilder("umount", disk.toString()).start().waitFor();
    }
  }

  private static boolean mount(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  @Test
  @Tag("oracle")
  void aStoreThatIsAwayForAWhileIsWaitedForOrTheRunResumed() throws Exception {
    Trial run = begin();
    assumeTrue(!run.store().bucket(), "a folder is moved");
    run.startWorker();
    run.submit();
    run.await(after("base@1", 3));
    Path away = run.store().root().resolveSibling("away");
    Files.move(run.store().root(), away);
    Thread.sleep(2 * Site.LEASE_MILLIS);
    Files.move(away, run.store().root());
    PlumbProcess.Ended ended = run.clientEnds();
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);

    run.resume();
    run.finish();
    run.check();
  }

  @Test
  @Tag("oracle")
  void aWorkerThatIsKilledInTheMiddleOfAnUploadLeavesNothingHalf() throws Exception {
    Site site = site();
    assumeTrue(site.hasBucket(), "PLUMB_TEST_S3 names no executable of versitygw");
    Path aside = Files.createDirectories(folder.resolve("large"));
    ChaosSpec.writeLarge(aside, site.judgeUrl());
    StoreFiles store = site.store("m" + ++trials);
    Trial run = trial(store, Undisturbed.runThere(site, aside), Schedule.Beginning.DETACHED);
    ChaosSpec.writeLarge(folder.resolve("trial" + trials), site.judgeUrl());
    run.submit(); // the model is there in parts, too: before the worker comes
    PlumbProcess worker = run.startWorker();
    awaitPart(store, run);
    run.kill(worker);
    run.startWorker();
    run.finish();

    run.checkBytes();
  }

  /** Waits until a part of something has come and the whole has not. */
  private static void awaitPart(StoreFiles store, Trial run) throws Exception {
    Path parts = store.root().resolveSibling(".sgwtmp").resolve("multipart");
    while (true) {
      run.mustBeInTime();
      try (Stream<Path> files = Files.walk(parts)) {
        if (files.anyMatch(Files::isRegularFile)) {
          return;
        }
      } catch (IOException | UncheckedIOException e) {
        Thread.sleep(2); // there is none, or it is just being put together
      }
    }
  }

  @Test
  @Tag("oracle")
  void aWorkerOfAnOlderVersionIsHandedNothing() throws Exception {
    Trial run = begin();
    PlumbProcess old =
        PlumbProcess.startBy(
            olderVersion(Path.of("target", "older-plumb").toAbsolutePath()),
            variables(Map.of("PLUMB_CLASS_ARCHIVE", "off")),
            run.workerFolder(),
            run.workerCommand());
    try {
      old.awaitNarration("worker for store");
      run.submit();
      if (site().tellsWhoServes()) {
        run.awaitClient("nobody serves");
      }
      Thread.sleep(Site.LEASE_MILLIS);
      run.startWorker();
      run.finish();
      run.check();

      assertThat(old.isAlive()).isTrue();
      assertThat(old.narration()).doesNotContain("start ");
    } finally {
      old.kill();
    }
  }

  /** This build, which says that it is of another version. */
  private static Path olderVersion(Path home) throws IOException {
    Path build = Path.of("target/plumb").toAbsolutePath();
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Path launcher = home.resolve("bin/plumb");
    Files.copy(build.resolve("bin/plumb"), launcher, StandardCopyOption.REPLACE_EXISTING);
    try (Stream<Path> files = Files.list(build.resolve("lib"))) {
      for (Path file : files.toList()) {
        Path copy = home.resolve("lib").resolve(String.valueOf(file.getFileName()));
        if (file.endsWith("plumb.jar")) {
          repack(file, copy);
        } else if (!Files.exists(copy)) {
          Files.createLink(copy, file);
        }
      }
    }
    return launcher;
  }

  private static void repack(Path jar, Path copy) throws IOException {
    try (JarFile from = new JarFile(jar.toFile())) {
      Manifest manifest = from.getManifest();
      manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "0.0.9");
      try (OutputStream out = Files.newOutputStream(copy);
          JarOutputStream to = new JarOutputStream(out, manifest)) {
        for (JarEntry entry : (Iterable<JarEntry>) from.stream()::iterator) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            to.putNextEntry(new JarEntry(entry.getName()));
            try (InputStream in = from.getInputStream(entry)) {
              in.transferTo(to);
            }
          }
        }
      }
    }
  }

  private Map<String, String> variables(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(site().variables());
    variables.putAll(more);
    return variables;
  }

  @Test
  @Tag("oracle")
  void aClockThatJumpsByAnHourChangesNothing() throws Exception {
    assumeTrue(Files.exists(FAKE_TIME), "the library of faketime is not installed");
    Path clock = Files.writeString(folder.resolve("clock"), "+0\n");
    Map<String, String> jumping =
        Map.of(
            "LD_PRELOAD", FAKE_TIME.toString(),
            "FAKETIME_TIMESTAMP_FILE", clock.toString(),
            "FAKETIME_CACHE_DURATION", "1",
            "FAKETIME_DONT_FAKE_MONOTONIC", "1",
            // Without this all timed waits of Java end at once.
            "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    Trial run = begin();
    PlumbProcess worker = run.startWorker(jumping);
    run.submit();
    run.await(after("base@1", 3));
    Files.writeString(clock, "+3600\n");
    if (run.store().bucket()) {
      // A server of buckets refuses what is signed at another time, and that is said.
      PlumbProcess.Ended ended = run.clientEnds();
      assertThat(ended.err()).contains("the clock of this machine differs too much");
      // The library that signs has got used to the other time: the worker is started again.
      run.kill(worker);
      run.startWorker();
      run.resume();
    } else {
      run.await(after("rm@1", 3));
      Files.writeString(clock, "-3600\n");
    }
    run.finish();

    run.checkBytes();
  }
}
