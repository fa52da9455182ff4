// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.docs;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.model.values.FeatureSpec;

/** The reference page of the language: every section and key, generated from the shapes. */
public final class ReferencePage {
  private static final Type.OneKind FEATURES = (Type.OneKind) Shape.typeOf(FeatureSpec.class);

  private final StringBuilder out = new StringBuilder();

  private final Predicate<Field> shown;

  private ReferencePage(Predicate<Field> shown) {
    this.shown = shown;
  }

  /** The page in Markdown. */
  public static String write() {
    ReferencePage page = new ReferencePage(field -> true);
    page.intro();
    Shape experiment = Shape.of(Experiment.class);
    page.line("## Top level").line("");
    page.header();
    experiment.fields().forEach(field -> page.topLevel(field));
    page.line("");
    experiment.fields().forEach(field -> page.section(field));
    page.features();
    return page.out.toString();
  }

  /**
   * The table of an operation's settings, for the page of its algorithm: without those that no
   * stage computes yet.
   */
  public static String settings(Shape shape) {
    ReferencePage page = new ReferencePage(field -> !field.later());
    page.header();
    page.rows("", shape);
    return page.out.toString().replace("](#", "](../spec.md#");
  }

  private void intro() {
    line("# The language");
    line("");
    line("<!-- Generated from the records of dsl/model; a test compares. Do not edit. -->");
    line("");
    line(
        "A spec is one experiment: a block of keys, written in YAML 1.2. Names refer to names; there");
    line("are no templates. Keys that are not listed here are errors.");
    line("");
    line(
        "- A **kind** is the one key of an entry that says what it is: `rm: { bradley_terry: { … } }`.");
    line(
        "- **Names** have letters, digits, `-` and `_`, and start with a letter or a digit; those of variants, sweeps and rounds may have points, too.");
    line("- `DATA.held_out` names the rows that a data set sets aside.");
    line("- A key without a default must be given, unless it says *optional*.");
    line(
        "- A setting's **path** follows the keys: `policies.ppo.ppo.regularizers.kl.coefficient`.");
    line("  `variants` and `-D path=value` use it.");
    line("");
  }

  private ReferencePage line(String text) {
    out.append(text).append('\n');
    return this;
  }

  private void header() {
    line("| key | value | default | meaning |");
    line("|---|---|---|---|");
  }

  private void topLevel(Field field) {
    boolean block = field.type() instanceof Type.MapOf || field.type() instanceof Type.Block;
    if (block) {
      line("| [`" + field.name() + "`](#" + field.name() + ") | block | | " + field.doc() + " |");
    } else {
      row("", field);
    }
  }

  private void section(Field field) {
    if (field.type() instanceof Type.MapOf map) {
      line("## " + field.name()).line("");
      line(sentence(field.doc())).line("");
      if (map.value() instanceof Type.OneKind oneKind) {
        oneKind.kinds().forEach(shape -> kind(field.name() + ".NAME.", shape));
      } else if (map.value() instanceof Type.Block block) {
        keys("`" + field.name() + ".NAME`", block.shape());
      }
    } else if (field.type() instanceof Type.Block block) {
      line("## " + field.name()).line("");
      line(sentence(field.doc())).line("");
      keys("`" + field.name() + "`", block.shape());
    }
  }

  private void kind(String prefix, Shape shape) {
    line("### " + shape.kind()).line("");
    line(sentence(shape.doc())).line("");
    if (!shape.source().isEmpty()) {
      line("Source: " + shape.source() + ".").line("");
    }
    if (shape.later()) {
      line("*Not available yet*: it can be checked and planned, but not run.").line("");
    }
    keys("`" + prefix + shape.kind() + "`", shape);
  }

