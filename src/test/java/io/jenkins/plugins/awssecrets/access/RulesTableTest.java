package io.jenkins.plugins.awssecrets.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.matrix.AxisList;
import hudson.matrix.MatrixProject;
import hudson.matrix.TextAxis;
import hudson.model.AbstractProject;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Run;
import hudson.plugins.git.GitSCM;
import hudson.security.ACL;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.audit.AuditFile;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import jenkins.scm.api.SCMHead;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Eight rules, each asked for by nine kinds of job in five ways. */
@WithJenkins
class RulesTableTest {
    /** A rule, and the kinds of job that it lets in. */
    private static final Map<String, Set<String>> RULES = new LinkedHashMap<>();

    private static final List<String> WAYS = List.of("step", "withCredentials", "environment", "checkout", "docker");

    static {
        Set<String> all = Set.of("top", "pipeline", "freestyle", "matrix", "main", "release", "tag", "PR-1", "PR-2");
        RULES.put("", all);
        RULES.put(
                "allow: [{jobs: ['shop/**']}]",
                Set.of("pipeline", "freestyle", "matrix", "main", "release", "tag", "PR-1", "PR-2"));
        RULES.put("allow: [{jobs: ['shop/web']}]", Set.of("main", "release", "tag", "PR-1", "PR-2"));
        RULES.put("allow: [{branches: ['main']}]", Set.of("main"));
        RULES.put("allow: [{branches: ['v*', 'release/*']}]", Set.of("release", "tag"));
        RULES.put(
                "allow: [{changeRequests: false}]",
                Set.of("top", "pipeline", "freestyle", "matrix", "main", "release", "tag"));
        RULES.put("allow: [{branches: ['PR-1'], changeRequests: true}, {jobs: ['top']}]", Set.of("PR-1", "top"));
        RULES.put("allow: [{jobs: ['pay/**']}]", Set.of());
    }

    @RegisterExtension
    final Backends backends = new Backends(Seed.empty().secret("ci/login", "canary-4f21"));

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private String repository;

