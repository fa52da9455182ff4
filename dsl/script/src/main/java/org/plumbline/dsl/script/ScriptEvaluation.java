// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.script.blocks.Declarations;
import org.plumbline.dsl.spec.tree.Tree;

/** Evaluates a compiled script, for a limited time. */
public final class ScriptEvaluation {
  /** A spec is evaluated in milliseconds; one that takes this long does something else. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private ScriptEvaluation() {}

  /** The tree of what the script declares, or what kept it from doing so. */
  public static Tree of(SourceFile file, Callable<Declarations> script) {
    FutureTask<Declarations> task = new FutureTask<>(script);
    Thread thread = new Thread(task, "spec");
    thread.setDaemon(true);
    thread.start();
    try {
      Declarations evaluated = task.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return ScriptTree.of(file, evaluated.all());
    } catch (ExecutionException e) {
      return new Tree(null, List.of(ScriptErrors.thrown(file, cause(e))));
    } catch (TimeoutException e) {
      Span place = ScriptErrors.place(file, thread.getStackTrace());
      thread.interrupt();
      String where = place.wholeFile() ? "" : ", in line " + place.start().line();
      return new Tree(
          null,
          List.of(
              Diagnostic.of(
                      Code.PLB0404,
                      place,
                      "the script is still running after " + LIMIT.toSeconds() + " s" + where)
                  .help("a spec only says what is to be done; look for an endless loop")));
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a script was evaluated", e);
    }
  }

  private static Throwable cause(Throwable thrown) {
    Throwable cause = thrown.getCause();
    boolean wraps =
        thrown instanceof ExecutionException
            || thrown instanceof InvocationTargetException
            || thrown instanceof UndeclaredThrowableException;
    return cause != null && wraps ? cause(cause) : thrown;
  }
}
