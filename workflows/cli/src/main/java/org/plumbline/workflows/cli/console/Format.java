// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

/** The forms of output. */
public enum Format {
  /** For people. */
  HUMAN,
  /** One line per problem, as compilers write them. */
  SHORT,
  /** One JSON document; for runs, one per line. */
  JSON,
  /** Annotations of GitHub's workflows. */
  GITHUB
}
