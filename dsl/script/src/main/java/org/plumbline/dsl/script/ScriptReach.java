// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;

/**
 * Finds calls in a compiled script by which it would do more than to say what an experiment is.
 *
 * <p>This keeps mistakes out, not malice: a script is code with the rights of its user, and there
 * are ways around every such list.
 */
final class ScriptReach {
  /** What is refused: the first of these whose pattern finds {@code owner.member}. */
  private static final List<Refused> ALL =
      List.of(
          new Refused(
              "^lang/System\\.exit|^lang/Runtime\\.(exit|halt)|exitProcess",
              "this would end plumb, which a script cannot do",
              "leave it out: a script ends where its text does"),
          new Refused(
              "^lang/System\\.(out|err|console|set\\w+)|^io/(PrintStream|Console)\\."
                  + "|(^own|GroovyMethods|ConsoleKt)\\.print(ln|f)?$",
              "this writes to the terminal, which a script cannot do",
              "leave it out: `plumb convert FILE` shows what a script comes to"),
          new Refused(
              "^lang/System\\.in$|\\.(readln|readlnOrNull|readLine)$",
              "this asks the terminal, which a script cannot do",
              "write the value down, or give it with `-D PATH=VALUE`"),
          new Refused(
              "Math\\.random|Random|randomUUID|\\.(shuffle|shuffled|random|randomOrNull)$"
                  + "|identityHashCode",
              "this draws a random number, which a script cannot do",
              "write the number down: what is random comes from `seeds`"),
          new Refused(
              "nanoTime|currentTimeMillis|^util/(Date|Calendar|GregorianCalendar)\\."
                  + "|^time/\\w+\\.now|^time/Clock|kotlin/time/|TimingKt|DateGroovyMethods"
                  + "|\\.sleep$",
              "this reads the clock, which a script cannot do",
              "write down what is meant: a spec says the same whenever it is read"),
          new Refused(
              "^lang/(Thread(?!\\.(currentThread|isInterrupted)$)|Process|Runtime\\.exec)|^util/(Timer|concurrent/)|kotlin/concurrent"
                  + "|ProcessGroovyMethods|\\.(parallel|parallelStream|startThread)$",
              "this starts a thread or a program, which a script cannot do",
              "say what is to be done: plumb does in parallel what can be"),
          new Refused(
              "^net/|^lang/(reflect/|ClassLoader|Class\\.forName)|^lang/invoke/"
                  + "|groovy/(lang/Groovy(Shell|ClassLoader)|util/Eval)",
              "this loads code or uses the network, which a script cannot do",
              "write down what is meant"));

  private ScriptReach() {}

  private record Refused(Pattern calls, String message, String help) {
    Refused(String calls, String message, String help) {
      this(Pattern.compile(calls), message, help);
    }
  }

  /** A diagnostic for each line that reaches too far. */
  static List<Diagnostic> of(SourceFile file, byte[] archive) {
    ScriptText text = new ScriptText(file);
    Map<String, Diagnostic> found = new LinkedHashMap<>();
    try {
      Map<String, byte[]> classes = ScriptArchive.classes(archive);
      for (byte[] type : classes.values()) {
        Calls calls = new Calls(text, classes.keySet(), found);
        new ClassReader(type).accept(calls, ClassReader.SKIP_FRAMES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(found.values());
  }

  /** Visits all calls and all uses of fields, with their lines. */
  private static final class Calls extends ClassVisitor {
    private final ScriptText text;
    private final Set<String> own;
    private final Map<String, Diagnostic> found;

    Calls(ScriptText text, Set<String> own, Map<String, Diagnostic> found) {
      super(Opcodes.ASM9);
      this.text = text;
      this.own = own;
      this.found = found;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        private int line;

        @Override
        public void visitLineNumber(int number, Label start) {
          line = number;
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String type) {
          use(line, owner, field);
        }

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String method, String type, boolean isInterface) {
          use(line, owner, method);
        }
      };
    }

    private void use(int line, String owner, String member) {
      if (owner.startsWith("org/plumbline/")) {
        return; // the words of the language
      }
      boolean isOwn = own.contains(owner.replace('/', '.'));
      String call = (isOwn ? "own" : owner.replaceFirst("^java/", "")) + "." + member;
      for (Refused refused : ALL) {
        if (line > 0 && refused.calls().matcher(call).find()) {
          String type = owner.substring(owner.lastIndexOf('/') + 1);
          Span place = text.firstOf(line, List.of(member, type, "println", "print"));
          found.putIfAbsent(
              line + refused.message(),
              Diagnostic.of(Code.PLB0366, place, refused.message()).help(refused.help()));
          return;
        }
      }
    }
  }
}
