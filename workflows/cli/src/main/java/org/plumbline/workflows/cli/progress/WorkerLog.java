// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.plumbline.dsl.model.diagnostic.Printable;
import org.plumbline.workflows.cli.console.Console;

/** What a worker says while it works: lines for people, or objects for programs. Thread-safe. */
public final class WorkerLog {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Console console;
  private final Form form;
  private final Clock clock;

  /** The forms of a log. */
  public enum Form {
    /** A line for people on stderr. */
    TEXT,
    /** An object a line on stdout. */
    JSON
  }

  /** How much something matters. */
  enum Level {
    INFO,
    WARN,
    ERROR
  }

  /**
   * Something of a node.
   *
   * @param attempt the so-manieth time that it was handed out; 0 for what is no node
   */
  record Place(String run, String node, int attempt) {}

  public WorkerLog(Console console, Form form, Clock clock) {
    this.console = console;
    this.form = form;
    this.clock = clock;
  }

  /** Says something of the worker itself. */
  public void say(String event, String text) {
    if (form == Form.TEXT) {
      console.say(text);
    } else {
      write(Level.INFO, Map.of(), event, text);
    }
  }

  /** Says something of a node. */
  void say(Level level, Place place, String event, String text) {
    if (form == Form.TEXT) {
      String line =
          "%s  %-5s  %s%s"
              .formatted(place.run(), event, place.node(), text.isEmpty() ? "" : "  " + text);
      console.say(LocalTime.now(clock).format(TIME) + " " + Printable.line(line));
      return;
    }
    Map<String, Object> of = new LinkedHashMap<>();
    of.put("run", place.run());
    of.put("node", place.node());
    if (place.attempt() > 0) {
      of.put("attempt", place.attempt());
    }
    write(level, of, event, text);
  }

  private void write(Level level, Map<String, Object> of, String event, String text) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    line.put("level", level.name().toLowerCase(Locale.ROOT));
    line.putAll(of);
    line.put("event", event);
    if (!text.isEmpty()) {
      line.put("text", text);
    }
    try {
      console.json(MAPPER.writeValueAsString(line));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line must always be writable: " + line, e);
    }
  }
}
