package io.jenkins.plugins.awssecrets.config.authentication;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.Util;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** The types of the plugin "AWS Credentials", which need not be installed: nothing but {@link #isThere} may be called then. */
final class AwsPlugin {
    private AwsPlugin() {}

    static boolean isThere() {
        return Jenkins.get().getPlugin("aws-credentials") != null;
    }

    static Class<? extends StandardCredentials> type() {
        return AmazonWebServicesCredentials.class;
    }

    /** The credential asks for its keys at each call, as it may assume a role itself. */
    static Optional<AwsLogin> login(List<? extends StandardCredentials> candidates, String id) {
        return candidates.stream()
                .filter(candidate -> candidate.getId().equals(id))
                .map(candidate -> (AmazonWebServicesCredentials) candidate)
                .<AwsLogin>map(aws -> new AwsLogin.Provided("the Jenkins credential '" + id + "'", aws, !hasKeys(aws)))
                .findFirst();
    }

    /** Without a key, the plugin turns to the controller's own identity; of other implementations nobody knows. */
    private static boolean hasKeys(AmazonWebServicesCredentials credentials) {
        return credentials instanceof AWSCredentialsImpl stored
                && Util.fixEmptyAndTrim(stored.getAccessKey()) != null
                && !Secret.toString(stored.getSecretKey()).isBlank();
    }
}
