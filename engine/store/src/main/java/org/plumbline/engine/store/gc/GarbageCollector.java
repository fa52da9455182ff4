// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.gc;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.plumbline.engine.store.content.Blobs;
import org.plumbline.engine.store.disk.Pause;
import org.plumbline.engine.store.home.StoreHome;
import org.plumbline.engine.store.lease.CollectorSign;
import org.plumbline.engine.store.lease.Lease;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.runs.Runs;

/**
 * Removes what no run needs. What stands on something else goes before that: runs, then records of
 * nodes and inputs, then artifacts. So whenever the process dies, every record that is left stands
 * on a whole artifact, and the next collection removes the rest.
 *
 * <p>Runs may begin, go on and end meanwhile. What is in the plan of a run that is under way is
 * never touched; a run that begins waits for the end of the collection; and a process that has
 * written a record during one sees afterwards whether its artifact is still there ({@link
 * CollectorSign}).
 */
public final class GarbageCollector {
  private static final int AT_ONCE = 500;

  private final StoreHome home;
  private final Runs runs;
  private final CollectorSign sign;
  private final int atOnce;

  /** The collector of a store. */
  public GarbageCollector(StoreHome home, Runs runs, CollectorSign sign) {
    this(home, runs, sign, AT_ONCE);
  }

  private GarbageCollector(StoreHome home, Runs runs, CollectorSign sign, int atOnce) {
    this.home = home;
    this.runs = runs;
    this.sign = sign;
    this.atOnce = atOnce;
  }

  /** The same, which removes so many things by one request where that is possible. */
  GarbageCollector atOnce(int many) {
    return new GarbageCollector(home, runs, sign, many);
  }

  /** What {@link #collect} would remove now; writes nothing. */
  public CollectedGarbage look(GarbageRules rules) {
    try {
      return survey(rules).look();
    } catch (IOException e) {
      throw StoreFailure.io("look for what no run needs", home.local(), 0, e);
    }
  }

  private Survey survey(GarbageRules rules) {
    return new Survey(home, runs, rules, Instant.now().minus(rules.grace()).toEpochMilli());
  }

  /**
   * Removes it.
   *
   * @param going is told of each thing before it goes
   * @throws StoreFailure if another process does so, or it is not known what a run needs; nothing
   *     is touched then
   */
  public CollectedGarbage collect(GarbageRules rules, Consumer<Garbage> going) {
    try {
      Optional<CollectorSign.Turn> begun = sign.begin();
      if (begun.isEmpty()) {
        throw StoreFailure.collecting(sign.collector());
      }
      try (CollectorSign.Turn turn = begun.get()) {
        Survey survey = survey(rules);
        CollectedGarbage found = survey.look();
        return new Sweep(turn, survey, going).of(found);
      }
    } catch (IOException e) {
      throw StoreFailure.io("remove what no run needs", home.local(), 0, e);
    }
  }

  /** One collection. */
  private final class Sweep {
    private final CollectorSign.Turn turn;
    private final Survey survey;
    private final Consumer<Garbage> going;

    Sweep(CollectorSign.Turn turn, Survey survey, Consumer<Garbage> going) {
      this.turn = turn;
      this.survey = survey;
      this.going = going;
    }

    CollectedGarbage of(CollectedGarbage found) throws IOException {
      remove(found, Garbage.Kind.RUN, this::runs);
      remove(found, Garbage.Kind.REMAINS, this::runs);
      remove(found, Garbage.Kind.NODE, batch -> home.nodes().removeAll(files(batch)));
      remove(found, Garbage.Kind.INPUT, batch -> home.inputs().removeAll(files(batch)));
      List<Garbage> held = checkpoints(all(found, Garbage.Kind.CHECKPOINTS));
      remove(found, Garbage.Kind.ARTIFACT, batch -> home.blobs().delete(names(batch)));
      remove(found, Garbage.Kind.FILE, batch -> home.blobs().deleteLoose(loose(batch)));
      List<Garbage> gone = new ArrayList<>(found.items());
      gone.removeAll(held);
      return new CollectedGarbage(
          found.kept(), found.removed(), gone, found.spared().holding(held.size()));
    }

    private void remove(CollectedGarbage found, Garbage.Kind kind, Removal removal)
        throws IOException {
      List<Garbage> all = all(found, kind);
      for (int from = 0; from < all.size(); from += atOnce) {
        List<Garbage> batch = all.subList(from, Math.min(all.size(), from + atOnce));
        mustHold();
        batch.forEach(going);
        removal.of(batch);
      }
    }

    private void mustHold() throws IOException {
      if (!turn.isHeld()) {
        throw StoreFailure.leaseLost(home.leases().time().length());
      }
    }

    private static List<Garbage> all(CollectedGarbage found, Garbage.Kind kind) {
      return found.items().stream().filter(item -> item.kind() == kind).toList();
    }

    private void runs(List<Garbage> batch) throws IOException {
      for (String id : names(batch)) {
        home.runs().remove(id);
      }
    }

    private static List<String> names(List<Garbage> batch) {
      return batch.stream().map(Garbage::name).toList();
    }

    private static List<String> files(List<Garbage> batch) {
      return batch.stream().map(item -> item.name() + ".json").toList();
    }

    private static List<Blobs.Loose> loose(List<Garbage> batch) {
      return batch.stream().map(item -> new Blobs.Loose(item.name(), item.bytes())).toList();
    }

    /** Those of a node that somebody holds stay; of a dead one it shows after a while. */
    private List<Garbage> checkpoints(List<Garbage> all) throws IOException {
      List<Garbage> held = new ArrayList<>(all);
      long end =
          System.nanoTime() + home.leases().time().length().multipliedBy(5).dividedBy(4).toNanos();
      held.removeAll(cleared(held));
      while (!held.isEmpty() && System.nanoTime() < end) {
        Pause.milliseconds(home.leases().time().renewal().dividedBy(2).toMillis());
        held.removeAll(cleared(held));
      }
      return held;
    }

    private List<Garbage> cleared(List<Garbage> wanted) throws IOException {
      List<Garbage> cleared = new ArrayList<>();
      for (Garbage item : wanted) {
        mustHold();
        Optional<Lease> lease = home.leases().tryAcquire(item.name());
        if (lease.isPresent()) {
          try (Lease mine = lease.get()) {
            going.accept(item);
            clear(item.name(), mine);
          }
          cleared.add(item);
        }
      }
      return cleared;
    }

    private void clear(String key, Lease lease) throws IOException {
      lease.exceed(home.checkpoints().newestToken(key));
      if (survey.answersStay(key)) {
        home.checkpoints().clearStates(key, lease.token());
      } else {
        home.checkpoints().clear(key, lease.token());
      }
    }
  }

  /** Removes some things of one kind. */
  @FunctionalInterface
  private interface Removal {
    void of(List<Garbage> batch) throws IOException;
  }
}
