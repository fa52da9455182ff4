// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.gc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.store.content.Blobs;
import org.plumbline.engine.store.content.Checkpoints;
import org.plumbline.engine.store.content.InputRecord;
import org.plumbline.engine.store.home.StoreHome;
import org.plumbline.engine.store.record.NodeRecord;
import org.plumbline.engine.store.record.NodeRecords;
import org.plumbline.engine.store.record.Records;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.runs.RunHome;
import org.plumbline.engine.store.runs.Runs;

/** Looks through a store for what no run needs; touches nothing. */
final class Survey {
  private static final String END = ".json";

  private final StoreHome home;
  private final Runs runs;
  private final GarbageRules rules;
  private final long before;

  private final RunNeeds needed = new RunNeeds();
  private final RunNeeds freed = new RunNeeds();
  private final Set<String> removedRuns = new HashSet<>();
  private final Map<String, NodeRecord> finished = new HashMap<>();
  private final List<Garbage> items = new ArrayList<>();
  private int paidNodes;
  private int paidAnswers;
  private int young;

  /**
   * A look at a store.
   *
   * @param before what was written earlier, in milliseconds since 1970, is old enough
   */
  Survey(StoreHome home, Runs runs, GarbageRules rules, long before) {
    this.home = home;
    this.runs = runs;
    this.rules = rules;
    this.before = before;
  }

  CollectedGarbage look() throws IOException {
    List<RunRecord> all = all();
    Set<String> kept = kept(all);
    List<RunRecord> staying = all.stream().filter(run -> kept.contains(run.id())).toList();
    List<RunRecord> going = all.stream().filter(run -> !kept.contains(run.id())).toList();
    for (RunRecord run : staying) {
      needed.add(run, plan(run), runs);
    }
    for (RunRecord run : going) {
      removedRuns.add(run.id());
      runs.planIfWhole(run.id()).ifPresent(plan -> freed.add(run, plan, runs));
      long bytes = home.runs().size(run.id()).bytes();
      items.add(new Garbage(Garbage.Kind.RUN, run.id(), run.experiment(), bytes));
    }
    remains();
    nodes();
    inputs();
    checkpoints();
    blobs();
    return new CollectedGarbage(
        staying, going, items, new CollectedGarbage.Spared(paidNodes, paidAnswers, young, 0));
  }

  private Plan plan(RunRecord run) {
    try {
      return runs.plan(run.id());
    } catch (StoreFailure damaged) {
      throw unknown(run.id(), String.valueOf(damaged.getMessage()));
    }
  }

  private StoreFailure unknown(String run, String why) {
    return StoreFailure.needsUnknown(run, why, home.runs().where(run, ""));
  }

  /** What a run needs whose record cannot be read is not known. */
  private List<RunRecord> all() {
    Runs.Listing listing = runs.listing();
    listing
        .damaged()
        .forEach(
            (id, why) -> {
              throw unknown(id, why);
            });
    return listing.runs();
  }

  private Set<String> kept(List<RunRecord> all) {
    Set<String> kept =
        rules.keep().apply(all).stream().map(RunRecord::id).collect(Collectors.toSet());
    Set<String> experiments = new HashSet<>();
    for (RunRecord run : all) {
      if (run.status() == RunStatus.RUNNING) {
        kept.add(run.id());
      } else if (!kept.contains(run.id())) {
        experiments.add(run.experiment());
      }
    }
    // One that is just being resumed does not say so yet.
    experiments.forEach(name -> runs.owner(name).ifPresent(owner -> kept.add(owner.run())));
    return kept;
  }

  private void remains() throws IOException {
    for (String id : home.runs().remains()) {
      RunHome.Size size = home.runs().size(id);
      if (size.time() < before) {
        items.add(new Garbage(Garbage.Kind.REMAINS, id, "", size.bytes()));
      }
    }
  }