  private void keys(String path, Shape shape) {
    line("Keys of " + path + ":").line("");
    header();
    rows("", shape);
    line("");
    if (!shape.exactlyOne().isEmpty()) {
      String keys =
          shape.exactlyOne().stream().map(key -> "`" + key + "`").collect(Collectors.joining(", "));
      line("Exactly one of " + keys + " must be given.").line("");
    }
    shape
        .main()
        .ifPresent(
            main -> line("`" + main.name() + "` may stand alone in place of the block.").line(""));
  }

  private void rows(String prefix, Shape shape) {
    for (Field field : shape.fields()) {
      if (!shown.test(field)) {
        continue;
      }
      row(prefix, field);
      if (field.type() instanceof Type.Block block) {
        rows(prefix + field.name() + ".", block.shape());
      } else if (field.type() instanceof Type.MapOf map && map.value() instanceof Type.Block b) {
        rows(prefix + field.name() + ".NAME.", b.shape());
      }
    }
  }

  private void row(String prefix, Field field) {
    String byDefault = field.defaultText();
    String shown =
        byDefault == null
            ? (field.optional() ? "*optional*" : "")
            : "`" + byDefault.replace("|", "\\|") + "`";
    String meaning = field.doc().replace("|", "\\|") + words(field.type());
    String source = field.source().isEmpty() ? "" : " (" + field.source() + ")";
    String later = field.later() ? ". *Not available yet*" : "";
    line(
        "| `"
            + prefix
            + field.name()
            + "` | "
            + value(field)
            + " | "
            + shown
            + " | "
            + meaning
            + kinds(field)
            + source
            + later
            + " |");
  }

  private static String value(Field field) {
    StringBuilder text = new StringBuilder(value(field.type(), field));
    if (field.range() != null) {
      text.append(" in ").append(field.range().text());
    }
    if (!field.unit().isEmpty()) {
      text.append(", ").append(field.unit());
    }
    return text.toString();
  }

  private static String value(Type type, Field field) {
    Section refers = field.refers();
    if (type instanceof Type.ListOf list) {
      return "list: " + value(list.item(), field);
    } else if (type instanceof Type.MapOf map) {
      boolean features = map.value() instanceof Type.OneKind;
      return "block: "
          + field.named()
          + " to "
          + (features ? "[feature](#features)" : value(map.value(), field));
    } else if (refers != null) {
      boolean plain =
          switch (refers) {
            case VALUES, EVALUATORS, FEEDBACK -> true;
            default -> false;
          };
      return (plain ? "name of " : "name of a ") + refers.noun();
    } else if (field.inFile()) {
      return "file";
    } else if (type instanceof Type.Whole) {
      return "whole number";
    } else if (type instanceof Type.Real) {
      return "number";
    } else if (type instanceof Type.Flag) {
      return "`true` or `false`";
    } else if (type instanceof Type.Choice choice) {
      return choice.constants().keySet().stream()
          .map(word -> "`" + word + "`")
          .collect(Collectors.joining(", "));
    } else if (type instanceof Type.OneKind) {
      return "[feature](#features)";
    } else if (type instanceof Type.Text) {
      return "text";
    }
    return type instanceof Type.Anything ? "any value" : "block";
  }

  private static String kinds(Field field) {
    return field.kinds().isEmpty()
        ? ""
        : ", of kind "
            + field.kinds().stream()
                .map(kind -> "`" + kind + "`")
                .collect(Collectors.joining(", "));
  }

  private static String words(Type type) {
    if (!(type instanceof Type.Choice choice)) {
      return "";
    }
    return choice.constants().entrySet().stream()
        .map(entry -> "`" + entry.getKey() + "`: " + Shape.docOf(entry.getValue()))
        .collect(Collectors.joining("; ", " — ", ""));
  }

  private void features() {
    line("## Features").line("");
    line("A number read off an answer and its prompt: in `values`, and as what malicious people");
    line("prefer. Words are what white space separates.").line("");
    FEATURES.kinds().forEach(shape -> kind("FEATURE.", shape));
  }

  private static String sentence(String doc) {
    return doc.substring(0, 1).toUpperCase(Locale.ROOT) + doc.substring(1) + ".";
  }
}
