// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.content.Checkpoint;

/** A stage that adds up numbers, one per step, and can go on where it stopped. */
public final class Counting implements Stage {

  /** Its settings. */
  record Settings(long steps, String label) {}

  @Override
  public String operation() {
    return "count";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void run(StageContext context) throws IOException {
    Settings settings = context.settings(Settings.class);
    long step = 0;
    long sum = 0;
    for (Artifact input : context.inputs("from")) {
      sum += Long.parseLong(Files.readString(input.file("sum.txt")));
    }
    Path before = context.checkpoint().map(Checkpoint::folder).orElse(null);
    if (before != null) {
      step = context.checkpoint().orElseThrow().step();
      sum = Long.parseLong(Files.readString(before.resolve("sum.txt")));
    }
    while (step < settings.steps()) {
      step++;
      sum = sum * 31 + step;
      context.watched(Duration.ofSeconds(1)); // as it says
      context.progress(step, settings.steps(), Map.of("sum", (double) sum));
      if (context.checkpointDue()) {
        String text = Long.toString(sum);
        context.saveCheckpoint(step, folder -> Files.writeString(folder.resolve("sum.txt"), text));
      }
    }
    Files.createDirectories(context.output().resolve("more"));
    Files.writeString(context.output().resolve("sum.txt"), Long.toString(sum));
    Files.writeString(context.output().resolve("more/label.txt"), settings.label());
  }
}