    @Test
    void eachCellIsAsItsRuleSays(JenkinsRule rule) throws Exception {
        jenkins = rule;
        repository = repository();
        StringBuilder credentials = new StringBuilder("credentials:\n");
        List<String> rules = List.copyOf(RULES.keySet());
        for (int i = 0; i < rules.size(); i++) {
            credentials.append("  - usernamePassword: {id: r%d, username: robot, password: 'sm:ci/login'%s}\n"
                    .formatted(i, rules.get(i).isEmpty() ? "" : ", " + rules.get(i)));
        }
        backends.configure(credentials + "discovery: {enabled: false}\n");
        MockFolder shop = jenkins.createFolder("shop");

        Map<String, String> logs = new LinkedHashMap<>();
        logs.put("top", pipeline(jenkins.createProject(WorkflowJob.class, "top")));
        logs.put("pipeline", pipeline(shop.createProject(WorkflowJob.class, "pipeline")));
        logs.put("freestyle", freestyle(shop.createProject(FreeStyleProject.class, "freestyle")));
        logs.put("matrix", matrix(shop.createProject(MatrixProject.class, "matrix")));
        logs.putAll(branches(shop.createProject(WorkflowMultiBranchProject.class, "web")));

        List<String> wrong = new ArrayList<>();
        int cells = 0;
        for (Map.Entry<String, String> job : logs.entrySet()) {
            for (int i = 0; i < rules.size(); i++) {
                String why = "credential 'r" + i + "': none of its rules allows it to " + asker(job.getKey());
                boolean allowed = RULES.get(rules.get(i)).contains(job.getKey());
                for (String way : WAYS) {
                    String cell = way + " r" + i + " ";
                    boolean was = job.getValue().contains(cell + "allowed");
                    boolean told = job.getValue()
                            .lines()
                            .filter(line -> line.contains(cell + "refused") || way.equals("environment"))
                            .anyMatch(line -> line.contains(why));
                    if (was != allowed || !allowed && !told) {
                        wrong.add(job.getKey() + ": " + cell + rules.get(i));
                    }
                    cells++;
                }
            }
            assertThat(job.getValue()).doesNotContain("canary");
        }
        assertThat(wrong).isEmpty();
        assertThat(cells).isEqualTo(8 * 9 * 5);
        assertThat(logs.get("PR-2")).contains("needs a build of the branch main that is not of a change request");
        assertThat(logs.get("top")).contains("rule 1 (jobs shop/**) needs the job shop/**");
        // One event a use, written by a thread that no build waits for. The environment of a Pipeline is two uses of a
        // credential, since it binds username and password together and apart; three rules allow each of these jobs.
        for (String job : List.of("top", "shop/pipeline", "shop/web/PR-2")) {
            for (int i = 0; i < 100 && auditLines(job) < 8 * 5 + 3; i++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertThat(auditLines(job)).as(job).isEqualTo(8 * 5 + 3);
        }
        assertThat(Files.readString(audit())).doesNotContain("canary");
        outsideOfBuilds(jenkins.jenkins.getItemByFullName("shop/web", WorkflowMultiBranchProject.class));
    }

    /** As when branches are indexed: the project asks, and has no branch. */
    private static void outsideOfBuilds(WorkflowMultiBranchProject project) {
        for (Item item : List.of(project, project.getItem("main"))) {
            List<String> given = new ArrayList<>();
            for (int i = 0; i < RULES.size(); i++) {
                try {
                    CredentialsProvider.findCredentialByIdInItem(
                                    "r" + i, StandardUsernamePasswordCredentials.class, item, ACL.SYSTEM2, List.of())
                            .getPassword();
                    given.add("r" + i);
                } catch (CredentialsUnavailableException e) {
                    assertThat(e).hasMessageContaining("none of its rules allows it to job shop/web;");
                }
            }
            assertThat(given).as(item.getFullName()).containsExactly("r0", "r1", "r2", "r5");
        }
    }

    /** Who asks, as a refusal names it. */
    private static String asker(String job) {
        return switch (job) {
            case "top" -> "job top;";
            case "pipeline", "freestyle", "matrix" -> "job shop/" + job + ";";
            case "main" -> "job shop/web, branch main;";
            case "release" -> "job shop/web, branch release/1.0;";
            case "tag" -> "job shop/web, branch v1.0;";
            default -> "job shop/web, change request " + job + ";";
        };
    }

    private static String script() {
        StringBuilder tries = new StringBuilder();
        StringBuilder stages = new StringBuilder();
        for (int i = 0; i < RULES.size(); i++) {
            tries.append("""
                tried('step r%1$d') { withAwsSecrets([usernamePassword('r%1$d')]) { } }
                tried('withCredentials r%1$d') {
                    withCredentials([usernamePassword(credentialsId: 'r%1$d', usernameVariable: 'U', passwordVariable: 'P')]) { }
                }
                tried('checkout r%1$d') {
                    checkout scmGit(branches: [[name: 'main']], userRemoteConfigs: [[url: env.REPOSITORY, credentialsId: 'r%1$d']])
                }
                tried('docker r%1$d') { dockerLogin('r%1$d') }
                """.formatted(i));
            stages.append("""
                stage('r%1$d') {
                    environment { LOGIN = credentials('r%1$d') }
                    steps { echo 'environment r%1$d allowed' }
                }
                """.formatted(i));
        }
        return """
            def tried(String what, Closure work) {
                try {
                    work()
                    echo what + ' allowed'
                } catch (e) {
                    echo what + ' refused ' + e.message + ' ' + e.cause?.message
                }
            }
            pipeline {
                agent any
                options { skipDefaultCheckout() }
                stages {
                    stage('four ways') { steps { script {
                        %s
                    } } }
                    stage('environment') { parallel {
                        %s
                    } }
                }
            }
            """.formatted(tries, stages);
    }

    private String pipeline(WorkflowJob job) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script().replace("env.REPOSITORY", "'" + repository + "'"), true));
        return JenkinsRule.getLog(
                jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
    }

    private String freestyle(FreeStyleProject job) throws Exception {
        job.getBuildersList().add(new FiveWays(RULES.size(), repository));
        return JenkinsRule.getLog(job.scheduleBuild2(0).get());
    }

    private String matrix(MatrixProject job) throws Exception {
        job.setAxes(new AxisList(new TextAxis("axis", "one")));
        job.getBuildersList().add(new FiveWays(RULES.size(), repository));
        job.scheduleBuild2(0).get();
        return JenkinsRule.getLog(job.getItem("axis=one").getLastBuild());
    }

    private Map<String, String> branches(WorkflowMultiBranchProject project) throws Exception {
        project.getSourcesList().add(new BranchSource(new BranchesOfGit(repository)));
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        Map<String, String> logs = new LinkedHashMap<>();
        for (WorkflowJob job : project.getItems()) {
            // A tag is not built by itself.
            Run<?, ?> build = job.getLastBuild() == null
                    ? jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart())
                    : job.getLastBuild();
            String name = SCMHead.HeadByItem.findHead(job).getName();
            logs.put(
                    switch (name) {
                        case "v1.0" -> "tag";
                        case "release/1.0" -> "release";
                        default -> name;
                    },
                    JenkinsRule.getLog(build));
        }
        return logs;
    }

    private static long auditLines(String job) throws Exception {
        return Files.readAllLines(audit()).stream()
                .filter(line -> line.contains("\"job\":\"" + job + "\""))
                .count();
    }

    private static Path audit() {
        return new File(Jenkins.get().getRootDir(), "logs/" + AuditFile.NAME).toPath();
    }

    private String repository() throws Exception {
        Path work = Files.createDirectory(directory.resolve("repository"));
        git(work, "init", "-q", "-b", "main");
        String script = script().replace("env.REPOSITORY", "'" + work + "'");
        Files.writeString(work.resolve("Jenkinsfile"), script);
        git(work, "add", "Jenkinsfile");
        git(work, "-c", "user.name=t", "-c", "user.email=t@example.invalid", "commit", "-q", "-m", "first");
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        return work.toString();
    }

    private static void git(Path where, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command)
                        .directory(where.toFile())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    /** A step of Pipelines too. */
    @TestExtension
    @Symbol("dockerLogin")
    public static final class DescriptorOfDockerLogin extends BuildStepDescriptor<Builder> {
        public DescriptorOfDockerLogin() {
            super(DockerLogin.class);
        }

        @Override
        public boolean isApplicable(Class<? extends AbstractProject> job) {
            return true;
        }
    }
}
