package io.jenkins.plugins.awssecrets.cli.docs;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What errors can say, found in the sources: each text that is passed as the {@code reason} of an exception, or of a method
 * that makes one, with the {@code fix} beside it. {@code ...} stands for what is known at run time only.
 */
final class ErrorTexts {
    private static final String UNKNOWN = "...";
    private static final int SHORTEST = 8;

    /** A reason and its fix, which is empty where it is known at run time only. */
    record Text(String reason, String fix) implements Comparable<Text> {
        private static String letters(String text) {
            return text.replaceAll("[^\\p{L}\\p{N} ]", "").strip().toLowerCase(Locale.ROOT);
        }

        @Override
        public int compareTo(Text other) {
            return Comparator.<Text, String>comparing(text -> letters(text.reason()))
                    .thenComparing(Text::reason)
                    .thenComparing(Text::fix)
                    .compare(this, other);
        }
    }

    /** Where a constructor or a method takes the two; the fix may be missing (-1). */
    private record Maker(int arguments, int reason, int fix) {}

    private final Map<String, List<Maker>> makers = new HashMap<>();
    private final TreeSet<Text> texts = new TreeSet<>();

    static Collection<Text> of(Path... directories) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path directory : directories) {
            try (Stream<Path> all = Files.walk(directory)) {
                all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ErrorTexts errors = new ErrorTexts();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            units.forEach(unit -> errors.new Makers().scan(unit, null));
            units.forEach(unit -> errors.new Uses(unit).scan(unit, null));
        }
        return errors.texts;
    }

    private static String fileOf(CompilationUnitTree unit) {
        return Path.of(unit.getSourceFile().getName()).getFileName().toString().replace(".java", "");
    }

    private final class Makers extends TreePathScanner<Void, Void> {
        @Override
        public Void visitMethod(MethodTree method, Void none) {
            List<String> names = method.getParameters().stream()
                    .map(parameter -> parameter.getName().toString())
                    .toList();
            int reason = Math.max(names.indexOf("reason"), names.indexOf("why"));
            if (reason >= 0) {
                String file = fileOf(getCurrentPath().getCompilationUnit());
                String name = method.getName().contentEquals("<init>")
                        ? "new"
                        : method.getName().toString();
                makers.computeIfAbsent(file + "." + name, any -> new ArrayList<>())
                        .add(new Maker(names.size(), reason, names.indexOf("fix")));
            }
            return super.visitMethod(method, none);
        }
    }

    private final class Uses extends TreePathScanner<Void, Void> {
        private final String file;
        private final Map<String, ExpressionTree> constants = new HashMap<>();

        private Uses(CompilationUnitTree unit) {
            file = fileOf(unit);
            new TreePathScanner<Void, Void>() {
                @Override
                public Void visitVariable(VariableTree variable, Void none) {
                    if (getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.CLASS
                            && variable.getInitializer() != null) {
                        constants.put(variable.getName().toString(), variable.getInitializer());
                    }
                    return super.visitVariable(variable, none);
                }
            }.scan(unit, null);
        }

        @Override
        public Void visitNewClass(NewClassTree made, Void none) {
            add(made.getIdentifier() + ".new", made.getArguments());
            return super.visitNewClass(made, none);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
            if (call.getMethodSelect() instanceof IdentifierTree name) {
                add(file + "." + (name.getName().toString().matches("this|super") ? "new" : name), call.getArguments());
            } else if (call.getMethodSelect() instanceof MemberSelectTree select) {
                add(select.toString(), call.getArguments());
            }
            return super.visitMethodInvocation(call, none);
        }

        private void add(String maker, List<? extends ExpressionTree> arguments) {
            makers.getOrDefault(maker, List.of()).stream()
                    .filter(each -> each.arguments() == arguments.size())
                    .findFirst()
                    .ifPresent(each -> add(
                            said(arguments.get(each.reason())),
                            each.fix() < 0 ? List.of("") : said(arguments.get(each.fix()))));
        }

        private void add(List<String> reasons, List<String> fixes) {
            for (String reason : reasons) {
                if (reason.replaceAll("[^\\p{L}]", "").length() < SHORTEST) {
                    continue;
                }
                for (String fix : fixes) {
                    texts.add(new Text(reason, fix.replaceAll("[^\\p{L}]", "").isEmpty() ? "" : fix));
                }
            }
        }

        /** All that an expression may give, with its literals as they are. */
        private List<String> said(ExpressionTree expression) {
            if (expression instanceof LiteralTree literal && literal.getValue() != null) {
                return List.of(literal.getValue().toString());
            }
            if (expression instanceof ParenthesizedTree inner) {
                return said(inner.getExpression());
            }
            if (expression instanceof ConditionalExpressionTree either) {
                return Stream.of(either.getTrueExpression(), either.getFalseExpression())
                        .flatMap(each -> said(each).stream())
                        .toList();
            }
            if (expression instanceof BinaryTree both && both.getKind() == Tree.Kind.PLUS) {
                List<String> right = said(both.getRightOperand());
                return said(both.getLeftOperand()).stream()
                        .flatMap(left -> right.stream().map(end -> join(left, end)))
                        .toList();
            }
            if (expression instanceof IdentifierTree name) {
                return Optional.ofNullable(constants.get(name.getName().toString()))
                        .filter(value ->
                                value.getKind() == Tree.Kind.STRING_LITERAL || value.getKind() == Tree.Kind.PLUS)
                        .map(this::said)
                        .orElse(List.of(UNKNOWN));
            }
            return List.of(UNKNOWN);
        }

        private String join(String left, String right) {
            return (left + right).replace(UNKNOWN + UNKNOWN, UNKNOWN);
        }
    }
}
