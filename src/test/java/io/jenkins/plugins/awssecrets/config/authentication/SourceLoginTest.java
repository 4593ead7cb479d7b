package io.jenkins.plugins.awssecrets.config.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.Secret;
import io.jenkins.plugins.awssecrets.Backends;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.demo.Service;
import io.jenkins.plugins.awssecrets.demo.seed.Seed;
import io.jenkins.plugins.awssecrets.engine.Deadline;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Sources that log in with what Jenkins keeps. */
@WithJenkins
class SourceLoginTest {
    @RegisterExtension
    final Backends backends = new Backends(Seed.parse("""
            aws:
              accessKeys:
                - {id: AKIASTORED, secret: made-up-secret, user: stored}
                - {id: AKIATYPED, secret: made-up-secret, sessionToken: made-up-session, user: typed}
              roles:
                - {arn: "arn:aws:iam::123456789012:role/first", externalId: external, trusts: ["arn:aws:iam::123456789012:user/stored"]}
                - {arn: "arn:aws:iam::123456789012:role/second", trusts: ["arn:aws:sts::123456789012:assumed-role/first/*"]}
            secretsManager:
              - {name: ci/token, string: canary-31f0}
            vault:
              tokens: [{id: made-up-token, policies: [ci]}]
              policies: {ci: [{path: "secret/data/*", capabilities: [read]}]}
              mounts:
                - {path: secret, secrets: [{path: ci, data: {token: canary-31f0}}]}
              auth:
                - {type: approle, accept: [{with: {role_id: made-up-role, secret_id: made-up-secret}, policies: [ci]}]}
                - {type: userpass, path: people, accept: [{with: {username: jane, password: made-up-secret}, policies: [ci]}]}
                - {type: ldap, accept: [{with: {username: jane, password: made-up-secret}, policies: [ci]}]}
                - {type: jwt, accept: [{with: {role: ci, jwt: made-up-secret}, policies: [ci]}]}
                - {type: aws, accept: [{with: {role: ci, arn: "arn:aws:iam::123456789012:user/stored"}, policies: [ci]}]}
            """));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "credentialsId: stored-key",
                "credentialsId: aws-key",
                "accessKeyId: AKIATYPED, secretAccessKey: made-up-secret, sessionToken: made-up-session",
                "credentialsId: stored-key, assumeRole: {roleArn: 'arn:aws:iam::123456789012:role/first', externalId: external, durationSeconds: 900}",
                "credentialsId: stored-key, assumeRole: [{roleArn: 'arn:aws:iam::123456789012:role/first', externalId: external}, "
                        + "{roleArn: 'arn:aws:iam::123456789012:role/second', sessionName: ci}]",
            })
    void awsSourceLogsIn(String login, JenkinsRule jenkins) throws Exception {
        store(
                new UsernamePasswordCredentialsImpl(
                        CredentialsScope.SYSTEM, "stored-key", "", "AKIASTORED", "made-up-secret"),
                new AWSCredentialsImpl(CredentialsScope.GLOBAL, "aws-key", "AKIASTORED", "made-up-secret", ""));
        Backends.load("""
                unclassified:
                  awsSecrets:
                    sources:
                      - secretsManager: {region: eu-west-1, endpoint: "%s", stsEndpoint: "%s", %s}
                """.formatted(
                        backends.running().secretsManager(), backends.running().sts(), login));

        assertThat(read("sm:ci/token")).isEqualTo("canary-31f0");
        assertThat(backends.running().requests().to(Service.STS))
                .as("named after this Jenkins, where no name is configured")
                .allSatisfy(session -> assertThat(session.details().get("RoleSessionName"))
                        .isEqualTo(
                                session.names().contains("arn:aws:iam::123456789012:role/second")
                                        ? "ci"
                                        : "jenkins-localhost"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token: {credentialsId: vault-token}",
                "appRole: {credentialsId: role-and-secret}",
                "appRole: {roleId: made-up-role, credentialsId: secret-alone}",
                "appRole: {roleId: made-up-role, secretId: made-up-secret}",
                "userPass: {mount: people, credentialsId: jane}",
                "ldap: {credentialsId: jane}",
                "ldap: {username: jane, password: made-up-secret}",
                "jwt: {role: ci, credentialsId: secret-alone}",
                "awsIam: {role: ci, credentialsId: stored-key}",
            })
    void vaultLogsIn(String auth, JenkinsRule jenkins) throws Exception {
        store(
                new StringCredentialsImpl(
                        CredentialsScope.SYSTEM, "vault-token", "", Secret.fromString("made-up-token")),
                new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "secret-alone", "", Secret.fromString("made-up-secret")),
                userAndPassword("role-and-secret", "made-up-role"),
                userAndPassword("jane", "jane"),
                userAndPassword("stored-key", "AKIASTORED"));
        Backends.load("""
                unclassified:
                  awsSecrets:
                    sources:
                      - vault: {url: "%s", auth: {%s}}
                """.formatted(backends.running().vault(), auth));

        assertThat(read("vault:secret/ci#token")).isEqualTo("canary-31f0");
    }

    @Test
    void credentialThatIsMissingIsSaidAndCountsWhenItIsThere(JenkinsRule jenkins) throws Exception {
        Backends.load("""
                unclassified:
                  awsSecrets:
                    sources:
                      - vault: {url: "%s", auth: {token: {credentialsId: later}}}
                """.formatted(backends.running().vault()));

        assertThatThrownBy(() -> read("vault:secret/ci#token"))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("Jenkins credential 'later': there is no secret text of that id");

        store(new StringCredentialsImpl(CredentialsScope.GLOBAL, "later", "", Secret.fromString("made-up-token")));
        assertThat(read("vault:secret/ci#token")).isEqualTo("canary-31f0");
    }

    @Test
    void defaultVaultWithoutEnvironmentDoesNotTouchOtherSources(JenkinsRule jenkins) throws Exception {
        Backends.load("""
                unclassified:
                  awsSecrets:
                    sources:
                      - secretsManager: {region: eu-west-1, endpoint: "%s", accessKeyId: AKIASTORED, secretAccessKey: made-up-secret}
                """.formatted(backends.running().secretsManager()));

        assertThat(read("sm:ci/token")).isEqualTo("canary-31f0");
        assertThatThrownBy(() -> read("vault:secret/ci#token")).hasMessageContaining("VAULT_ADDR");
    }

    @Test
    void folderSourceFindsNoSystemCredential(JenkinsRule jenkins) throws Exception {
        store(new StringCredentialsImpl(CredentialsScope.SYSTEM, "system", "", Secret.fromString("made-up-token")));
        Folder folder = jenkins.createProject(Folder.class, "team");

        assertThat(new StoredCredentials(Jenkins.get()).text("system").reveal()).isEqualTo("made-up-token");
        assertThatThrownBy(() -> new StoredCredentials(folder).text("system"))
                .hasMessageContaining("no secret text of that id in the folder or above");
    }

    private static UsernamePasswordCredentialsImpl userAndPassword(String id, String user) throws Exception {
        return new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, "", user, "made-up-secret");
    }

    private static void store(Credentials... credentials) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().addAll(List.of(credentials));
        SystemCredentialsProvider.getInstance().save();
    }

    private static String read(String text) {
        Reference reference = Reference.parse(text);
        return Catalog.get()
                .in(Jenkins.get())
                .resolver()
                .resolve(List.of(reference), Deadline.in(Duration.ofSeconds(30)))
                .value(reference, false, false)
                .reveal();
    }
}
