package io.jenkins.plugins.awssecrets.measurement;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.fixtures.RealJenkinsFixture;

/**
 * What look-ups take in a Jenkins that one plugin alone provides with credentials: in a process of its own, so that
 * nothing is warm that another one needs as well.
 *
 * @param first in the first process, which knows no secret yet
 * @param listedAgain until all are there after a restart, in nanoseconds
 */
record ColdStart(LookUps first, long listedAgain) {
    /**
     * @param yaml configuration as code, read when Jenkins starts
     * @param number of credentials that there are to be
     * @param known id of one
     */
    static ColdStart of(Provider provider, String yaml, int number, String known) throws Throwable {
        RealJenkinsFixture jenkins =
                new RealJenkinsFixture().javaOptions("-Daws.accessKeyId=demo", "-Daws.secretAccessKey=demo");
        jenkins.setUp(ColdStart.class.getName(), provider.name());
        try {
            Path home = jenkins.getHome().toPath();
            provider.install(home.resolve("plugins"));
            Path file = Files.writeString(home.resolve("configuration.yaml"), yaml);
            jenkins.extraEnv("CASC_JENKINS_CONFIG", file.toString());
            jenkins.startJenkins();
            LookUps first = jenkins.runRemotely(ColdStart::lookUps, number, known);
            jenkins.stopJenkins();
            jenkins.startJenkins();
            long again = jenkins.runRemotely(ColdStart::listed, number);
            jenkins.stopJenkins();
            return new ColdStart(first, again);
        } finally {
            jenkins.tearDown();
        }
    }

    private static LookUps lookUps(JenkinsRule jenkins, Integer number, String known) throws Exception {
        return LookUps.of(jenkins.createFreeStyleProject(), number, known);
    }

    private static Long listed(JenkinsRule jenkins, Integer number) throws Exception {
        return LookUps.listed(number);
    }
}
