// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.plumbline.engine.lm.jinja.Expression.Given;
import org.plumbline.engine.lm.jinja.Statement.Block;
import org.plumbline.engine.lm.jinja.Statement.Flow;
import org.plumbline.engine.lm.jinja.Statement.NameTarget;
import org.plumbline.engine.lm.jinja.Statement.Parameter;
import org.plumbline.engine.lm.jinja.Statement.Target;

/** Parses a template: text, outputs and tags. */
final class TemplateParser {

  private final TemplateTokens tokens;
  private final ExpressionParser expressions;
  private int loops;

  private TemplateParser(TemplateTokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  static Block parse(String template) {
    TemplateParser parser = new TemplateParser(new TemplateTokens(Lexer.tokens(template)));
    return parser.body(Set.of());
  }

  /** Parses up to a tag that ends the body, and takes that tag's name. */
  private Block body(Set<String> ends) {
    int from = tokens.peek().line();
    tokens.enter();
    List<Statement> statements = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    while (tokens.peek().kind() != Token.Kind.END) {
      Token token = tokens.next();
      lines.add(token.line());
      if (token.kind() == Token.Kind.DATA) {
        statements.add(new Statement.Data(token.text()));
      } else if (token.kind() == Token.Kind.VARIABLE_BEGIN) {
        statements.add(new Statement.Output(expressions.tuple()));
        tokens.expect(Token.Kind.VARIABLE_END, "`}}`");
      } else if (tokens.peek().kind() == Token.Kind.NAME && ends.contains(tokens.peek().text())) {
        tokens.leave();
        return new Block(statements, lines);
      } else {
        statements.add(statement(tokens.name()));
        blockEnd();
      }
    }
    if (!ends.isEmpty()) {
      throw new TemplateException(
          from,
          "the block that begins here has no `" + String.join("` or `", new TreeSet<>(ends)) + "`");
    }
    tokens.leave();
    return new Block(statements, lines);
  }

  private void blockEnd() {
    tokens.expect(Token.Kind.BLOCK_END, "`%}`");
  }

  /** Parses a body and its end. */
  private Block whole(String end) {
    blockEnd();
    Block block = body(Set.of(end));
    tokens.next();
    return block;
  }

  /** Parses a body in which loops around it cannot be left. */
  private Block apart(String end) {
    int around = loops;
    loops = 0;
    Block block = whole(end);
    loops = around;
    return block;
  }

  private Statement statement(String tag) {
    return switch (tag) {
      case "if" -> branch();
      case "for" -> loop();
      case "set" -> set();
      case "macro" -> macro();
      case "call" -> call();
      case "filter" -> {
        Expression filtered = filters(expressions.filter(new Expression.Name(Statement.BODY)));
        yield new Statement.Filter(apart("endfilter"), filtered);
      }
      case "with" -> with();
      case "generation" -> new Statement.With(List.of(), List.of(), apart("endgeneration"));
      case "break", "continue" -> {
        if (loops == 0) {
          throw tokens.error("`" + tag + "` stands in no loop");
        }
        yield new Statement.Jump(tag.equals("break") ? Flow.BREAK : Flow.CONTINUE);
      }
      default -> throw tokens.error("the tag `" + tag + "` is not supported here");
    };
  }

  private Statement branch() {
    Expression condition = expressions.tuple();
    blockEnd();
    Block then = body(Set.of("elif", "else", "endif"));
    int line = tokens.peek().line();
    String end = tokens.name();
    if (end.equals("elif")) {
      tokens.enter();
      Statement next = branch();
      tokens.leave();
      return new Statement.Branch(condition, then, new Block(List.of(next), List.of(line)));
    }
    Block otherwise = end.equals("else") ? whole("endif") : Block.EMPTY;
    return new Statement.Branch(condition, then, otherwise);
  }

  private Statement loop() {
    Target target = targets();
    if (!tokens.skipName("in")) {
      throw tokens.unexpected("`in`");
    }
    Expression items = expressions.withoutChoice();
    Expression condition = tokens.skipName("if") ? expressions.expression() : null;
    if (tokens.isName("recursive")) {
      throw tokens.error("`recursive` loops are not supported");
    }
    blockEnd();
    loops++;
    Block body = body(Set.of("else", "endfor"));
    loops--;
    Block otherwise = tokens.name().equals("else") ? whole("endfor") : Block.EMPTY;
    return new Statement.For(target, items, condition, body, otherwise);
  }

  private Target targets() {
    List<Target> targets = new ArrayList<>();
    do {
      if (tokens.isName("in") || tokens.isOperator("=") || tokens.isOperator(")")) {
        break;
      }
      targets.add(target());
    } while (tokens.skipOperator(","));
    if (targets.isEmpty()) {
      throw tokens.unexpected("a name");
    }
    return targets.size() == 1 ? targets.get(0) : new Statement.TupleTarget(targets);
  }

  private Target target() {
    if (tokens.skipOperator("(")) {
      tokens.enter();
      Target inner = targets();
      tokens.leave();
      tokens.operator(")");
      return inner;
    }
    String name = tokens.name();
    if (Set.of("loop", "true", "false", "none", "True", "False", "None").contains(name)) {
      throw tokens.error("`" + name + "` cannot be set");
    }
    return tokens.skipOperator(".")
        ? new Statement.AttributeTarget(name, tokens.name())
        : new NameTarget(name);
  }

  private Statement set() {
    Target target = targets();
    if (tokens.skipOperator("=")) {
      return new Statement.Set(target, expressions.tuple());
    }
    Expression filtered = filters(new Expression.Name(Statement.BODY));
    return new Statement.SetText(target, apart("endset"), filtered);
  }

  private Expression filters(Expression of) {
    Expression filtered = of;
    while (tokens.skipOperator("|")) {
      filtered = expressions.filter(filtered);
    }
    return filtered;
  }

  private Statement macro() {
    String name = tokens.name();
    List<Parameter> parameters = parameters();
    return new Statement.Macro(name, parameters, apart("endmacro"));
  }

  private List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    tokens.operator("(");
    while (!tokens.skipOperator(")")) {
      if (!parameters.isEmpty()) {
        tokens.operator(",");
      }
      String name = tokens.name();
      Expression fallback = tokens.skipOperator("=") ? expressions.expression() : null;
      parameters.add(new Parameter(name, fallback));
    }
    return parameters;
  }

  private Statement call() {
    List<Parameter> parameters = tokens.isOperator("(") ? parameters() : List.of();
    if (!(expressions.expression() instanceof Expression.Call call)) {
      throw tokens.error("`call` needs a macro with its arguments");
    }
    Given given = call.given();
    Statement.Macro caller = new Statement.Macro("caller", parameters, apart("endcall"));
    return new Statement.CallBlock(caller, call.function(), given);
  }

  private Statement with() {
    List<Target> targets = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (tokens.peek().kind() != Token.Kind.BLOCK_END) {
      if (!targets.isEmpty()) {
        tokens.operator(",");
      }
      targets.add(target());
      tokens.operator("=");
      values.add(expressions.expression());
    }
    return new Statement.With(targets, values, whole("endwith"));
  }
}
