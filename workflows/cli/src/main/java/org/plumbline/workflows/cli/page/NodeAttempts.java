// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.StoreJson;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.progress.Times;

/** Who has computed a node, or tried to, as the events of its run tell. */
record NodeAttempts(List<NodeAttempt> attempts) {

  /**
   * One process that began with a node.
   *
   * @param from the step of the checkpoint that it went on from; 0 for none
   * @param by process and machine; empty in runs of older versions
   */
  record NodeAttempt(String time, long from, String by) {

    Map<String, Object> plain() {
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("time", time);
      plain.put("from", from);
      plain.put("by", by);
      return plain;
    }

    private String words() {
      return Times.moment(time)
          + (by.isEmpty() ? "" : "  " + by)
          + (from > 0 ? "  from step " + from : "");
    }
  }

  static NodeAttempts of(Store store, String run, String node) {
    List<NodeAttempt> attempts = new ArrayList<>();
    for (String line : store.runs().events(run)) {
      if (line.contains("\"node-started\"") && line.contains("\"" + node + "\"")) {
        read(line, node, attempts);
      }
    }
    return new NodeAttempts(attempts);
  }

  private static void read(String line, String node, List<NodeAttempt> attempts) {
    Map<?, ?> event;
    try {
      event = StoreJson.read(line, Map.class);
    } catch (IOException e) {
      return; // a line that a process died in
    }
    if (node.equals(event.get("node")) && event.get("from") instanceof Number from) {
      Object by = event.get("by");
      attempts.add(
          new NodeAttempt(
              String.valueOf(event.get("time")),
              from.longValue(),
              by == null ? "" : String.valueOf(by)));
    }
  }

  List<Map<String, Object>> plain() {
    List<Map<String, Object>> plain = new ArrayList<>();
    for (NodeAttempt attempt : attempts) {
      Map<String, Object> numbered = new LinkedHashMap<>();
      numbered.put("attempt", plain.size() + 1);
      numbered.putAll(attempt.plain());
      plain.add(numbered);
    }
    return plain;
  }

  void show(Console console) {
    String label = "begun";
    for (NodeAttempt attempt : attempts) {
      console.result("  " + Phrase.left(label, 11) + " " + attempt.words());
      label = "";
    }
  }
}
