// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Why a node runs. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reason")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Reason.NeverRan.class, name = "never-ran"),
  @JsonSubTypes.Type(value = Reason.ParamChanged.class, name = "param-changed"),
  @JsonSubTypes.Type(value = Reason.InputChanged.class, name = "input-changed"),
  @JsonSubTypes.Type(value = Reason.OperationChanged.class, name = "operation-changed"),
  @JsonSubTypes.Type(value = Reason.RuntimeChanged.class, name = "runtime-changed"),
  @JsonSubTypes.Type(value = Reason.ArtifactMissing.class, name = "artifact-missing"),
  @JsonSubTypes.Type(value = Reason.Corrupt.class, name = "corrupt"),
  @JsonSubTypes.Type(value = Reason.RecordUnreadable.class, name = "record-unreadable"),
  @JsonSubTypes.Type(value = Reason.Forced.class, name = "forced"),
  @JsonSubTypes.Type(value = Reason.UpstreamRuns.class, name = "upstream-runs"),
})
public sealed interface Reason {

  /** The reason in a few words, for a table. */
  String text();

  /** No node of this operation has ever finished here, or none resembles it. */
  record NeverRan() implements Reason {
    @Override
    public String text() {
      return "never ran";
    }
  }

  /**
   * A setting is another.
   *
   * @param path of the setting, from the node: {@code evaluators.groups.troll.count}
   * @param was canonical JSON of the old value; {@code absent} if there was none
   * @param is canonical JSON of the new value; {@code absent} if there is none
   */
  record ParamChanged(String path, String was, String is) implements Reason {
    @Override
    public String text() {
      return path + " " + was + " → " + is;
    }
  }

  /**
   * A file's content, or the node that is read, is another.
   *
   * @param name the key of the settings that names it
   * @param was digest or key; {@code absent} if there was none
   * @param is digest or key; {@code absent} if there is none
   * @param madeBy the path of the file as the spec has it, or the id of the node
   */
  record InputChanged(String name, String was, String is, String madeBy) implements Reason {
    @Override
    public String text() {
      return madeBy + " changed (" + brief(was) + " → " + brief(is) + ")";
    }
  }

  /** The operation gives other results than it used to. */
  record OperationChanged(String operation, int was, int is) implements Reason {
    @Override
    public String text() {
      return operation + " is now version " + is + ", was " + was;
    }
  }

  /** Something that numbers depend on is another: the engine, the device. */
  record RuntimeChanged(String what, String was, String is) implements Reason {
    @Override
    public String text() {
      return what + " " + was + " → " + is;
    }
  }

  /** The node has finished before, but its result is no longer in the store. */
  record ArtifactMissing(String digest) implements Reason {
    @Override
    public String text() {
      return "its result " + brief(digest) + " is no longer in the store";
    }
  }

  /** The node has finished before, but its result is damaged. */
  record Corrupt(String digest) implements Reason {
    @Override
    public String text() {
      return "its result " + brief(digest) + " is damaged";
    }
  }

  /** The node has finished before, but the record of that is damaged. */
  record RecordUnreadable() implements Reason {
    @Override
    public String text() {
      return "the record of its result cannot be read";
    }
  }

  /** The user asked for it. */
  record Forced(String flag) implements Reason {
    @Override
    public String text() {
      return "forced by " + flag;
    }
  }

  /** A node that it reads runs, for reasons of its own. */
  record UpstreamRuns(String node) implements Reason {
    @Override
    public String text() {
      return "`" + node + "` runs";
    }
  }

  private static String brief(String digest) {
    return digest.length() > 12 ? digest.substring(0, 8) + "…" : digest;
  }
}
