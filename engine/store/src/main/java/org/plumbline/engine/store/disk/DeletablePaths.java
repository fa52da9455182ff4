// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import java.util.regex.Pattern;

/**
 * All that this program ever deletes, by the names that it gives: paths relative to the store, or
 * to the folder that something else is made in. What has another name is never deleted.
 */
public enum DeletablePaths {
  /** The folder in which one process prepares results. */
  PROCESS_FOLDER(Names.TMP + "/" + Names.PROCESS, Shape.TREE),
  /** One thing that a process prepares there: a file or a folder. */
  PREPARED(Names.TMP + "/" + Names.PROCESS + "/\\d+", Shape.TREE),
  /** The lock that says that this process lives. */
  PROCESS_LOCK("(locks|" + Names.TMP + ")/tmp-" + Names.PROCESS + "\\.lock", Shape.FILE),
  /** Who conducts a run of an experiment. */
  OWNER("locks/experiment-[0-9a-f]{16}\\.json", Shape.FILE),
  /** A result that is not needed here any more. */
  ARTIFACT("artifacts/sha256/[0-9a-f]{2}/[0-9a-f]{62}", Shape.TREE),
  /** That a node has finished. */
  NODE_RECORD("nodes/[0-9a-f]{64}\\.json", Shape.FILE),
  /** Which artifact the copy of an input is. */
  INPUT_RECORD("inputs/[0-9a-f]{64}\\.json", Shape.FILE),
  /** What was answered to a node from outside. */
  ANSWERS("checkpoints/[0-9a-f]{64}/answers(-\\d{1,18})?\\.jsonl", Shape.FILE),
  /** Where the checkpoints of a node were. */
  NO_CHECKPOINTS("checkpoints/[0-9a-f]{64}", Shape.EMPTY_FOLDER),
  /** The page of a run that is made anew when it is looked at. */
  REPORT("runs/[0-9a-f]{4,8}/report\\.html", Shape.FILE),
  /** What is prepared beside its place, outside of a store. */
  ASIDE("\\.plumb-" + Names.PROCESS, Shape.TREE),
  /** A file of an exported model. */
  EXPORTED(
      "(member-\\d{1,4}/)?(("
          + "(generation_|tokenizer_|adapter_)?config|tokenizer|special_tokens_map|plumbline|reward"
          + "|provenance)\\.json|(adapter_)?model\\.safetensors|chat_template\\.jinja"
          + "|additional_chat_templates/[^/]+\\.jinja)",
      Shape.FILE);

  /** What it must be, or it is not deleted. */
  enum Shape {
    /** A regular file. */
    FILE,
    /** A folder with all that is in it, or a file. */
    TREE,
    /** A folder; stays if anything is in it. */
    EMPTY_FOLDER
  }

  private static final class Names {
    /** Process id and a random number. */
    static final String PROCESS =
        "\\d{1,10}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    static final String TMP = "((artifacts|checkpoints)/)?tmp";
  }

  private final Pattern names;
  private final Shape shape;

  DeletablePaths(String names, Shape shape) {
    this.names = Pattern.compile(names);
    this.shape = shape;
  }

  Shape shape() {
    return shape;
  }

  /** Whether this program gives such things this name. */
  public boolean named(String relative) {
    return names.matcher(relative).matches();
  }
}
