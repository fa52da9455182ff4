// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * What is done to one run, and when: all of it follows from a number.
 *
 * @param begun how it is submitted
 * @param patience after so many milliseconds a client that is killed while it submits is killed
 * @param events in the order of the nodes that they are aimed at
 */
record Schedule(int number, Beginning begun, long patience, List<Event> events) {

  /** How a run is submitted. */
  enum Beginning {
    ONE_CLIENT,
    DETACHED,
    TWO_CLIENTS,
    KILLED_CLIENT
  }

  /** The moment in the life of a node. */
  enum Moment {
    /** A worker has just begun with it. */
    STARTED,
    /** A checkpoint of it has just been saved, of which there is one at every step. */
    CHECKPOINT,
    /** Its result is there, and perhaps not yet its record. */
    COMMITTED,
    /** Its record is there. */
    FINISHED,
    /** A judge has given some of the answers, and those that come next are asked for. */
    ASKING
  }

  /**
   * One disturbance.
   *
   * @param step of the checkpoint, or how many answers there are
   * @param delay milliseconds after the moment
   * @param length milliseconds for which something is away
   */
  record Event(Disturbance what, String node, Moment moment, int step, long delay, long length) {
    @Override
    public String toString() {
      String at = moment == Moment.CHECKPOINT || moment == Moment.ASKING ? " " + step : "";
      return "%s at %s%s of %s + %d ms (%d ms)".formatted(what, moment, at, node, delay, length);
    }
  }

  /** One client, and only this. */
  static Schedule only(int number, Event... events) {
    return new Schedule(number, Beginning.ONE_CLIENT, 0, List.of(events));
  }

  /**
   * Draws one.
   *
   * @param nodes names of all nodes in the order of the plan
   * @param asking those of them that ask a judge
   * @param possible what can be done here; what cannot becomes a kill of a worker
   */
  static Schedule of(
      int number, List<String> nodes, List<String> asking, Predicate<Disturbance> possible) {
    SplittableRandom random = new SplittableRandom(number);
    int beginning = random.nextInt(10);
    Beginning begun =
        beginning < 6
            ? Beginning.ONE_CLIENT
            : Beginning.values()[Math.min(Beginning.values().length - 1, beginning - 5)];
    long patience = random.nextInt(4000);
    List<Event> events = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Event drawn = event(random, nodes, asking);
      Disturbance what = possible.test(drawn.what()) ? drawn.what() : Disturbance.KILL_WORKER;
      events.add(
          new Event(
              what, drawn.node(), drawn.moment(), drawn.step(), drawn.delay(), drawn.length()));
    }
    events.sort(Comparator.comparingInt(event -> nodes.indexOf(event.node())));
    return new Schedule(number, begun, patience, events);
  }

  private static Event event(SplittableRandom random, List<String> nodes, List<String> asking) {
    List<Disturbance> lots = new ArrayList<>();
    for (Disturbance kind : Disturbance.values()) {
      for (int i = 0; i < kind.weight; i++) {
        lots.add(kind);
      }
    }
    Disturbance what = lots.get(random.nextInt(lots.size()));
    Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
    List<String> aims = moment == Moment.ASKING ? asking : nodes;
    String node = aims.get(random.nextInt(aims.size()));
    int step = 1 + random.nextInt(moment == Moment.ASKING ? 40 : 12);
    // As likely below 4 ms as above: most that can go wrong is close together.
    long delay = Math.round(Math.pow(2, 9 * random.nextDouble())) - 1;
    return new Event(what, node, moment, step, delay, random.nextInt(2000));
  }

  @Override
  public String toString() {
    String beginning =
        begun == Beginning.KILLED_CLIENT ? begun + " after " + patience + " ms" : begun.name();
    return beginning + ", " + events;
  }
}
