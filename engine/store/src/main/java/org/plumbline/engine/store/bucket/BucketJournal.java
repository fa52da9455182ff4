// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.plumbline.engine.store.record.StoreJson;
import org.plumbline.engine.store.record.Timestamps;
import org.plumbline.engine.store.runs.Journal;

/** An object for each line, numbered: of several that add one at once each gets a number. */
final class BucketJournal implements Journal {
  private final Bucket bucket;
  private final String folder;
  private final Consumer<String> problems;
  private long last = -1;

  /** Lines in a folder, whose name ends with {@code /}. */
  BucketJournal(Bucket bucket, String folder, Consumer<String> problems) {
    this.bucket = bucket;
    this.folder = folder;
    this.problems = problems;
  }

  @Override
  public synchronized void append(byte[] line) {
    if (last < 0) {
      List<Bucket.Listed> there = bucket.list(folder);
      last = there.isEmpty() ? 0 : number(there.get(there.size() - 1).name());
    }
    do {
      last++;
    } while (bucket.create("%s%010d".formatted(folder, last), line).isEmpty());
  }

  private long number(String name) {
    String digits = name.substring(folder.length());
    return digits.matches("\\d{10}") ? Long.parseLong(digits) : 0;
  }

  @Override
  public List<String> lines() {
    return after(0).lines();
  }

  @Override
  public Tail after(int seen) {
    List<String> all = bucket.list(folder).stream().map(Bucket.Listed::name).toList();
    List<String> names = all.subList(Math.min(seen, all.size()), all.size());
    List<String> lines = new ArrayList<>();
    for (byte[] content : bucket.all(names)) {
      String line = new String(content, StandardCharsets.UTF_8).strip();
      if (StoreJson.isObject(line)) {
        lines.add(line);
      } else {
        problems.accept(folder + " has damaged lines, which are passed over");
      }
    }
    return new Tail(lines, all.size());
  }

  @Override
  public Optional<String> lastTime() {
    return bucket.list(folder).stream()
        .map(Bucket.Listed::time)
        .max(Long::compare)
        .map(time -> Timestamps.text(Instant.ofEpochMilli(time)));
  }

  /** Lines are whole. */
  @Override
  public void mend() {}
}
