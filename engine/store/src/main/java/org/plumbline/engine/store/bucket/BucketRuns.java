// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.plumbline.engine.store.lease.LeaseTime;
import org.plumbline.engine.store.lease.Leases;
import org.plumbline.engine.store.lease.RenewedLeases;
import org.plumbline.engine.store.record.Records;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.runs.Journal;
import org.plumbline.engine.store.runs.RunHome;

/** Runs as objects below {@code runs/ID}. */
final class BucketRuns implements RunHome {
  private static final String HOME = "runs/";

  /** Written last when a run is made: without it there is none. */
  private static final String RECORD = "run.json";

  private static final String PLAN = "plan.json";

  private final Bucket bucket;
  private final Path local;
  private final Consumer<String> problems;
  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private final Leases conducting;
  private final Records owners;
  private final Map<String, Journal> journals = new ConcurrentHashMap<>();

  BucketRuns(Bucket bucket, Path local, LeaseTime time, Consumer<String> problems) {
    this.bucket = bucket;
    this.local = local;
    this.problems = problems;
    this.conducting = new RenewedLeases(new BucketLeases(bucket, "leases/", time));
    this.owners = new BucketRecords(bucket, "owners/");
  }

  @Override
  public List<String> names() {
    return bucket.folders(HOME).stream().filter(this::isThere).toList();
  }

  @Override
  public boolean isThere(String id) {
    return isThere(id, RECORD);
  }

  @Override
  public boolean isThere(String id, String file) {
    return bucket.size(name(id, file)).isPresent();
  }

  @Override
  public void create(String id, byte[] plan, byte[] record) {
    if (bucket.create(name(id, PLAN), plan).isEmpty()) {
      throw StoreFailure.unreachable(
          "another run was given the name " + id + " in this very moment", "run it again", null);
    }
    bucket.put(name(id, RECORD), record);
  }

  @Override
  public Records files(String id) {
    return new BucketRecords(bucket, HOME + id + "/");
  }

  @Override
  public Journal journal(String id, String file) {
    String folder = name(id, file.replace(".jsonl", "/"));
    return journals.computeIfAbsent(folder, key -> new BucketJournal(bucket, key, this::problem));
  }

  @Override
  public String where(String id, String file) {
    return bucket.place().address() + "/" + name(id, file);
  }

  private static String name(String id, String file) {
    return HOME + id + "/" + file;
  }

  @Override
  public Size size(String id) {
    long time = 0;
    long bytes = 0;
    for (Bucket.Listed each : bucket.list(name(id, ""))) {
      time = Math.max(time, each.time());
      bytes += each.size();
    }
    return new Size(time, bytes);
  }

  /** First its record, without which there is no run. */
  @Override
  public void remove(String id) {
    bucket.delete(List.of(name(id, RECORD)));
    bucket.delete(bucket.list(name(id, "")).stream().map(Bucket.Listed::name).toList());
    journals.keySet().removeIf(journal -> journal.startsWith(name(id, "")));
  }

  @Override
  public List<String> remains() {
    return bucket.folders(HOME).stream().filter(id -> !isThere(id)).toList();
  }

  @Override
  public void forget(String id, String page) {
    bucket.delete(List.of(name(id, page)));
  }

  @Override
  public Leases conducting() {
    return conducting;
  }

  @Override
  public Records owners() {
    return owners;
  }

  @Override
  public void problem(String text) {
    if (said.add(text)) {
      problems.accept(text);
    }
  }

  @Override
  public Path local() {
    return local;
  }
}
