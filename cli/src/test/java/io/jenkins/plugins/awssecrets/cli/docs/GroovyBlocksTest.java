package io.jenkins.plugins.awssecrets.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pipelines are parsed by the Groovy that Jenkins has, and their bindings are those of the step. */
class GroovyBlocksTest {
    private static final Path STEP = Page.TOP.resolve("src/main/java/io/jenkins/plugins/awssecrets/step/binding");
    private static final Pattern SYMBOL = Pattern.compile("@Symbol\\(\"(\\w+)\"\\)");
    private static final Pattern SETTER = Pattern.compile("@DataBoundSetter\\s+public void set(\\w)(\\w*)\\(");
    private static final Pattern CONSTRUCTOR = Pattern.compile("(?s)@DataBoundConstructor\\s+public \\w+\\(([^)]*)\\)");

    private final String step = sources();
    private final Set<String> bindings =
            SYMBOL.matcher(step).results().map(found -> found.group(1)).collect(Collectors.toSet());
    private final Set<String> arguments = arguments();

    static Stream<Page.Block> blocks() {
        return Page.blocks("groovy");
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void itIsGroovyWithBindingsThatAreThere(Page.Block block) {
        assertThatCode(() -> check(block)).as(block.place()).doesNotThrowAnyException();
    }

    @Test
    void aBrokenOneIsRefused() {
        assertThat(bindings).contains("dockerRegistry", "secret", "aws");
        assertThat(arguments).contains("credentialsId", "prefix", "variable", "from", "roleArn");
        for (String text : List.of(
                "node { sh 'x }",
                "withAwsSecrets([dockerRegistery('hub')]) { sh 'x' }",
                "withAwsSecrets([database(credentialId: 'orders')]) { sh 'x' }")) {
            assertThatThrownBy(() -> check(new Page.Block("docs/x.md", 1, "groovy", text)))
                    .as(text)
                    .isInstanceOf(Throwable.class);
        }
    }

    private void check(Page.Block block) {
        CompilationUnit unit = new CompilationUnit();
        // An ellipsis on a line of its own stands for what is not the page's subject.
        SourceUnit source = unit.addSource("Jenkinsfile", block.text().replaceAll("(?m)^\\s*\\.\\.\\.$", ""));
        unit.compile(Phases.CONVERSION);
        source.getAST().getStatementBlock().visit(new CodeVisitorSupport() {
            @Override
            public void visitMethodCallExpression(MethodCallExpression call) {
                if ("withAwsSecrets".equals(call.getMethodAsString())) {
                    bindings(call).forEach(GroovyBlocksTest.this::checkBinding);
                }
                super.visitMethodCallExpression(call);
            }
        });
    }

    private static List<Expression> bindings(MethodCallExpression step) {
        List<Expression> all = new ArrayList<>();
        ((TupleExpression) step.getArguments())
                .getExpressions().stream()
                        .filter(ListExpression.class::isInstance)
                        .forEach(list -> all.addAll(((ListExpression) list).getExpressions()));
        assertThat(all).as("bindings of withAwsSecrets").isNotEmpty();
        return all;
    }

    private void checkBinding(Expression expression) {
        assertThat(expression).isInstanceOf(MethodCallExpression.class);
        MethodCallExpression binding = (MethodCallExpression) expression;
        assertThat(binding.getMethodAsString()).isIn(bindings);
        binding.getArguments().visit(new CodeVisitorSupport() {
            @Override
            public void visitMapEntryExpression(MapEntryExpression entry) {
                assertThat(entry.getKeyExpression().getText()).isIn(arguments);
            }
        });
    }

    private Set<String> arguments() {
        Set<String> names = new LinkedHashSet<>();
        SETTER.matcher(step).results().forEach(found -> names.add(found.group(1).toLowerCase() + found.group(2)));
        CONSTRUCTOR.matcher(step).results().forEach(found -> {
            for (String parameter : found.group(1).strip().split(",")) {
                names.add(parameter.replaceAll(".*\\s", ""));
            }
        });
        return names;
    }

    private static String sources() {
        try (Stream<Path> files = Files.list(STEP)) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(f -> f.toString().endsWith("Binding.java")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
