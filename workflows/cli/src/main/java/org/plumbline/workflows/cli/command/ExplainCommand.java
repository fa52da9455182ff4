// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.spec.bind.Suggest;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.console.Packaged;
import org.plumbline.workflows.cli.console.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows the page of a diagnostic. */
@Command(name = "explain", description = "Explain a diagnostic: what is wrong, what is right, why.")
final class ExplainCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;

  @Parameters(
      paramLabel = "CODE",
      arity = "0..1",
      description = "as in PLB0102 or unknown-key; without it, all codes are listed")
  private @Nullable String wanted;

  @Override
  public Integer call() {
    Console console = Injected.of(plumb).console();
    if (wanted == null) {
      list(console);
      return ExitCode.OK;
    }
    Code code = find(wanted);
    String page = page(code);
    if (console.format() == Format.JSON) {
      Map<String, Object> plain = plain(code);
      plain.put("page", page);
      console.json(Json.pretty(plain));
    } else {
      console.result(page.stripTrailing());
    }
    return ExitCode.OK;
  }

  private static Code find(String wanted) {
    return Code.find(wanted)
        .or(() -> Code.find("PLB" + wanted))
        .orElseThrow(
            () -> {
              List<String> known = new ArrayList<>();
              for (Code code : Code.values()) {
                known.add(code.name());
                known.add(code.slug());
              }
              String help =
                  Suggest.near(wanted, known)
                      .map(near -> "did you mean `" + near + "`?")
                      .orElse("`plumb explain` lists all codes");
              return Refusal.mistake("there is no diagnostic `" + wanted + "`", help);
            });
  }

  private static void list(Console console) {
    if (console.format() == Format.JSON) {
      List<Object> all = new ArrayList<>();
      for (Code code : Code.values()) {
        all.add(plain(code));
      }
      console.json(Json.pretty(Map.of("codes", all)));
      return;
    }
    for (Code code : Code.values()) {
      console.result(code + "  " + title(code));
    }
  }

  private static Map<String, Object> plain(Code code) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("code", code.name());
    plain.put("name", code.slug());
    plain.put("severity", code.severity().word());
    plain.put("title", title(code));
    return plain;
  }

  private static String title(Code code) {
    String heading = page(code).lines().findFirst().orElse("");
    return heading.substring(heading.indexOf(':') + 1).strip();
  }

  private static String page(Code code) {
    return Packaged.text("diagnostics/" + code.name() + ".md");
  }
}
