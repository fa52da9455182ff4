// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run, its nodes apart.
 *
 * @param id short name: four or more hex digits
 * @param experiment its name
 * @param spec that it was made from
 * @param frozen the experiment as plain data with all defaults
 * @param overrides given on the command line: path and text
 * @param provenance what computed it
 * @param folder that paths in the spec are relative to
 * @param sessions the processes that conducted it, in order of time
 * @param message why it failed, or null
 * @param planDigest SHA-256 of the file of its plan; null in records of older versions
 * @param server that conducts it; null if the process of its last session does
 */
public record RunRecord(
    String id,
    String experiment,
    RunStatus status,
    Spec spec,
    Map<String, Object> frozen,
    Map<String, String> overrides,
    List<Long> seeds,
    Provenance provenance,
    String folder,
    List<Session> sessions,
    @Nullable String message,
    @Nullable String planDigest,
    @Nullable RunServer server) {

  public RunRecord {
    RecordChecks.require(id, experiment, status, spec, provenance, folder);
    frozen = Collections.unmodifiableMap(new LinkedHashMap<>(frozen));
    overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
    seeds = List.copyOf(seeds);
    sessions = List.copyOf(sessions);
    if (sessions.isEmpty()) {
      throw new IllegalArgumentException("a run has been conducted by somebody");
    }
  }

  /**
   * A spec.
   *
   * @param name file name
   * @param digest SHA-256 of the text
   */
  public record Spec(String name, String text, String digest) {
    public Spec {
      RecordChecks.require(name, text, digest);
    }
  }

  /**
   * One process that conducted the run.
   *
   * @param started ISO 8601
   * @param ended ISO 8601; null while it runs; for a process that ended without saying so the time
   *     of the last thing that it wrote
   * @param clean whether it said so when it ended
   */
  public record Session(
      String started, @Nullable String ended, long pid, String host, boolean clean) {

    public Session {
      RecordChecks.require(host);
      RecordChecks.requireTime(started);
      if (ended != null) {
        RecordChecks.requireTime(ended);
      }
    }
  }

  /** When it was started first, ISO 8601. */
  public String started() {
    return sessions.get(0).started();
  }

  /** When it ended last, ISO 8601; null while it runs. */
  public @Nullable String ended() {
    return sessions.get(sessions.size() - 1).ended();
  }

  /** How often it was resumed. */
  public int interruptions() {
    return sessions.size() - 1;
  }

  /** Seconds in which a process conducted it; for a running one until now. */
  public double seconds() {
    return sessions.stream().mapToDouble(Timestamps::seconds).sum();
  }

  public RunRecord with(
      RunStatus newStatus, List<Session> newSessions, @Nullable String newMessage) {
    return new RunRecord(
        id,
        experiment,
        newStatus,
        spec,
        frozen,
        overrides,
        seeds,
        provenance,
        folder,
        newSessions,
        newMessage,
        planDigest,
        server);
  }

  /** The same run, conducted by a server, or by a process if that is null. */
  public RunRecord conductedBy(@Nullable RunServer other) {
    return new RunRecord(
        id,
        experiment,
        status,
        spec,
        frozen,
        overrides,
        seeds,
        provenance,
        folder,
        sessions,
        message,
        planDigest,
        other);
  }

  /** Whether a server conducts it at the moment. */
  public boolean served() {
    return server != null && status == RunStatus.RUNNING;
  }
}
