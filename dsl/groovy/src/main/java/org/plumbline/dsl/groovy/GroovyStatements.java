// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.groovy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.TryCatchStatement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.syntax.Types;
import org.plumbline.dsl.script.IdleStatement;
import org.plumbline.dsl.script.IdleStatements;

/** Finds the statements of a script that change nothing: Groovy takes every value for one. */
final class GroovyStatements extends CompilationCustomizer {
  private static final Set<Integer> COMPARISONS =
      Set.of(
          Types.COMPARE_EQUAL,
          Types.COMPARE_NOT_EQUAL,
          Types.COMPARE_IDENTICAL,
          Types.COMPARE_LESS_THAN,
          Types.COMPARE_LESS_THAN_EQUAL,
          Types.COMPARE_GREATER_THAN,
          Types.COMPARE_GREATER_THAN_EQUAL);

  private final List<IdleStatement> idle = new ArrayList<>();

  GroovyStatements() {
    super(CompilePhase.CONVERSION);
  }

  /** What was found. */
  List<IdleStatement> idle() {
    return List.copyOf(idle);
  }

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
    ModuleNode module = source.getAST();
    if (type.getName().equals(module.getMainClassName())) {
      Statements statements = new Statements();
      module.getStatementBlock().visit(statements);
      for (MethodNode method : module.getMethods()) {
        statements.method(method);
      }
    }
  }

  private void add(IdleStatement.Kind kind, String name, ASTNode at) {
    add(kind, name, at, at);
  }

  private void add(IdleStatement.Kind kind, String name, ASTNode from, ASTNode to) {
    idle.add(
        new IdleStatement(
            kind,
            name,
            from.getLineNumber(),
            from.getColumnNumber(),
            to.getLastLineNumber(),
            to.getLastColumnNumber()));
  }

  /** Visits statements with the variables that they can see. */
  private final class Statements extends CodeVisitorSupport {
    private final Set<ASTNode> values = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<ASTNode> bodies = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Set<String>> variables = new ArrayDeque<>();
    private final Deque<BlockStatement> blocks = new ArrayDeque<>();

    void method(MethodNode method) {
      markValue(method.getCode());
      inside(method.getParameters(), () -> method.getCode().visit(this));
    }

    @Override
    public void visitBlockStatement(BlockStatement block) {
      blocks.push(block);
      inside(Parameter.EMPTY_ARRAY, () -> super.visitBlockStatement(block));
      blocks.pop();
    }

    @Override
    public void visitForLoop(ForStatement loop) {
      inside(new Parameter[] {loop.getVariable()}, () -> super.visitForLoop(loop));
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
      if (!bodies.contains(closure)) {
        markValue(closure.getCode());
      }
      Parameter[] parameters = closure.getParameters();
      inside(
          parameters == null ? Parameter.EMPTY_ARRAY : parameters,
          () -> super.visitClosureExpression(closure));
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
      String name = call.getMethodAsString();
      if (name != null
          && IdleStatements.opensBody(name)
          && call.getArguments() instanceof TupleExpression arguments) {
        arguments.getExpressions().stream()
            .filter(ClosureExpression.class::isInstance)
            .forEach(bodies::add);
      }
      super.visitMethodCallExpression(call);
    }

    @Override
    public void visitExpressionStatement(ExpressionStatement statement) {
      List<String> labels = statement.getStatementLabels();
      if (labels != null && !labels.isEmpty()) {
        add(IdleStatement.Kind.LABEL, labels.get(0), statement);
      } else {
        check(statement.getExpression(), values.contains(statement));
      }
      super.visitExpressionStatement(statement);
    }

    private void inside(Parameter[] parameters, Runnable visit) {
      Set<String> names = new HashSet<>();
      for (Parameter parameter : parameters) {
        names.add(parameter.getName());
      }
      variables.push(names);
      visit.run();
      variables.pop();
    }

    /** The last statement of what gives a value is that value. */
    private void markValue(Statement code) {
      if (code instanceof BlockStatement block && !block.getStatements().isEmpty()) {
        markValue(block.getStatements().get(block.getStatements().size() - 1));
      } else if (code instanceof IfStatement choice) {
        markValue(choice.getIfBlock());
        markValue(choice.getElseBlock());
      } else if (code instanceof TryCatchStatement tried) {
        markValue(tried.getTryStatement());
        tried.getCatchStatements().forEach(caught -> markValue(caught.getCode()));
      }
      values.add(code);
    }

    private void check(Expression said, boolean isValue) {
      if (said instanceof DeclarationExpression declared) {
        declaration(declared);
      } else if (said instanceof BinaryExpression two) {
        binary(two, isValue);
      } else if (!isValue && !hasEffect(said)) {
        String name = said instanceof VariableExpression alone ? alone.getName() : "";
        add(IdleStatement.Kind.VALUE, name, said);
      }
    }

    @Override
    public void visitConstantExpression(ConstantExpression constant) {
      if (constant.getValue() instanceof Number) {
        add(IdleStatement.Kind.NUMBER, "", constant);
      }
    }

    private void declaration(DeclarationExpression declared) {
      if (declared.getLeftExpression() instanceof VariableExpression variable) {
        Reads reads = new Reads();
        blocks.element().visit(reads);
        if (!reads.names.contains(variable.getName())) {
          add(IdleStatement.Kind.VARIABLE, variable.getName(), declared, variable);
        }
        variables.element().add(variable.getName());
      }
    }

    private void binary(BinaryExpression two, boolean isValue) {
      int operator = two.getOperation().getType();
      String left = two.getLeftExpression() instanceof VariableExpression v ? v.getName() : "";
      if (Types.ofType(operator, Types.ASSIGNMENT_OPERATOR)) {
        boolean variable = variables.stream().anyMatch(names -> names.contains(left));
        if (two.getRightExpression() instanceof BinaryExpression right
            && right.getOperation().getType() == Types.ASSIGN) {
          // `beta =` at the end of a line takes the next line for its value.
          add(IdleStatement.Kind.NO_VALUE, left, two.getLeftExpression());
        } else if (!variable && !left.isEmpty() && Character.isUpperCase(left.charAt(0))) {
          add(IdleStatement.Kind.CAPITAL, left, two.getLeftExpression());
        } else if (variable) {
          add(IdleStatement.Kind.HIDING, left, two.getLeftExpression());
        }
      } else if (!isValue && COMPARISONS.contains(operator)) {
        int line = two.getOperation().getStartLine();
        int column = two.getOperation().getStartColumn();
        int end = column + two.getOperation().getText().length();
        idle.add(new IdleStatement(IdleStatement.Kind.COMPARISON, left, line, column, line, end));
      } else if (!isValue && operator != Types.LEFT_SHIFT) {
        add(IdleStatement.Kind.VALUE, "", two);
      }
    }

    private static boolean hasEffect(Expression said) {
      if (said instanceof MethodCallExpression call) {
        Expression of = call.getObjectExpression();
        boolean constant = of instanceof ConstantExpression || of instanceof GStringExpression;
        String name = call.getMethodAsString();
        boolean value = call.isImplicitThis() && name != null && IdleStatements.givesValue(name);
        return !value && (!constant || "times".equals(name));
      }
      return said instanceof PostfixExpression
          || said instanceof PrefixExpression
          || said instanceof EmptyExpression;
    }
  }

  /** The variables that are read, and not only set. */
  private static final class Reads extends CodeVisitorSupport {
    private final Set<String> names = new HashSet<>();

    @Override
    public void visitDeclarationExpression(DeclarationExpression declared) {
      declared.getRightExpression().visit(this);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression two) {
      boolean sets =
          two.getOperation().getType() == Types.ASSIGN
              && two.getLeftExpression() instanceof VariableExpression;
      if (!sets) {
        two.getLeftExpression().visit(this);
      }
      two.getRightExpression().visit(this);
    }

    @Override
    public void visitVariableExpression(VariableExpression variable) {
      names.add(variable.getName());
    }
  }
}