  private void nodes() throws IOException {
    List<Records.Listed> listed = new ArrayList<>(home.nodes().list());
    listed.removeIf(each -> !each.name().matches(Checkpoints.KEY + "\\.json"));
    finished.putAll(new NodeRecords(home.nodes()).readAll(keys(listed)));
    Set<String> paid = rules.paid() ? Set.of() : rules.asking().apply(finished.values());
    for (Records.Listed each : listed) {
      String key = key(each);
      NodeRecord record = finished.get(key);
      boolean ofRemoved =
          freed.keys().contains(key) || (record != null && removedRuns.contains(record.run()));
      if (needed.keys().contains(key)) {
        keep(record);
      } else if (paid.contains(key)) {
        paidNodes++;
        keep(record);
      } else if (ofRemoved || each.time() < before) {
        if (record != null) {
          freed.artifacts().add(record.artifact());
          finished.remove(key);
        }
        String about = record == null ? "" : record.id() + " of run " + record.run();
        items.add(new Garbage(Garbage.Kind.NODE, key, about, each.bytes()));
      } else {
        young++;
        keep(record);
      }
    }
  }

  private void keep(@Nullable NodeRecord record) {
    if (record != null) {
      needed.artifacts().add(record.artifact());
    }
  }

  private static List<String> keys(List<Records.Listed> listed) {
    return listed.stream().map(Survey::key).toList();
  }

  private static String key(Records.Listed record) {
    return record.name().substring(0, record.name().length() - END.length());
  }

  private void inputs() throws IOException {
    List<Records.Listed> listed = home.inputs().list();
    List<byte[]> contents =
        home.inputs().readAll(listed.stream().map(Records.Listed::name).toList());
    for (int i = 0; i < listed.size(); i++) {
      Records.Listed each = listed.get(i);
      String digest = key(each);
      Set<String> artifacts = InputRecord.artifacts(contents.get(i));
      boolean goes = freed.inputs().contains(digest) || each.time() < before;
      if (needed.inputs().contains(digest) || !goes) {
        needed.artifacts().addAll(artifacts);
        young += needed.inputs().contains(digest) ? 0 : 1;
      } else {
        freed.artifacts().addAll(artifacts);
        items.add(new Garbage(Garbage.Kind.INPUT, digest, "", each.bytes()));
      }
    }
  }

  private void checkpoints() throws IOException {
    for (Checkpoints.Left each : home.checkpoints().list()) {
      String key = each.key();
      if (needed.open().contains(key)) {
        continue;
      }
      if (finished.containsKey(key)) { // its process died before it could delete them
        if (each.time() < before) {
          checkpoints(key, each.states() + each.answers());
        }
        continue;
      }
      boolean goes =
          !needed.keys().contains(key) && (freed.keys().contains(key) || each.time() < before);
      boolean answersGo = rules.paid() || each.answers() == 0;
      if (goes && (answersGo || each.states() > 0)) {
        checkpoints(key, each.states() + (answersGo ? each.answers() : 0));
      }
      paidAnswers += goes && !answersGo ? 1 : 0;
    }
  }

  private void checkpoints(String key, long bytes) {
    items.add(new Garbage(Garbage.Kind.CHECKPOINTS, key, "", bytes));
  }

  /** Whether answers to an unfinished node stay when its checkpoints go. */
  boolean answersStay(String key) {
    return !rules.paid() && !finished.containsKey(key);
  }

  private void blobs() throws IOException {
    Set<String> going = new HashSet<>();
    for (Blobs.Listed each : home.blobs().list()) {
      String digest = each.digest();
      if (needed.artifacts().contains(digest)) {
        continue;
      }
      if (freed.artifacts().contains(digest) || each.time() < before) {
        going.add(digest);
        items.add(new Garbage(Garbage.Kind.ARTIFACT, digest, "", each.bytes()));
      } else {
        young++;
      }
    }
    for (Blobs.Loose each : home.blobs().loose(going, before)) {
      items.add(new Garbage(Garbage.Kind.FILE, each.name(), "", each.bytes()));
    }
  }
}
