// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plumbline.workflows.cli.command.PlumbProcess;

/**
 * What the experiment gives if nothing happens to it.
 *
 * @param keys of all nodes by name, in the order of the plan
 * @param artifacts their digests
 * @param answers how often each question is put to the judge
 */
record Undisturbed(
    Map<String, String> keys, Map<String, String> artifacts, Map<String, Integer> answers) {

  /** Runs it in one process. */
  static Undisturbed run(Site site, Path folder) throws IOException, InterruptedException {
    ChaosSpec.write(folder, site.judgeUrl());
    return runThere(site, folder);
  }

  /** Runs what has been written into a folder. */
  static Undisturbed runThere(Site site, Path folder) throws IOException, InterruptedException {
    Map<String, String> keys = new LinkedHashMap<>();
    JsonNode plan = PlumbProcess.run(folder, "plan", ChaosSpec.NAME, "--format", "json").json();
    plan.get("nodes").forEach(n -> keys.put(n.get("id").asText(), n.get("key").asText()));
    site.judge().begin();
    PlumbProcess.Ended whole = PlumbProcess.run(folder, "run", ChaosSpec.NAME);
    if (whole.code() != 0) {
      throw new IllegalStateException("the undisturbed run fails: " + whole.err());
    }
    Map<String, Integer> answers = new TreeMap<>();
    site.judge().answered().forEach((question, times) -> answers.put(question, times.size()));
    JsonNode shown = PlumbProcess.run(folder, "show", "latest", "--format", "json").json();
    return new Undisturbed(keys, artifacts(shown), answers);
  }

  /** The digests that {@code plumb show --format json} tells. */
  static Map<String, String> artifacts(JsonNode run) {
    Map<String, String> artifacts = new TreeMap<>();
    run.get("nodes").forEach(n -> artifacts.put(n.get("id").asText(), n.get("artifact").asText()));
    return artifacts;
  }

  List<String> nodes() {
    return List.copyOf(keys.keySet());
  }

  /** The nodes that ask the judge. */
  List<String> asking() {
    return nodes().stream().filter(n -> n.startsWith("judged@") || n.startsWith("cai@")).toList();
  }
}
