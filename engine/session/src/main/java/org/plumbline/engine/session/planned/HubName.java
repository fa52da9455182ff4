// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import java.util.Optional;
import java.util.regex.Pattern;
import org.plumbline.dsl.model.file.FileKind;

/** Names of the Hugging Face Hub where a path is asked for: nothing is downloaded. */
final class HubName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][\\w.-]*/[A-Za-z0-9][\\w.-]*");
  private static final Pattern FILE =
      Pattern.compile("(?i).*\\.(?:jsonl?|csv|tsv|parquet|txt|md|gz|zst|safetensors|gguf)");

  private HubName() {}

  /** What to do if a path that is not there looks like such a name. */
  static Optional<String> help(String written, FileKind kind) {
    String folder = written.substring(written.indexOf('/') + 1);
    String type = kind == FileKind.FOLDER ? "" : " --repo-type dataset";
    return NAME.matcher(written).matches() && !FILE.matcher(written).matches()
        ? Optional.of(
            "if it is a name on the Hugging Face Hub: nothing is downloaded; save it first (`hf"
                + " download %s%s --local-dir %s`) and name what is there"
                    .formatted(written, type, folder))
        : Optional.empty();
  }
}
