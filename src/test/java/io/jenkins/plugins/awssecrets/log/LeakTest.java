package io.jenkins.plugins.awssecrets.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Result;
import hudson.tasks.Shell;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The leak tests of Jenkins' credentials-binding, and those that it fails: a secret is in no log, error or step view. */
@WithJenkins
class LeakTest {
    private static final String SECRET = "s3cr3t&Val/ue=+1";
    private static final String KEY = """
            -----BEGIN DEMO KEY-----
            bWFkZSB1cCwgb3BlbnMgbm90aGluZyBhdCBhbGwsIG5vdCBldmVu
            YSBkZW1vLCB5ZXQgaXQgaGFzIGxpbmVzIGFzIGtleXMgaGF2ZQ==
            -----END DEMO KEY-----
            """;
    private static final List<String> PASSWORDS = passwords();

    @RegisterExtension
    final Backends backends = new Backends(seed());

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        backends.configure("discovery: {enabled: false}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/bash", "/bin/dash"})
    void passwordsOfAllCharactersAreMaskedHoweverTheShellTracesThem(String shell) throws Exception {
        assumeTrue(new File(shell).canExecute());
        jenkins.jenkins.getDescriptorByType(Shell.DescriptorImpl.class).setShell(shell);
        WorkflowRun build = succeed("""
                node {
                  for (int i = 0; i < %d; i++) {
                    withAwsSecrets([secret(variable: 'CREDENTIALS', from: "sm:pw/${i}")]) {
                      sh ': "$CREDENTIALS"; : "< $CREDENTIALS >"; echo "plain: $CREDENTIALS"'
                      sh ': $CREDENTIALS'
                    }
                  }
                }
                """.formatted(PASSWORDS.size()));

        assertThat(JenkinsRule.getLog(build))
                .doesNotContain(PASSWORDS.toArray(String[]::new))
                .contains("plain: ****", ": ****")
                .doesNotContain("foo\\\\bar");
    }

    @Test
    void encodingsAreMaskedInTheBlockAndAfterIt() throws Exception {
        WorkflowRun build = succeed("""
                def kept
                def print = { label, value ->
                  echo "${label} base64 ${value.bytes.encodeBase64()}"
                  echo "${label} url ${java.net.URLEncoder.encode(value, 'UTF-8')}"
                  echo "${label} json ${groovy.json.JsonOutput.toJson([v: value])}"
                  echo "${label} hex ${value.bytes.encodeHex()}"
                }
                node {
                  withAwsSecrets([secret(variable: 'S', from: 'sm:leak/secret'), secret(variable: 'KEY', from: 'sm:leak/key')]) {
                    kept = S
                    print('inside', S)
                    sh '''set +x; echo "$KEY"; printf "%s" "$KEY" | base64; printf "%s" "$KEY" | base64 -w 64
                          printf "%s" "$S" | od -An -tx1'''
                    sh 'printf "%s" "$KEY" > key'
                  }
                  sh 'cat key; base64 key; echo; rm key'
                }
                print('after', kept)
                """);

        String log = JenkinsRule.getLog(build);
        assertThat(log)
                .contains("inside base64 ****", "after base64 ****", "inside url ****", "after url ****")
                .contains("after hex ****")
                .doesNotContain(SECRET, "s3cr3t", "73336372", "73 33 63 72", "czNjcj", "MzY3Iz")
                .doesNotContain("bWFkZSB1cCwgb3Bl", "YSBkZW1vLCB5ZXQg", "YldGa1pTQjFjQ3dn", "DEMO KEY");
    }

    @Test
    void errorsAreMaskedWhereverTheyAreKept() throws Exception {
        WorkflowRun build = fail("""
                def kept
                withAwsSecrets([secret(variable: 'S', from: 'sm:leak/secret')]) {
                  kept = S
                  catchError { error("plain mention of $S") }
                  catchError {
                    try {
                      error("nested mention of $S")
                    } catch (e) {
                      throw new IllegalStateException("outer mention of $S", e)
                    }
                  }
                  catchError {
                    def main = new IllegalStateException("main mention of $S")
                    main.addSuppressed(new IllegalStateException("suppressed mention of ${S.bytes.encodeBase64()}"))
                    throw main
                  }
                  catchError { writeFile([file: 'x', text: "${S}", encoding: 'Base64']) {} }
                  catchError { error("nothing to hide") }
                }
                catchError { error("late mention of $kept") }
                throw new IllegalStateException("last mention of $kept")
                """);

        assertThat(JenkinsRule.getLog(build))
                .contains("plain mention of ****", "nested mention of ****", "outer mention of ****")
                .contains("suppressed mention of ****", "last mention of ****", "nothing to hide")
                .doesNotContain("s3cr3t", "czNjcj");
        assertThat(errors(build)).isNotEmpty().allSatisfy(text -> assertThat(text)
                .doesNotContain("s3cr3t", "czNjcj"));
        assertThat(recordsWith(build, "s3cr3t")).isEmpty();
    }

    @Test
    void argumentsInTheStepViewAreMasked() throws Exception {
        WorkflowRun build = succeed("""
                def kept
                withAwsSecrets([secret(variable: 'S', from: 'sm:leak/secret')]) {
                  kept = S
                  echo "plain $S"
                  echo "encoded ${S.bytes.encodeBase64()}"
                }
                echo "late $kept"
                node { sh "true '$kept'" }
                """);

        List<String> arguments = nodes(build)
                .map(ArgumentsAction::getArguments)
                .map(Object::toString)
                .toList();
        assertThat(arguments)
                .anySatisfy(text -> assertThat(text).contains("encoded ****"))
                .anySatisfy(text -> assertThat(text).contains("late ****"))
                .anySatisfy(text -> assertThat(text).containsPattern("true '?\\*{4}'?"))
                .allSatisfy(text -> assertThat(text).doesNotContain("s3cr3t", "czNjcj"));
        assertThat(recordsWith(build, "s3cr3t")).isEmpty();
        assertThat(recordsWith(build, "czNjcj")).isEmpty();
    }

    @Test
    void secretsOfParallelBranchesAreMaskedWhereOneContainsTheOther() throws Exception {
        WorkflowRun build = succeed("""
                parallel(
                  long: {
                    withAwsSecrets([secret(variable: 'S', from: 'sm:leak/longer')]) {
                      withAwsSecrets([secret(variable: 'S', from: 'sm:leak/secret')]) { echo "inner ${S}." }
                      echo "long ${S}."
                    }
                  },
                  short: {
                    withAwsSecrets([secret(variable: 'S', from: 'sm:leak/inside')]) { echo "short ${S}." }
                  })
                """);

        assertThat(JenkinsRule.getLog(build))
                .contains("inner ****.", "long ****.", "short ****.")
                .doesNotContain("s3cr3t", "before-", "-behind");
    }

    private static Seed seed() {
        Seed seed = Seed.empty()
                .secret("leak/secret", SECRET)
                .secret("leak/longer", "before-" + SECRET + "-behind")
                .secret("leak/inside", "s3cr3t&Val")
                .secret("leak/key", KEY);
        for (int i = 0; i < PASSWORDS.size(); i++) {
            seed = seed.secret("pw/" + i, PASSWORDS.get(i));
        }
        return seed;
    }

    private static List<String> passwords() {
        Random random = new Random(100);
        List<String> passwords = new ArrayList<>(
                List.of("}#T14'GAz&H!{$U_", "a'b\"c\\d(e)#", "'\"'(foo)'\"'", "foo\\bar\\", "a$$build$$"));
        for (int i = 0; i < 10; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = 8 + random.nextInt(24); left > 0; left--) {
                text.append((char) (' ' + random.nextInt('\u007f' - ' ')));
            }
            passwords.add(text.toString());
        }
        return passwords;
    }

    private WorkflowRun succeed(String script) throws Exception {
        return jenkins.buildAndAssertSuccess(job(script));
    }

    private WorkflowRun fail(String script) throws Exception {
        return jenkins.buildAndAssertStatus(Result.FAILURE, job(script));
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, false));
        return job;
    }

    private static Stream<FlowNode> nodes(WorkflowRun build) {
        return new DepthFirstScanner().allNodes(build.getExecution()).stream();
    }

    private static List<String> errors(WorkflowRun build) {
        return nodes(build)
                .map(node -> node.getPersistentAction(ErrorAction.class))
                .filter(Objects::nonNull)
                .map(action -> {
                    StringWriter text = new StringWriter();
                    action.getError().printStackTrace(new PrintWriter(text));
                    return text.toString();
                })
                .toList();
    }

    private static List<String> recordsWith(WorkflowRun build, String text) throws Exception {
        try (Stream<java.nio.file.Path> all = Files.walk(build.getRootDir().toPath())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                                    .contains(text);
                        } catch (java.io.IOException e) {
                            return false;
                        }
                    })
                    .map(java.nio.file.Path::toString)
                    .toList();
        }
    }
}
