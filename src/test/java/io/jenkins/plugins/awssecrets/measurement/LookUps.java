package io.jenkins.plugins.awssecrets.measurement;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import hudson.model.FreeStyleProject;
import hudson.security.ACL;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** What Jenkins' own look-ups take, in nanoseconds, whoever provides the credentials. */
record LookUps(long listed, long firstChoice, long nextChoice, long found, long unknown, long all)
        implements Serializable {
    /**
     * Measures them, in a process that has asked for no credential yet.
     *
     * @param job whose form is filled
     * @param number of credentials that there are to be
     * @param known id of one
     */
    static LookUps of(FreeStyleProject job, int number, String known) throws InterruptedException {
        return new LookUps(
                listed(number),
                timed(() -> choices(job)),
                median(20, () -> choices(job)),
                median(200, () -> find(job, known)),
                median(200, () -> find(job, "unknown")),
                median(100, LookUps::count));
    }

    /** How long it takes until this many credentials are there. */
    static long listed(int number) throws InterruptedException {
        long began = System.nanoTime();
        while (count() < number) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return System.nanoTime() - began;
    }

    private static int count() {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of())
                .size();
    }

    private static long find(FreeStyleProject job, String id) {
        return CredentialsProvider.findCredentialByIdInItem(id, StringCredentials.class, job, ACL.SYSTEM2, List.of())
                        == null
                ? 0
                : 1;
    }

    /** As the form of git does. */
    private static long choices(FreeStyleProject job) {
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2,
                        job,
                        StandardUsernameCredentials.class,
                        List.of(),
                        credentials -> credentials instanceof StandardUsernameCredentials)
                .size();
    }

    private static long timed(LongSupplier work) {
        long began = System.nanoTime();
        work.getAsLong();
        return System.nanoTime() - began;
    }

    private static long median(int runs, LongSupplier work) {
        IntStream.range(0, runs).forEach(i -> work.getAsLong());
        long[] took =
                IntStream.range(0, runs).mapToLong(i -> timed(work)).sorted().toArray();
        return took[runs / 2];
    }
}
