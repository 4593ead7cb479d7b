package io.jenkins.plugins.awssecrets.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.audit.SecretUses;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a block costs when the build had many before. */
@WithJenkins
class ManyBlocksTest {
    private static final int BLOCKS = 1000;
    private static final int PART = 100;

    @RegisterExtension
    final Backends backends = new Backends(BlockSeed.seed());

    @Test
    void lastOfAThousandBlocksTakesNoLongerThanTheFirst(JenkinsRule jenkins) throws Exception {
        backends.configure(BlockSeed.CREDENTIALS);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
            def took = []
            def usual = []
            for (int i = 0; i < %1$d; i++) {
              long begin = System.nanoTime()
              withAwsSecrets([string('sonar')]) {}
              long end = System.nanoTime()
              withEnv(['A=b']) {}
              took << (end - begin).intdiv(1000)
              usual << (System.nanoTime() - end).intdiv(1000)
            }
            echo "first ${took.take(%2$d).sort()[%3$d]} of ${usual.take(%2$d).sort()[%3$d]};"
            echo "last ${took.takeRight(%2$d).sort()[%3$d]} of ${usual.takeRight(%2$d).sort()[%3$d]};"
            """.formatted(BLOCKS, PART, PART / 2), false));

        WorkflowRun build = jenkins.buildAndAssertSuccess(job);

        // Medians, as other programs get in the way of single blocks; and beside those of a block of Jenkins' own, as
        // these
        // programs and Pipeline itself may take longer by then.
        double first = relative("first", build);
        double last = relative("last", build);
        assertThat(last).isLessThanOrEqualTo(first * 1.2);
        assertThat(build.getAction(SecretUses.class).getUses()).hasSize(BLOCKS);
    }

    private static double relative(String part, WorkflowRun build) throws Exception {
        Matcher line = Pattern.compile(part + " (\\d+) of (\\d+);").matcher(JenkinsRule.getLog(build));
        assertThat(line.find()).isTrue();
        System.out.println(build + ": " + line.group());
        return Double.parseDouble(line.group(1)) / Double.parseDouble(line.group(2));
    }
}
