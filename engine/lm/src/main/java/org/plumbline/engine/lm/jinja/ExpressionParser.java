// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.plumbline.engine.lm.jinja.Expression.Given;
import org.plumbline.engine.lm.jinja.Expression.Literal;

/** Parses expressions: a method for each level of Jinja's operators, the loosest first. */
final class ExpressionParser {

  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> SUMS = Set.of("+", "-");
  private static final Set<String> PRODUCTS = Set.of("*", "/", "//", "%");

  private final TemplateTokens tokens;

  ExpressionParser(TemplateTokens tokens) {
    this.tokens = tokens;
  }

  /** Parses an expression, or several with commas between, which are a tuple. */
  Expression tuple() {
    Expression first = expression();
    if (!tokens.isOperator(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (tokens.skipOperator(",") && !tupleEnds()) {
      items.add(expression());
    }
    return new Expression.Items(items, true);
  }

  private boolean tupleEnds() {
    return switch (tokens.peek().kind()) {
      case VARIABLE_END, BLOCK_END, END -> true;
      case OPERATOR -> tokens.isOperator(")");
      default -> false;
    };
  }

  Expression expression() {
    tokens.enter();
    Expression value = or();
    while (tokens.skipName("if")) {
      Expression condition = or();
      Expression otherwise = tokens.skipName("else") ? expression() : new Expression.Missing();
      value = new Expression.Choice(value, condition, otherwise);
    }
    tokens.leave();
    return value;
  }

  /** Parses what a loop goes over, where {@code if} begins its condition. */
  Expression withoutChoice() {
    return or();
  }

  private Expression or() {
    Expression left = and();
    while (tokens.skipName("or")) {
      left = new Expression.Or(left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (tokens.skipName("and")) {
      left = new Expression.And(left, not());
    }
    return left;
  }

  private Expression not() {
    if (!tokens.skipName("not")) {
      return comparison();
    }
    tokens.enter();
    Expression negated = new Expression.Not(not());
    tokens.leave();
    return negated;
  }

  private Expression comparison() {
    Expression first = sum();
    List<Expression.Comparison> rest = new ArrayList<>();
    while (true) {
      Token token = tokens.peek();
      if (token.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(token.text())) {
        tokens.next();
        rest.add(new Expression.Comparison(token.text(), sum()));
      } else if (tokens.skipName("in")) {
        rest.add(new Expression.Comparison("in", sum()));
      } else if (tokens.isName("not") && tokens.second().is(Token.Kind.NAME, "in")) {
        tokens.next();
        tokens.next();
        rest.add(new Expression.Comparison("not in", sum()));
      } else {
        return rest.isEmpty() ? first : new Expression.Compared(first, rest);
      }
    }
  }

  private Expression sum() {
    return computed(SUMS, this::joined);
  }

  private Expression joined() {
    List<Expression> parts = new ArrayList<>(List.of(product()));
    while (tokens.skipOperator("~")) {
      parts.add(product());
    }
    return parts.size() == 1 ? parts.get(0) : new Expression.Joined(parts);
  }

  private Expression product() {
    return computed(PRODUCTS, this::power);
  }

  private Expression power() {
    return computed(Set.of("**"), () -> unary(true));
  }

  private Expression computed(Set<String> operators, Supplier<Expression> operand) {
    Expression left = operand.get();
    while (tokens.peek().kind() == Token.Kind.OPERATOR
        && operators.contains(tokens.peek().text())) {
      left = new Expression.Computed(tokens.next().text(), left, operand.get());
    }
    return left;
  }

  private Expression unary(boolean withFilters) {
    tokens.enter();
    Expression value;
    if (tokens.skipOperator("-")) {
      value = new Expression.Negative(unary(false));
    } else if (tokens.skipOperator("+")) {
      value = unary(false);
    } else {
      value = primary();
    }
    value = postfix(value);
    value = withFilters ? filters(value) : value;
    tokens.leave();
    return value;
  }

  private Expression primary() {
    Token token = tokens.next();
    switch (token.kind()) {
      case NAME:
        return named(token.text());
      case STRING:
        StringBuilder text = new StringBuilder(token.text());
        while (tokens.peek().kind() == Token.Kind.STRING) {
          text.append(tokens.next().text());
        }
        return new Literal(text.toString());
      case INTEGER:
        return new Literal(whole(token));
      case FLOAT:
        return new Literal(Double.valueOf(token.text().replace("_", "")));
      default:
        return switch (token.text()) {
          case "(" -> parenthesised();
          case "[" -> new Expression.Items(listed("]"), false);
          case "{" -> mapping();
          default ->
              throw new TemplateException(
                  token.line(), "a value is expected before " + token.described());
        };
    }
  }

  private static Expression named(String name) {
    return switch (name) {
      case "true", "True" -> new Literal(true);
      case "false", "False" -> new Literal(false);
      case "none", "None" -> Expression.NONE;
      default -> new Expression.Name(name);
    };
  }

  private static Object whole(Token token) {
    try {
      return Long.valueOf(token.text().replace("_", ""));
    } catch (NumberFormatException e) {
      throw new TemplateException(token.line(), "the number " + token.text() + " is too large");
    }
  }

  private Expression parenthesised() {
    Expression value = tokens.isOperator(")") ? new Expression.Items(List.of(), true) : tuple();
    tokens.operator(")");
    return value;
  }

  private List<Expression> listed(String end) {
    List<Expression> items = new ArrayList<>();
    while (!tokens.skipOperator(end)) {
      if (!items.isEmpty()) {
        tokens.operator(",");
        if (tokens.skipOperator(end)) {
          break;
        }
      }
      items.add(expression());
    }
    return items;
  }

  private Expression mapping() {
    List<Expression.Entry> entries = new ArrayList<>();
    while (!tokens.skipOperator("}")) {
      if (!entries.isEmpty()) {
        tokens.operator(",");
        if (tokens.skipOperator("}")) {
          break;
        }
      }
      Expression key = expression();
      tokens.operator(":");
      entries.add(new Expression.Entry(key, expression()));
    }
    return new Expression.Mapping(entries);
  }

  private Expression postfix(Expression start) {
    Expression value = start;
    while (true) {
      if (tokens.skipOperator(".")) {
        Token part = tokens.next();
        if (part.kind() == Token.Kind.INTEGER) {
          value = new Expression.Item(value, new Literal(whole(part)));
        } else if (part.kind() == Token.Kind.NAME) {
          value = new Expression.Attribute(value, part.text());
        } else {
          throw new TemplateException(part.line(), "a name is expected before " + part.described());
        }
      } else if (tokens.skipOperator("[")) {
        value = subscript(value);
      } else if (tokens.isOperator("(")) {
        value = new Expression.Call(value, given());
      } else {
        return value;
      }
    }
  }

  private Expression subscript(Expression of) {
    Expression start = tokens.isOperator(":") ? Expression.NONE : expression();
    if (tokens.skipOperator("]")) {
      return new Expression.Item(of, start);
    }
    tokens.operator(":");
    boolean ends = tokens.isOperator(":") || tokens.isOperator("]");
    Expression stop = ends ? Expression.NONE : expression();
    Expression step = Expression.NONE;
    if (tokens.skipOperator(":") && !tokens.isOperator("]")) {
      step = expression();
    }
    tokens.operator("]");
    return new Expression.Slice(of, start, stop, step);
  }

  /** Parses arguments with their parentheses. */
  Given given() {
    tokens.operator("(");
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!tokens.skipOperator(")")) {
      if (!positional.isEmpty() || !named.isEmpty()) {
        tokens.operator(",");
        if (tokens.skipOperator(")")) {
          break;
        }
      }
      boolean hasName =
          tokens.peek().kind() == Token.Kind.NAME && tokens.second().is(Token.Kind.OPERATOR, "=");
      if (hasName) {
        String name = tokens.name();
        tokens.operator("=");
        if (named.put(name, expression()) != null) {
          throw tokens.error("`" + name + "` is given twice");
        }
      } else if (named.isEmpty()) {
        positional.add(expression());
      } else {
        throw tokens.error("an argument without a name follows one with a name");
      }
    }
    return new Given(positional, named);
  }

  private Expression filters(Expression start) {
    Expression value = start;
    while (true) {
      if (tokens.skipOperator("|")) {
        value = filter(value);
      } else if (tokens.skipName("is")) {
        value = test(value);
      } else if (tokens.isOperator("(")) {
        value = new Expression.Call(value, given());
      } else {
        return value;
      }
    }
  }

  /** Parses a filter's name and arguments, and all that follow after further {@code |}. */
  Expression filter(Expression of) {
    String name = tokens.name();
    return new Expression.Filtered(of, name, tokens.isOperator("(") ? given() : Given.NOTHING);
  }

  private Expression test(Expression of) {
    boolean negated = tokens.skipName("not");
    Token next = tokens.peek();
    String name = next.is(Token.Kind.OPERATOR, "==") ? tokens.next().text() : tokens.name();
    Given given = Given.NOTHING;
    if (tokens.isOperator("(")) {
      given = given();
    } else if (argumentFollows()) {
      given = new Given(List.of(postfix(primary())), Map.of());
    }
    Expression tested = new Expression.Tested(of, name, given);
    return negated ? new Expression.Not(tested) : tested;
  }

  private boolean argumentFollows() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NAME -> !Set.of("else", "or", "and", "is", "if", "in", "not").contains(token.text());
      case STRING, INTEGER, FLOAT -> true;
      case OPERATOR -> token.text().equals("[") || token.text().equals("{");
      default -> false;
    };
  }
}
