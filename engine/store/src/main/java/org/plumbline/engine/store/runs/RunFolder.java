// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.runs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanJson;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.Records;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.Secrets;
import org.plumbline.engine.store.record.StoreJson;

/** What lies in the folder of a run. What is read there is not believed before it was looked at. */
record RunFolder(String id, RunHome home) {
  private static final String DIGEST = ".sha256";

  static final String RECORD = "run.json";
  static final String PLAN = "plan.json";
  static final String NODES = "nodes.jsonl";
  static final String EVENTS = "events.jsonl";

  /** What was written down of the run, whatever has become of its process. */
  RunRecord record() throws IOException {
    RunRecord record = StoreJson.readSealed(bytes(RECORD), RunRecord.class);
    if (!record.id().equals(id)) {
      throw new IOException("it is the record of another run");
    }
    return record;
  }

  /** The plan that the record belongs to. */
  Plan plan(RunRecord record) throws IOException {
    byte[] bytes = bytes(PLAN);
    String digest = record.planDigest();
    if (digest != null && !digest.equals(Sha256.of(bytes))) {
      throw new IOException("its content has changed since it was written");
    }
    return PlanJson.readPlan(bytes);
  }

  private byte[] bytes(String file) throws IOException {
    return home.files(id)
        .read(file)
        .orElseThrow(() -> new NoSuchFileException(home.where(id, file)))
        .content();
  }

  Map<String, NodeOutcome> outcomes() throws IOException {
    Map<String, NodeOutcome> outcomes = new LinkedHashMap<>();
    for (NodeOutcome outcome : outcomes(home.journal(id, NODES).lines())) {
      // What ended last stands last.
      outcomes.remove(outcome.node());
      outcomes.put(outcome.node(), outcome);
    }
    return outcomes;
  }

  /** What was added; first the outcomes, so that the events before them are there, too. */
  RunNews news(RunNews before) throws IOException {
    Journal.Tail outcomes = home.journal(id, NODES).after(before.outcomesSeen());
    Journal.Tail events = home.journal(id, EVENTS).after(before.eventsSeen());
    return new RunNews(outcomes(outcomes.lines()), events.lines(), outcomes.seen(), events.seen());
  }

  private List<NodeOutcome> outcomes(List<String> lines) {
    List<NodeOutcome> outcomes = new ArrayList<>();
    for (String line : lines) {
      try {
        outcomes.add(StoreJson.read(line, NodeOutcome.class));
      } catch (IOException e) {
        home.problem(passedOver("runs/" + id + "/" + NODES));
      }
    }
    return outcomes;
  }

  List<String> events() throws IOException {
    return home.journal(id, EVENTS).lines();
  }

  static String passedOver(String file) {
    return file + " has damaged lines, which are passed over";
  }

  /** When a process that conducted the run last wrote down what happened, if it did. */
  String lastSign(String started) throws IOException {
    String sign = started;
    for (String name : List.of(EVENTS, NODES)) {
      String time = home.journal(id, name).lastTime().orElse(sign);
      sign = time.compareTo(sign) > 0 ? time : sign;
    }
    return sign;
  }

  /** The sessions; one whose process died ends with the last thing that it wrote. */
  List<RunRecord.Session> closed(RunRecord record) throws IOException {
    List<RunRecord.Session> sessions = new ArrayList<>(record.sessions());
    int last = sessions.size() - 1;
    RunRecord.Session session = sessions.get(last);
    if (session.ended() == null) {
      String sign = lastSign(session.started());
      sessions.set(
          last,
          new RunRecord.Session(session.started(), sign, session.pid(), session.host(), false));
    }
    return sessions;
  }

  void write(RunRecord record) throws IOException {
    home.files(id).put(RECORD, StoreJson.sealed(record));
  }

  void append(String file, Object line) throws IOException {
    home.journal(id, file).append(StoreJson.line(line));
  }

  /** Ends lines that a process died in the middle of, so that the next are not lost with them. */
  void mend() throws IOException {
    for (String file : List.of(NODES, EVENTS)) {
      home.journal(id, file).mend();
    }
  }

  /** Writes a file with a digest by which damage is seen. */
  void keep(String name, String text) throws IOException {
    put(name, text);
    put(name + DIGEST, Sha256.of(Secrets.mask(text)) + "  " + name + "\n");
  }

  void put(String name, String text) throws IOException {
    home.files(id).put(name, Secrets.mask(text).getBytes(StandardCharsets.UTF_8));
  }

  /** A file, if it is there. */
  Optional<byte[]> kept(String name) throws IOException {
    Records records = home.files(id);
    byte[] content = records.read(name).map(Records.Found::content).orElse(null);
    Optional<Records.Found> digest = records.read(name + DIGEST);
    if (content != null
        && digest.isPresent()
        && !new String(digest.get().content(), StandardCharsets.ISO_8859_1)
            .startsWith(Sha256.of(content))) {
      throw new IOException("its content has changed since it was written");
    }
    return Optional.ofNullable(content);
  }
}
